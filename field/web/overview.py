"""The manager's first page: how the sites of a region do, and the same as a table for a spreadsheet."""

from flask import Blueprint, Response, g, render_template

from field.access import MANAGING
from field.errors import Mistake, Problem
from field.locale import N_
from field.reports import overview, overview_table, sorting
from field.reports.overview_csv import csv_lines
from field.reports.overview_words import NAMED, OverviewWords
from field.reports.selection import choose
from field.stats.rounding import whole
from field.web import filters, limits
from field.web.policy import allow
from field.web.words import current
from forms.filters import OverviewFilter

blueprint = Blueprint("overview", __name__)
blueprint.add_app_template_filter(whole)


@blueprint.get("/overview")
@allow(*MANAGING)
def show() -> str:
    form = filters.read(OverviewFilter)
    found, rows = _found(form)
    page = overview_table.page(rows, form.page.data or 1)
    return render_template("overview/show.html", found=found, page=page, order=_order(form), words=OverviewWords(found, current()),
                           here=filters.here, form=form, turned=sorting.turned, sort_labels=sorting.LABELS, named=NAMED)


@blueprint.get("/overview.csv")
@allow(*MANAGING)
def export() -> Response:
    limits.check("export", g.actor.person_id)
    found, rows = _found(filters.read(OverviewFilter))
    t = current()
    lines = csv_lines(overview_table.header(t), (overview_table.cells(row, t) for row in rows))
    return Response(lines, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={overview_table.filename(found)}"})


def _found(form: OverviewFilter) -> tuple[overview.Overview, list[overview.SiteRow]]:
    """The overview and its rows in the order asked for."""
    selection = choose(g.session, g.scope, filters.asked(form), current())
    collected = overview.collect(g.session, g.scope, selection)
    g.session.rest()
    found = overview.summed(collected)
    return found, sorting.arranged(found.sites, _order(form))


def _order(form: OverviewFilter) -> str:
    order = form.sort.data or "name"
    if order not in sorting.ORDERS:
        raise Problem("filters.invalid", errors=[Mistake("/sort", "sort.unknown", N_("Sort by one of the columns."))])
    return order
