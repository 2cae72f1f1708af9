"""Whose visit it is (``protocol.md`` §3): decided before anything else about a body."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from field.access import Actor
from field.errors import Problem
from field.models import Assignment, Photo, Visit

_V, _A, _P = Visit.__table__, Assignment.__table__, Photo.__table__
_VISIT = select(_V.c.id, _V.c.person_id, _V.c.state, _V.c.revision, _V.c.receipt_id).where(_V.c.id == bindparam("visit"))
_WITH_PHOTOS = _VISIT.add_columns(_P.c.sha256).outerjoin_from(_V, _P, _P.c.visit_id == _V.c.id)
_ASSIGNMENT = select(_A.c.person_id).where(_A.c.visit_id == bindparam("visit"))


@dataclass(frozen=True)
class Owned:
    """What is known of a visit before a write: nothing yet (``state`` None) or where it stands."""

    visit_id: str
    person_id: str
    state: str | None = None
    revision: int = 0
    receipt_id: str | None = None


def to_write(session: Session | Connection, actor: Actor, visit_id: str, *, assigned: bool = True) -> Owned:
    """The visit as its owner may write it; ``visit.owner_mismatch`` for everybody else.

    ``assigned`` False: it is known already that no assignment gives the visit to somebody else.
    """
    owned = _find(session, visit_id, assigned) or Owned(visit_id, actor.person_id)
    if owned.person_id != actor.person_id:
        raise Problem("visit.owner_mismatch")
    return owned


def to_add_photo(session: Session | Connection, actor: Actor, visit_id: str) -> tuple[Owned, set[str]]:
    """The visit as its owner may write it, and the photos it has; ``visit.owner_mismatch``."""
    rows = session.execute(_WITH_PHOTOS, {"visit": visit_id}).all()
    if not rows:
        return to_write(session, actor, visit_id), set()
    owned = Owned(*rows[0][:-1])
    if owned.person_id != actor.person_id:
        raise Problem("visit.owner_mismatch")
    return owned, {row.sha256 for row in rows if row.sha256}


def to_read(session: Session | Connection, actor: Actor, visit_id: str) -> Owned | None:
    """The visit when it is the person's own; None for a foreign one and one that nobody has, alike."""
    owned = _find(session, visit_id)
    return owned if owned and owned.person_id == actor.person_id else None


def _find(session: Session | Connection, visit_id: str, assigned: bool = True) -> Owned | None:
    row = session.execute(_VISIT, {"visit": visit_id}).first()
    if row:
        return Owned(*row)
    given = session.execute(_ASSIGNMENT, {"visit": visit_id}).first() if assigned else None
    return Owned(visit_id, given.person_id) if given else None
