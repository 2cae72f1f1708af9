"""Whose visit it is (``protocol.md`` §3): decided before anything else about a body."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field.access import Actor
from field.errors import Problem
from field.models import Assignment, Visit

_VISIT = select(Visit.id, Visit.person_id, Visit.state, Visit.revision, Visit.receipt_id, Visit.site_id)
_ASSIGNMENT = select(Assignment.id, Assignment.person_id, Assignment.state, Assignment.site_id, Assignment.version_id)


@dataclass(frozen=True)
class Owned:
    """What is known of a visit before a write: nothing yet (``state`` None) or where it stands."""

    visit_id: str
    person_id: str
    state: str | None = None
    revision: int = 0
    receipt_id: str | None = None
    site_id: str | None = None


def to_write(session: Session, actor: Actor, visit_id: str) -> Owned:
    """The visit as its owner may write it; ``visit.owner_mismatch`` for everybody else."""
    owned = _find(session, visit_id) or Owned(visit_id, actor.person_id)
    if owned.person_id != actor.person_id:
        raise Problem("visit.owner_mismatch")
    return owned


def to_read(session: Session, actor: Actor, visit_id: str) -> Owned | None:
    """The visit when it is the person's own; None for a foreign one and one that nobody has, alike."""
    owned = _find(session, visit_id)
    return owned if owned and owned.person_id == actor.person_id else None


def _find(session: Session, visit_id: str) -> Owned | None:
    row = session.execute(_VISIT.where(Visit.id == visit_id)).first()
    if row:
        return Owned(row.id, row.person_id, row.state, row.revision, row.receipt_id, row.site_id)
    assigned = session.execute(_ASSIGNMENT.where(Assignment.visit_id == visit_id)).first()
    return Owned(visit_id, assigned.person_id) if assigned else None
