"""Accepting a revision: the commit point of a visit.

``judge`` decides all that the bytes and the published questionnaire decide, and holds a refusal instead of raising it;
``accept`` does the rest in one short transaction, in the order that ``protocol.md`` §2 fixes: owner, repetition, JSON,
inspector, meaning, photos, state. A refusal keeps a copy and claims nothing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from field import clock, faults
from field.access import Actor, State
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import new_id
from field.models.revision import select_receipt
from field.operations.audit import append, lock_chain, move_chain
from field.operations.receipts import issue_receipt
from field.operations.visits import Received, keep_revision
from field.sync import meaning, owners, push, wire
from field.sync.receipts import Signer
from field.sync.strict_json import nfc, parse


@dataclass(frozen=True)
class Incoming:
    """A revision as it came: the address and the bytes."""

    visit_id: str
    number: int
    body: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Judged:
    """What was decided before the write lock: the revision and the receipt it builds on, or the refusal."""

    incoming: Incoming
    received: Received | None = None
    base_receipt: str | None = None
    refusal: Problem | None = None


@dataclass(frozen=True)
class Answered:
    """The receipt's bytes, and whether it was issued just now."""

    receipt: bytes
    new: bool


def judge(session: Session, actor: Actor, incoming: Incoming, *, rest: Callable[[], None] = lambda: None,
          moment: datetime | None = None) -> Judged:
    """Reads only. ``rest`` ends the reading before the slow part, so that it holds up no writer; ``moment`` is when the
    revision arrived: now, unless a history is being told.
    """
    try:
        body = _read(actor, incoming)
        known = meaning.look_up(session.connection(), actor, body)
        rest()
        received = meaning.received(known, actor, body, incoming.body, incoming.sha256, moment or clock.now())
        received.answer_rows  # noqa: B018 - made now, so that nobody waits for it at the write lock
        return Judged(incoming, received, body.get("base_receipt"))
    except Problem as refusal:
        return Judged(incoming, refusal=refusal)


def accept(session: Session, actor: Actor, judged: Judged, signer: Signer) -> Answered:
    """The receipt of a revision, the same bytes each time; a Problem of the protocol's table otherwise."""
    connection, incoming = session.connection(), judged.incoming
    link = lock_chain(connection)
    owned = owners.to_write(connection, actor, incoming.visit_id, assigned=judged.received is None)
    if incoming.number <= owned.revision:
        return Answered(_repeated(session, actor, incoming), new=False)
    refusal = judged.refusal or _photos_fault(connection, judged.received) or _state_fault(owned, judged)
    if refusal:
        _keep_refused(session, actor, incoming, refusal)
        raise refusal
    return Answered(_keep(connection, actor, judged.received, owned, link, signer), new=True)


def _read(actor: Actor, incoming: Incoming) -> dict[str, Any]:
    """JSON, inspector, shape: in this order."""
    body = parse(incoming.body)
    if isinstance(body, dict) and isinstance(body.get("inspector"), str) and body["inspector"] != actor.person_id:
        raise Problem("visit.owner_mismatch")
    faults = wire.mistakes(wire.REVISION, body) or _address_faults(body, incoming)
    if faults:
        raise Problem("revision.invalid", errors=faults)
    return body if incoming.body.isascii() and b"\\u" not in incoming.body else nfc(body)


def _address_faults(body: dict[str, Any], incoming: Incoming) -> list[Mistake]:
    pairs = (("visit", incoming.visit_id), ("revision", incoming.number))
    return [Mistake(f"/{name}", "value.differs", N_("This must be what the address says.")) for name, here in pairs if body[name] != here]


def _repeated(session: Session, actor: Actor, incoming: Incoming) -> bytes:
    held = session.scalar(select_receipt(incoming.visit_id, incoming.number))
    if held.revision_sha256 == incoming.sha256:
        return held.body
    differs = Problem("revision.differs")
    _keep_refused(session, actor, incoming, differs)
    raise differs


def _photos_fault(connection: Connection, received: Received) -> Problem | None:
    missing = push.missing_photos(connection, received.visit_id, [photo["sha256"] for photo in received.photos])
    return Problem("photos.missing", extra={"missing": missing}) if missing else None


def _state_fault(owned: owners.Owned, judged: Judged) -> Problem | None:
    number = judged.incoming.number
    first = number == 1 and owned.state in (None, State.DRAFT) and judged.base_receipt is None
    corrected = number == owned.revision + 1 and owned.state == State.RETURNED and judged.base_receipt == owned.receipt_id
    if first or corrected:
        return None
    return Problem("revision.unexpected", extra={"expected": owned.revision + 1}, expected=owned.revision + 1)


def _keep_refused(session: Session, actor: Actor, incoming: Incoming, refusal: Problem) -> None:
    if refusal.keeps:
        push.keep_copy(session, actor, incoming.visit_id, incoming.number, incoming.body, refusal.code)


def _keep(connection: Connection, actor: Actor, received: Received, owned: owners.Owned, link: Any, signer: Signer) -> bytes:
    receipt_id = new_id()
    keep_revision(connection, actor, received, receipt_id=receipt_id, known=owned.state is not None)
    faults.at("revision", "kept")
    receipt, receipt_end = issue_receipt(connection, actor, _content(received, receipt_id), link, signer.seal)
    entry_end = append(connection, link, actor, "visit.submitted", "visit", received.visit_id, at=received.received_at,
                       revision=received.number, sha256=received.sha256, photos=len(received.photos), flags=list(received.flags))
    move_chain(connection, **receipt_end, **entry_end)
    faults.at("revision", "sealed")
    return receipt


def _content(received: Received, receipt_id: str) -> dict[str, Any]:
    return {
        "receipt": receipt_id, "visit": received.visit_id, "revision": received.number, "sha256": received.sha256,
        "received_at": received.received_at.strftime("%Y-%m-%dT%H:%M:%SZ"), "flags": list(received.flags),
        "photos": sorted({photo["sha256"] for photo in received.photos}), "score": received.score.shown,
    }
