"""Sites: the list, and one site from its score down to one answer and its photo."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for

from field.access import READING
from field.models import Site
from field.models.site import select_sites
from field.reports import directory, site_table, site_view, visit_columns
from field.reports.numbers import score_number
from field.reports.overview_csv import csv_lines
from field.reports.selection import choose_for_sites
from field.reports.site_words import SiteWords
from field.web import filters, limits
from field.web.policy import allow, or_404
from field.web.words import current
from forms.filters import DirectoryFilter, SiteFilter

blueprint = Blueprint("sites", __name__)
blueprint.add_app_template_filter(lambda score: score_number(score, current()), "tenths")


@blueprint.get("/sites")
@allow(*READING)
def index() -> str | Response:
    """The list; who has one site only goes straight to it."""
    form = filters.read(DirectoryFilter)
    found = directory.gather(g.session, g.scope, words=form.q.data or "", after=form.after.data or "")
    g.session.rest()
    if len(found.entries) == 1 and not request.args:
        return redirect(url_for("sites.show", code=found.entries[0].code))
    return render_template("sites/index.html", found=found, form=form, here=filters.here)


@blueprint.get("/sites/<code>")
@allow(*READING)
def show(code: str) -> str:
    form = filters.read(SiteFilter)
    found = _view(code, form)
    columns = _columns(found, form)
    g.session.rest()
    return render_template("sites/show.html", found=found, columns=columns, words=SiteWords(found, current()), form=form,
                           visit=_opened(found, form), here=filters.here, as_table=request.args.get("as") == "table")


@blueprint.get("/sites/<code>.csv")
@allow(*READING)
def export(code: str) -> Response:
    limits.check("export", g.actor.person_id)
    found, t = _view(code, filters.read(SiteFilter)), current()
    g.session.rest()
    lines = csv_lines(site_table.header(t), (site_table.cells(found, visit, t) for visit in found.visits))
    return Response(lines, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={site_table.filename(found)}"})


def _view(code: str, form: SiteFilter) -> site_view.SiteView:
    site = or_404(g.session.scalar(g.scope.sites(select_sites().where(Site.code == code))))
    selection = choose_for_sites(g.session, g.scope, (site,), filters.asked(form), current())
    return site_view.gather(g.session, g.scope, site, selection, current())


def _opened(found: site_view.SiteView, form: SiteFilter) -> site_view.VisitRow | None:
    """The visit that the address opens: one of those shown, or 404."""
    if not form.visit.data:
        return None
    return or_404(next((visit for visit in found.visits if visit.id == form.visit.data), None))


def _columns(found: site_view.SiteView, form: SiteFilter) -> visit_columns.Columns | None:
    visit = _opened(found, form)
    return visit and visit_columns.gather(g.session, g.scope, visit.id, form.section.data, form.question.data,
                                          current(), comments=found.manages)
