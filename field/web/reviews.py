"""Reviews: what waits, one visit opened, and the decision about it."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for

from field.access import REVIEWING
from field.errors import Problem
from field.models import PhotoUse
from field.models.review import select_open_review
from field.operations import reviews
from field.operations.reference_photos import reference_photos
from field.reports.review_queue import gather_queue
from field.reports.visit_seen import VisitView
from field.reports.visit_view import gather
from field.web.attempts import Attempt, attempt, say
from field.web.photo_files import settle_photos
from field.web.policy import allow, or_404
from field.web.words import current, t
from forms.reviews import ReviewForm, review_form

blueprint = Blueprint("reviews", __name__)


@blueprint.get("/reviews")
@allow(*REVIEWING)
def index() -> str:
    return render_template("reviews/index.html", queue=gather_queue(g.session, g.scope, g.actor, current()))


@blueprint.post("/visits/<id:visit>/review")
@allow(*REVIEWING)
def open_(visit: str) -> Response:
    reviews.open_review(g.session, g.actor, _view(visit).visit)
    return redirect(url_for("reviews.show", visit=visit), 303)


@blueprint.get("/visits/<id:visit>/review")
@allow(*REVIEWING)
def show(visit: str) -> str | Response:
    """The open review; somebody else's, or none, is read on the visit's own page."""
    return _page_of(_view(visit))


@blueprint.post("/visits/<id:visit>/acceptance")
@allow(*REVIEWING)
def accept(visit: str) -> Response | tuple[str, int]:
    g.session.reading()
    settle_photos(_view(visit).visit.id)
    view = _view(visit)
    form = _form(view)
    tried = attempt(form, lambda: reviews.accept_visit(g.session, g.actor, view.visit, reason=form.without.data or ""))
    return _decided(view, form, tried, t("%(site)s is accepted.", site=view.site.name))


@blueprint.post("/visits/<id:visit>/return")
@allow(*REVIEWING)
def give_back(visit: str) -> Response | tuple[str, int]:
    view = _view(visit)
    form = _form(view)
    reasons = [reviews.Reason(*reason) for reason in form.reasons]
    tried = attempt(form, lambda: reviews.return_visit(g.session, g.actor, view.visit, reasons=reasons))
    return _decided(view, form, tried, t("%(site)s is returned to its inspector.", site=view.site.name))


@blueprint.post("/visits/<id:visit>/exclusion")
@allow(*REVIEWING)
def exclude(visit: str) -> Response | tuple[str, int]:
    view = _view(visit)
    form = _form(view)
    tried = attempt(form, lambda: reviews.exclude_visit(g.session, g.actor, view.visit, reason=form.exclusion.data or ""))
    return _decided(view, form, tried, t("%(site)s is kept and counts nowhere.", site=view.site.name))


@blueprint.post("/visits/<id:visit>/review/closing")
@allow(*REVIEWING)
def close(visit: str) -> Response:
    view = _view(visit)
    reviews.close_review(g.session, g.actor, view.visit)
    say(t("%(site)s waits again.", site=view.site.name))
    return redirect(url_for("reviews.index"), 303)


@blueprint.post("/visits/<id:visit>/photos/<question>/<int:position>/printable")
@allow(*REVIEWING)
def mark(visit: str, question: str, position: int) -> str | Response:
    """The page again with all that was typed; a script that asks gets no page."""
    view = _view(visit)
    use = or_404(g.session.get(PhotoUse, (visit, question, position)))
    reviews.mark_printable(g.session, g.actor, view.visit, use, printable=request.form.get("printable") == "yes")
    if request.headers.get("X-Requested-With") == "fieldscore":
        return Response(status=204)
    return _page_of(_view(visit))


def _view(visit: str) -> VisitView:
    """A visit of the regions where the person reviews, or 404."""
    view = gather(g.session, g.scope, visit, g.actor.language)
    return or_404(view if view and view.closer else None)


def _form(view: VisitView) -> ReviewForm:
    return review_form(asked.question.key for chapter in view.chapters for asked in chapter.asked)


def _page_of(view: VisitView) -> str | Response:
    held = g.session.scalar(select_open_review(view.visit.id))
    if held is None or held.reviewer_id != g.actor.person_id:
        return redirect(url_for("visits.show", visit=view.visit.id), 303)
    return _page(view, _form(view))


def _page(view: VisitView, form: ReviewForm, problem: Problem | None = None) -> str:
    references = reference_photos(g.session, view.version)
    return render_template("reviews/show.html", view=view, references=references, form=form, problem=problem)


def _decided(view: VisitView, form: ReviewForm, tried: Attempt, done: str) -> Response | tuple[str, int]:
    """On to what waits; or the page again with the refusal and every word that was typed."""
    if tried.thing is None:
        return _page(view, form, tried.problem), tried.status
    say(done)
    return redirect(url_for("reviews.index"), 303)
