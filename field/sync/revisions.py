"""Accepting a revision: the commit point of a visit.

Everything that can be decided from the bytes alone happens before the write lock is taken (``read``); the rest in one
transaction (``accept``), in the order that ``protocol.md`` §2 fixes. A refusal keeps a copy and claims nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor, Grant, Role, State
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Assignment, Photo, QuestionnaireVersion, Region, RegionTree, Site, new_id
from field.models.revision import select_receipt
from field.operations.audit import lock_chain
from field.operations.receipts import issue_receipt
from field.operations.visits import Received, keep_revision
from field.questionnaire import Definition, check_answers, load, score
from field.sync import owners, push, wire
from field.sync.receipts import Signer
from field.sync.shape import to_time
from field.sync.strict_json import nfc, parse

_SITE = select(Site.id, Site.region_id, Site.active, Region.top_id).join(Region, Region.id == Site.region_id)
_VERSION = select(QuestionnaireVersion.id, QuestionnaireVersion.sha256, QuestionnaireVersion.unplanned, QuestionnaireVersion.retired_at)
_MINE = select(Assignment.id, Assignment.visit_id, Assignment.state, Assignment.site_id, Assignment.version_id)


@dataclass(frozen=True)
class Incoming:
    """A revision as it came: the address, the bytes, their digest."""

    visit_id: str
    number: int
    body: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Answered:
    """The receipt's bytes, and whether it was issued just now."""

    receipt: bytes
    new: bool


def accept(session: Session, actor: Actor, incoming: Incoming, signer: Signer, *, moment: datetime | None = None) -> Answered:
    """The receipt of a revision, the same bytes each time; a Problem of the protocol's table otherwise.

    ``moment`` is when it arrived: now, unless a history is being told.
    """
    link = lock_chain(session)
    owned = owners.to_write(session, actor, incoming.visit_id)
    if incoming.number <= owned.revision:
        return Answered(_repeated(session, actor, incoming), new=False)
    try:
        received = _check(session, actor, incoming, owned, moment or clock.now())
    except Problem as refusal:
        if refusal.keeps:
            push.keep_copy(session, actor, incoming.visit_id, incoming.number, incoming.body, refusal.code)
        raise
    receipt_id = new_id()
    keep_revision(session, actor, received, receipt_id=receipt_id, known=owned.state is not None)
    receipt = issue_receipt(session, actor, _content(received, receipt_id), link, signer.seal)
    if received.assignment_id:
        open_one = (Assignment.id == received.assignment_id) & (Assignment.state == "open")
        session.execute(update(Assignment).where(open_one).values(state="done"), execution_options={"synchronize_session": False})
    return Answered(receipt, new=True)


def _repeated(session: Session, actor: Actor, incoming: Incoming) -> bytes:
    held = session.scalar(select_receipt(incoming.visit_id, incoming.number))
    if held.revision_sha256 == incoming.sha256:
        return held.body
    push.keep_copy(session, actor, incoming.visit_id, incoming.number, incoming.body, "revision.differs")
    raise Problem("revision.differs")


def _check(session: Session, actor: Actor, incoming: Incoming, owned: owners.Owned, moment: datetime) -> Received:
    """JSON, inspector, meaning, photos, state: in this order."""
    body = parse(incoming.body)
    if isinstance(body, dict) and isinstance(body.get("inspector"), str) and body["inspector"] != actor.person_id:
        raise Problem("visit.owner_mismatch")
    faults = wire.mistakes(wire.REVISION, body) or _address_faults(body, incoming)
    if faults:
        raise Problem("revision.invalid", errors=faults)
    body = body if incoming.body.isascii() else nfc(body)
    received = _meaning(session, actor, incoming, body, moment)
    _photos_there(session, received)
    _expected(owned, incoming, body)
    return received


def _address_faults(body: dict[str, Any], incoming: Incoming) -> list[Mistake]:
    pairs = (("visit", incoming.visit_id), ("revision", incoming.number))
    return [Mistake(f"/{name}", "value.differs", N_("This must be what the address says.")) for name, here in pairs if body[name] != here]


def _meaning(session: Session, actor: Actor, incoming: Incoming, body: dict[str, Any], moment: datetime) -> Received:
    site = session.execute(_SITE.where(Site.code == body["site"])).first()
    if site is None:
        raise Problem("site.unknown")
    named = body["questionnaire"]
    version = session.execute(_VERSION.where(
        QuestionnaireVersion.slug == named["slug"], QuestionnaireVersion.version == named["version"])).first()
    if version is None or version.sha256 != named["sha256"]:
        raise Problem("questionnaire.unknown")
    assignment = _assignment(session, actor, incoming.visit_id, body.get("assignment"))
    definition = _definition(session, version.sha256)
    faults = check_answers(definition, body["answers"], body["photos"])
    if faults:
        raise Problem("revision.invalid", errors=faults)
    result = score(definition, body["answers"])
    flags = _flags(session, actor, body, site=site, version=version, assignment=assignment, shown=result.shown["overall"])
    return Received(
        visit_id=incoming.visit_id, number=incoming.number, sha256=incoming.sha256, body=incoming.body, device=body["device"],
        site_id=site.id, top_region_id=site.top_id, version_id=version.id, slug=named["slug"],
        assignment_id=assignment and assignment.id, started_at=to_time(body["started"]["at"]),
        finished_at=to_time(body["finished"]["at"]), answers=body["answers"], photos=[_timed(p) for p in body["photos"]],
        score=result, flags=flags, received_at=moment,
    )


def _timed(photo: dict[str, Any]) -> dict[str, Any]:
    return {**photo, "taken_at": to_time(photo["taken_at"]) if photo.get("taken_at") else None}


def _assignment(session: Session, actor: Actor, visit_id: str, named: str | None) -> Any:
    """The assignment of this visit; naming another one, or somebody else's, is a mistake."""
    mine = session.execute(_MINE.where(Assignment.visit_id == visit_id, Assignment.person_id == actor.person_id)).first()
    if named is not None and (mine is None or mine.id != named):
        fault = Mistake("/assignment", "assignment.unknown", N_("This assignment is not yours, or belongs to another visit."))
        raise Problem("revision.invalid", errors=[fault])
    return mine


_LOADED: dict[str, Definition] = {}


def _definition(session: Session, sha256: str) -> Definition:
    """The compiled version; published bytes never change, so that it is loaded once in a process."""
    if sha256 not in _LOADED:
        if len(_LOADED) >= 64:
            _LOADED.clear()
        _LOADED[sha256] = load(parse(session.scalar(select(QuestionnaireVersion.body).where(QuestionnaireVersion.sha256 == sha256).limit(1))))
    return _LOADED[sha256]


def _flags(session: Session, actor: Actor, body: dict[str, Any], *, site: Any, version: Any, assignment: Any, shown: str | None) -> tuple[str, ...]:
    """Facts of transport, never suspicions about the inspector."""
    claimed = body.get("client_score")
    reach = _reaches(session, actor.reach(Role.INSPECTOR), site)
    planned = assignment is not None and assignment.site_id == site.id and assignment.version_id == version.id
    unreadable = _any_unreadable(session, body)
    facts = {
        "assignment.cancelled": assignment is not None and assignment.state == "cancelled",
        "person.moved": assignment is not None and not reach,
        "photo.unreadable": unreadable,
        "questionnaire.retired": version.retired_at is not None,
        "score.differs": claimed is not None and claimed["overall"] != shown,
        "visit.unplanned": not planned and not (version.unplanned and reach and site.active),
    }
    return tuple(name for name, holds in facts.items() if holds)


def _reaches(session: Session, grants: tuple[Grant, ...], site: Any) -> bool:
    if any(g.site_id == site.id or (g.region_id is None and g.site_id is None) or g.region_id == site.region_id for g in grants):
        return True
    regions = [g.region_id for g in grants if g.region_id]
    query = select(RegionTree.distance).where(RegionTree.below_id == site.region_id, RegionTree.above_id.in_(regions)).limit(1)
    return bool(regions) and session.execute(query).first() is not None


def _any_unreadable(session: Session, body: dict[str, Any]) -> bool:
    wanted = {photo["sha256"] for photo in body["photos"]}
    if not wanted:
        return False
    query = select(Photo.sha256).where(Photo.visit_id == body["visit"], Photo.sha256.in_(wanted), Photo.state == "unreadable").limit(1)
    return session.execute(query).first() is not None


def _photos_there(session: Session, received: Received) -> None:
    missing = push.missing_photos(session, received.visit_id, [photo["sha256"] for photo in received.photos])
    if missing:
        raise Problem("photos.missing", extra={"missing": missing})


def _expected(owned: owners.Owned, incoming: Incoming, body: dict[str, Any]) -> None:
    first = incoming.number == 1 and owned.state in (None, State.DRAFT) and body.get("base_receipt") is None
    corrected = (incoming.number == owned.revision + 1 and owned.state == State.RETURNED
                 and body.get("base_receipt") == owned.receipt_id)
    if not first and not corrected:
        raise Problem("revision.unexpected", extra={"expected": owned.revision + 1}, expected=owned.revision + 1)


def _content(received: Received, receipt_id: str) -> dict[str, Any]:
    return {
        "receipt": receipt_id, "visit": received.visit_id, "revision": received.number, "sha256": received.sha256,
        "received_at": received.received_at.strftime("%Y-%m-%dT%H:%M:%SZ"), "flags": sorted(received.flags),
        "photos": sorted({photo["sha256"] for photo in received.photos}), "score": received.score.shown,
    }
