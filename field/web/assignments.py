"""Assignments: what is to come, one more, one less. They name the inspector, so they are for administrators alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, g, redirect, render_template, url_for

from field.access import Role
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Assignment, Person, QuestionnaireVersion, Site
from field.models.assignment import select_coming
from field.models.person import select_inspectors
from field.models.questionnaire import select_offered
from field.models.region import select_region_ids, select_related
from field.models.site import select_sites
from field.operations.assignments import add_assignment, cancel_assignment
from field.web.attempts import attempt, say
from field.web.policy import allow, or_404
from field.web.words import t
from forms.assignments import AssignmentForm

blueprint = Blueprint("assignments", __name__, url_prefix="/assignments")
_PLANNING = (Role.ADMINISTRATOR,)


@blueprint.get("")
@allow(*_PLANNING)
def index() -> str:
    coming = g.session.execute(g.scope.sites(select_coming(), *_PLANNING)).all()
    return render_template("assignments/index.html", coming=coming)


@blueprint.get("/new")
@allow(*_PLANNING)
def new() -> str:
    return _new_page(_offer(AssignmentForm()))


@blueprint.post("")
@allow(*_PLANNING)
def add() -> Response | tuple[str, int]:
    form = _offer(AssignmentForm())
    tried = attempt(form, lambda: _add(form))
    if tried.thing is None:
        return _new_page(form, tried.problem), tried.status
    say(t("The visit is planned."))
    return redirect(url_for("assignments.index"), 303)


@blueprint.post("/<id:assignment>/cancellation")
@allow(*_PLANNING)
def cancel(assignment: str) -> Response:
    row = or_404(g.session.execute(g.scope.sites(select_coming(), *_PLANNING).where(Assignment.id == assignment)).first())
    cancel_assignment(g.session, g.actor, row.Assignment)
    say(t("The visit to %(site)s is cancelled.", site=row.Site.name))
    return redirect(url_for("assignments.index"), 303)


def _add(form: AssignmentForm) -> Assignment:
    site = g.session.scalar(_sites().where(Site.code == form.site.data.strip(), Site.active))
    if site is None:
        raise Problem("body.invalid", errors=[Mistake("/site", "site.unknown", N_("There is no such site among those you plan for."))])
    zone = ZoneInfo(site.time_zone)
    return add_assignment(
        g.session, g.actor, g.session.get(Person, form.inspector.data), site=site,
        version=g.session.get(QuestionnaireVersion, form.questionnaire.data), brief=form.brief.data or "",
        starts_at=_local(form.starts.data, zone), ends_at=_local(form.until.data, zone))


def _local(typed: datetime, zone: ZoneInfo) -> datetime:
    """A time by the site's clock."""
    return typed.replace(tzinfo=zone)


def _sites():
    return g.scope.sites(select_sites(), *_PLANNING)


def _offer(form: AssignmentForm) -> AssignmentForm:
    """The inspectors of the person's regions and every version that is in use."""
    reach = select_related(g.scope.regions(select_region_ids(), *_PLANNING))
    people, versions = g.session.scalars(select_inspectors(reach)), g.session.scalars(select_offered())
    form.inspector.choices = {"": t("Choose"), **{person.id: person.name for person in people}}
    form.questionnaire.choices = {"": t("Choose"), **{
        held.id: t("%(title)s, version %(n)s", title=held.title_in(g.actor.language), n=held.version) for held in versions}}
    return form


def _new_page(form: AssignmentForm, problem: Problem | None = None) -> str:
    sites = g.session.scalars(_sites().where(Site.active)).all()
    return render_template("assignments/new.html", form=form, problem=problem, sites=sites)
