"""Assignments: given and cancelled. Given to somebody else, it is a new one with a new visit."""

from datetime import datetime

from sqlalchemy.orm import Session

from field import clock
from field.access import Actor, Role
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Assignment, Person, QuestionnaireVersion, Site
from field.operations.audit import record


def add_assignment(session: Session, actor: Actor, person: Person, *, site: Site, version: QuestionnaireVersion,
                   starts_at: datetime, ends_at: datetime, brief: str = "", moment: datetime | None = None) -> Assignment:
    """Sends an inspector to a site; the visit's id is fixed from now on. ``body.invalid``."""
    if person.disabled_at or not any(grant.role == Role.INSPECTOR for grant in person.grants):
        raise Problem("body.invalid", errors=[Mistake("/inspector", "inspector.unfit", N_("Choose an inspector."))])
    if ends_at <= starts_at:
        raise Problem("body.invalid", errors=[Mistake("/until", "until.early", N_("The end lies before the beginning."))])
    assignment = Assignment(person_id=person.id, site_id=site.id, version_id=version.id, starts_at=starts_at, ends_at=ends_at,
                            brief=brief.strip(), created_at=moment or clock.now(), state="open")
    session.add(assignment)
    session.flush()
    record(session, actor, "assignment.added", "assignment", assignment.id, at=moment, person=person.id,
           site=site.code)
    return assignment


def cancel_assignment(session: Session, actor: Actor, assignment: Assignment) -> Assignment:
    """Takes an assignment back; a visit that was made all the same is accepted, and flagged."""
    if assignment.state != "open":
        raise Problem("assignment.state")
    assignment.state = "cancelled"
    session.flush()
    record(session, actor, "assignment.cancelled", "assignment", assignment.id)
    return assignment
