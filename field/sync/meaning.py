"""What a revision means: its site, version and assignment, its answers checked and scored, its flags.

Everything here is decided before the write lock is taken: published versions never change, and the flags are facts of
the moment when the revision arrived.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from field.access import Actor, Grant, Role
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Assignment, Photo, QuestionnaireVersion, Region, RegionTree, Site
from field.operations.visits import Received
from field.questionnaire import Definition, check_answers, load, score
from field.sync.shape import to_time
from field.sync.strict_json import parse

_S, _R, _Q, _A, _P, _T = (table.__table__ for table in (Site, Region, QuestionnaireVersion, Assignment, Photo, RegionTree))
_SITE = select(_S.c.id, _S.c.region_id, _S.c.active, _R.c.top_id).join(_R, _R.c.id == _S.c.region_id).where(_S.c.code == bindparam("code"))
_VERSION = select(_Q.c.id, _Q.c.sha256, _Q.c.unplanned, _Q.c.retired_at).where(
    _Q.c.slug == bindparam("slug"), _Q.c.version == bindparam("version"))
_DOCUMENT = select(_Q.c.body).where(_Q.c.id == bindparam("version"))
_MINE = select(_A.c.id, _A.c.state, _A.c.site_id, _A.c.version_id).where(_A.c.visit_id == bindparam("visit"), _A.c.person_id == bindparam("person"))
_BELOW = select(_T.c.distance).where(_T.c.below_id == bindparam("region"), _T.c.above_id.in_(bindparam("above", expanding=True))).limit(1)
_UNREADABLE = select(_P.c.sha256).where(_P.c.visit_id == bindparam("visit"), _P.c.state == "unreadable")

_KEPT_DEFINITIONS = 64
_definitions: dict[str, Definition] = {}


def received(connection: Connection, actor: Actor, body: Mapping[str, Any], raw: bytes, sha256: str, moment: datetime) -> Received:
    """The revision with its score and flags; ``site.unknown``, ``questionnaire.unknown``, ``revision.invalid``."""
    site = connection.execute(_SITE, {"code": body["site"]}).first()
    if site is None:
        raise Problem("site.unknown")
    named = body["questionnaire"]
    version = connection.execute(_VERSION, {"slug": named["slug"], "version": named["version"]}).first()
    if version is None or version.sha256 != named["sha256"]:
        raise Problem("questionnaire.unknown")
    assignment = _assignment(connection, actor, body)
    definition = _definition(connection, version)
    faults = check_answers(definition, body["answers"], body["photos"])
    if faults:
        raise Problem("revision.invalid", errors=faults)
    result = score(definition, body["answers"])
    return Received(
        visit_id=body["visit"], number=body["revision"], sha256=sha256, body=raw, device=body["device"], site_id=site.id,
        top_region_id=site.top_id, version_id=version.id, slug=named["slug"], assignment_id=assignment and assignment.id,
        started_at=to_time(body["started"]["at"]), finished_at=to_time(body["finished"]["at"]), answers=body["answers"],
        photos=[_timed(photo) for photo in body["photos"]], score=result, received_at=moment,
        flags=_flags(connection, actor, body, site, version, assignment, result.shown["overall"]),
    )


def _timed(photo: dict[str, Any]) -> dict[str, Any]:
    return {**photo, "taken_at": to_time(photo["taken_at"]) if photo.get("taken_at") else None}


def _assignment(connection: Connection, actor: Actor, body: Mapping[str, Any]) -> Row | None:
    """The assignment of this visit; naming another one, or somebody else's, is a mistake."""
    mine = connection.execute(_MINE, {"visit": body["visit"], "person": actor.person_id}).first()
    named = body.get("assignment")
    if named is not None and (mine is None or mine.id != named):
        fault = Mistake("/assignment", "assignment.unknown", N_("This assignment is not yours, or belongs to another visit."))
        raise Problem("revision.invalid", errors=[fault])
    return mine


def _definition(connection: Connection, version: Row) -> Definition:
    """The compiled version; published bytes never change, so it is loaded once in a process."""
    if version.sha256 not in _definitions:
        if len(_definitions) >= _KEPT_DEFINITIONS:
            _definitions.clear()
        _definitions[version.sha256] = load(parse(connection.scalar(_DOCUMENT, {"version": version.id})))
    return _definitions[version.sha256]


def _flags(connection: Connection, actor: Actor, body: Mapping[str, Any], site: Row, version: Row, assignment: Row | None,
           shown: str | None) -> tuple[str, ...]:
    """Facts of transport, never suspicions about the inspector; in the order of their names."""
    claimed = body.get("client_score")
    reaches = _reaches(connection, actor.reach(Role.INSPECTOR), site)
    planned = assignment is not None and assignment.site_id == site.id and assignment.version_id == version.id
    facts = {
        "assignment.cancelled": assignment is not None and assignment.state == "cancelled",
        "person.moved": assignment is not None and not reaches,
        "photo.unreadable": _names_unreadable(connection, body),
        "questionnaire.retired": version.retired_at is not None,
        "score.differs": claimed is not None and claimed["overall"] != shown,
        "visit.unplanned": not planned and not (version.unplanned and reaches and site.active),
    }
    return tuple(name for name, holds in facts.items() if holds)


def _reaches(connection: Connection, grants: tuple[Grant, ...], site: Row) -> bool:
    if any(g.site_id == site.id or g.region_id == site.region_id or (g.region_id is None and g.site_id is None) for g in grants):
        return True
    above = [grant.region_id for grant in grants if grant.region_id]
    return bool(above) and connection.execute(_BELOW, {"region": site.region_id, "above": above}).first() is not None


def _names_unreadable(connection: Connection, body: Mapping[str, Any]) -> bool:
    named = {photo["sha256"] for photo in body["photos"]}
    return bool(named) and not named.isdisjoint(connection.scalars(_UNREADABLE, {"visit": body["visit"]}))
