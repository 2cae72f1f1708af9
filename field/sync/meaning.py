"""What a revision means: its site, version and assignment, its answers checked and scored, its flags.

Everything here is decided before the write lock is taken: published versions never change, and the flags are facts of
the moment when the revision arrived.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from field.access import Actor, Grant, Role
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Assignment, Photo, QuestionnaireVersion, Region, RegionTree, Site
from field.operations.visits import Received
from field.questionnaire import Definition, check_answers, load, read, score
from field.questionnaire.times import to_time
from field.sync.strict_json import parse

_S, _R, _Q, _A, _P, _T = (table.__table__ for table in (Site, Region, QuestionnaireVersion, Assignment, Photo, RegionTree))
_VERSION = (_Q.c.slug == bindparam("slug")) & (_Q.c.version == bindparam("version"))
_REACH = select(_T.c.distance).where(_T.c.below_id == _S.c.region_id, _T.c.above_id.in_(bindparam("above", expanding=True))).limit(1)
#: The site; beside it the version and the visit's assignment (empty where there is none), and whether it lies below one of
#: the named regions.
_PLACE = (
    select(_S.c.id, _S.c.region_id, _S.c.active, _R.c.top_id, _Q.c.id.label("version_id"), _Q.c.sha256, _Q.c.unplanned, _Q.c.retired_at,
           _REACH.scalar_subquery().label("below"), _A.c.id.label("assignment_id"), _A.c.person_id.label("assigned_to"),
           _A.c.state.label("assignment_state"), _A.c.site_id.label("assigned_site"), _A.c.version_id.label("assigned_version"))
    .join(_R, _R.c.id == _S.c.region_id).join(_Q, _VERSION, isouter=True)
    .join(_A, _A.c.visit_id == bindparam("visit"), isouter=True).where(_S.c.code == bindparam("code"))
)
_DOCUMENT = select(_Q.c.body).where(_Q.c.id == bindparam("version"))
_UNREADABLE = select(_P.c.sha256).where(_P.c.visit_id == bindparam("visit"), _P.c.state == "unreadable")

_KEPT_DEFINITIONS = 64
_definitions: dict[str, Definition] = {}


@dataclass(frozen=True)
class Known:
    """What the database knows about a revision's site, version, assignment and photos."""

    place: Row
    definition: Definition
    names_unreadable: bool


def look_up(connection: Connection, actor: Actor, body: Mapping[str, Any]) -> Known:
    """All that is asked of the database; ``site.unknown``, ``questionnaire.unknown``, ``revision.invalid``."""
    place = _place(connection, actor, body)
    _check_assignment(place, actor, body)
    return Known(place, _definition(connection, place), _names_unreadable(connection, body))


def received(known: Known, actor: Actor, body: Mapping[str, Any], raw: bytes, sha256: str, moment: datetime) -> Received:
    """The revision with its score and flags; ``revision.invalid``. Asks nothing of the database."""
    place, definition, named = known.place, known.definition, body["questionnaire"]
    reading = read(definition, body["answers"])
    faults = check_answers(definition, body["answers"], body["photos"], reading)
    if faults:
        raise Problem("revision.invalid", errors=faults)
    result = score(definition, body["answers"], reading=reading)
    return Received(
        visit_id=body["visit"], number=body["revision"], sha256=sha256, body=raw, device=body["device"], site_id=place.id,
        top_region_id=place.top_id, version_id=place.version_id, slug=named["slug"], assignment_id=place.assignment_id,
        started_at=to_time(body["started"]["at"]), finished_at=to_time(body["finished"]["at"]), answers=body["answers"],
        photos=[_timed(photo) for photo in body["photos"]], score=result, received_at=moment,
        flags=_flags(known, actor, body, result.shown["overall"]),
    )


def _place(connection: Connection, actor: Actor, body: Mapping[str, Any]) -> Row:
    """The site and the version that the body names; ``site.unknown``, ``questionnaire.unknown``."""
    named, above = body["questionnaire"], [grant.region_id for grant in actor.reach(Role.INSPECTOR) if grant.region_id]
    place = connection.execute(_PLACE, {"code": body["site"], "slug": named["slug"], "version": named["version"], "above": above,
                                        "visit": body["visit"]}).first()
    if place is None:
        raise Problem("site.unknown")
    if place.version_id is None or place.sha256 != named["sha256"]:
        raise Problem("questionnaire.unknown")
    return place


def _timed(photo: dict[str, Any]) -> dict[str, Any]:
    return {**photo, "taken_at": to_time(photo["taken_at"]) if photo.get("taken_at") else None}


def _check_assignment(place: Row, actor: Actor, body: Mapping[str, Any]) -> None:
    """The assignment of this visit decides whose it is; naming another one, or somebody else's, is a mistake."""
    if place.assignment_id is not None and place.assigned_to != actor.person_id:
        raise Problem("visit.owner_mismatch")
    named = body.get("assignment")
    if named is not None and named != place.assignment_id:
        fault = Mistake("/assignment", "assignment.unknown", N_("This assignment is not yours, or belongs to another visit."))
        raise Problem("revision.invalid", errors=[fault])


def _definition(connection: Connection, place: Row) -> Definition:
    """The compiled version; published bytes never change, so it is loaded once in a process."""
    if place.sha256 not in _definitions:
        if len(_definitions) >= _KEPT_DEFINITIONS:
            _definitions.clear()
        _definitions[place.sha256] = load(parse(connection.scalar(_DOCUMENT, {"version": place.version_id})))
    return _definitions[place.sha256]


def _flags(known: Known, actor: Actor, body: Mapping[str, Any], shown: str | None) -> tuple[str, ...]:
    """Facts of transport, never suspicions about the inspector; in the order of their names."""
    place, claimed = known.place, body.get("client_score")
    reaches = place.below is not None or any(_covers(grant, place) for grant in actor.reach(Role.INSPECTOR))
    assigned = place.assignment_id is not None
    planned = assigned and place.assigned_site == place.id and place.assigned_version == place.version_id
    facts = {
        "assignment.cancelled": place.assignment_state == "cancelled",
        "person.moved": assigned and not reaches,
        "photo.unreadable": known.names_unreadable,
        "questionnaire.retired": place.retired_at is not None,
        "score.differs": claimed is not None and claimed["overall"] != shown,
        "visit.unplanned": not planned and not (place.unplanned and reaches and place.active),
    }
    return tuple(name for name, holds in facts.items() if holds)


def _covers(grant: Grant, place: Row) -> bool:
    return grant.site_id == place.id or (grant.site_id is None and grant.region_id is None)


def _names_unreadable(connection: Connection, body: Mapping[str, Any]) -> bool:
    named = {photo["sha256"] for photo in body["photos"]}
    return bool(named) and not named.isdisjoint(connection.scalars(_UNREADABLE, {"visit": body["visit"]}))
