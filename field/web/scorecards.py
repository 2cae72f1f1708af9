"""What is printed: a site's scorecard and a visit's full report, as PDF."""

from functools import partial

from flask import Blueprint, Response, current_app, g

from field.access import MANAGING, READING
from field.errors import Problem
from field.models import Site
from field.models.overview import select_site_of
from field.models.site import select_sites
from field.reports import scorecard, visit_report
from field.reports.report import VisitReport
from field.reports.report_photos import PHOTO_SIZE
from field.web import filters, limits
from field.web.photo_files import make_copies
from field.web.policy import allow, or_404
from forms.filters import PaperFilter, ScorecardFilter

blueprint = Blueprint("scorecards", __name__)


@blueprint.get("/sites/<code>/scorecard.pdf")
@allow(*READING)
def site(code: str) -> Response:
    """The one page for the shop's wall, in the site's language unless ``lang`` says another; without days the last three months with visits."""
    form = filters.read(ScorecardFilter)
    limits.check("export", g.actor.person_id)
    found = or_404(g.session.scalar(g.scope.sites(select_sites().where(Site.code == code))))
    card = scorecard.gather(
        g.session, g.scope, found, photos=current_app.extensions["photo_store"], base_url=current_app.config["FIELDSCORE"].base_url,
        slug=form.questionnaire.data or None, first=form.first.data, last=form.last.data, language=form.lang.data or None)
    g.session.rest()
    return _pdf(scorecard.draw(card, form.paper.data), f"scorecard-{found.code}.pdf")


@blueprint.get("/visits/<id:visit>/report.pdf")
@allow(*MANAGING)
def visit(visit: str) -> Response:
    """Every answer, comment, photo and the trace; ``report.photos_missing`` while one is missing. Comments are not for staff."""
    form = filters.read(PaperFilter)
    or_404(g.session.scalar(g.scope.sites(select_site_of(visit), *MANAGING)))
    limits.check("export", g.actor.person_id)
    report = _whole(visit, form.lang.data or g.actor.language)
    g.session.rest()
    return _pdf(visit_report.draw(report, form.paper.data), f"visit-{visit}.pdf")


def _whole(visit: str, language: str) -> VisitReport:
    """The report; photos that are there and only lack their copies are made ready for it."""
    gather = partial(visit_report.gather, g.session, g.scope, visit, photos=current_app.extensions["photo_store"], language=language)
    try:
        return gather()
    except Problem as problem:
        if problem.code != "report.photos_missing":
            raise
        lacking = [photo["sha256"] for photo in problem.extra["missing"]]
    make_copies(lacking, PHOTO_SIZE)
    return gather()


def _pdf(data: bytes, name: str) -> Response:
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={name}"})
