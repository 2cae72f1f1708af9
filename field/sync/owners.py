"""Whose visit it is (``protocol.md`` §3): decided before anything else about a body."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from field.access import Actor
from field.errors import Problem
from field.models import Assignment, Visit

_V, _A = Visit.__table__, Assignment.__table__
_VISIT = select(_V.c.id, _V.c.person_id, _V.c.state, _V.c.revision, _V.c.receipt_id).where(_V.c.id == bindparam("visit"))
_ASSIGNMENT = select(_A.c.person_id).where(_A.c.visit_id == bindparam("visit"))


@dataclass(frozen=True)
class Owned:
    """What is known of a visit before a write: nothing yet (``state`` None) or where it stands."""

    visit_id: str
    person_id: str
    state: str | None = None
    revision: int = 0
    receipt_id: str | None = None


def to_write(session: Session | Connection, actor: Actor, visit_id: str) -> Owned:
    """The visit as its owner may write it; ``visit.owner_mismatch`` for everybody else."""
    owned = _find(session, visit_id) or Owned(visit_id, actor.person_id)
    if owned.person_id != actor.person_id:
        raise Problem("visit.owner_mismatch")
    return owned


def to_read(session: Session | Connection, actor: Actor, visit_id: str) -> Owned | None:
    """The visit when it is the person's own; None for a foreign one and one that nobody has, alike."""
    owned = _find(session, visit_id)
    return owned if owned and owned.person_id == actor.person_id else None


def _find(session: Session | Connection, visit_id: str) -> Owned | None:
    row = session.execute(_VISIT, {"visit": visit_id}).first()
    if row:
        return Owned(*row)
    assigned = session.execute(_ASSIGNMENT, {"visit": visit_id}).first()
    return Owned(visit_id, assigned.person_id) if assigned else None
