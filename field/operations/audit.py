"""Audit entries: written beside each change, in its transaction, each naming the digest of the one before."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.models import AuditEntry, Chain

_CHAIN = Chain.__table__
_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_ENTRY = insert(AuditEntry.__table__)
_LOCK = select(_CHAIN).where(_CHAIN.c.id == 1).with_for_update()
_MOVE = update(_CHAIN).where(_CHAIN.c.id == 1)


def record(session: Session, actor: Actor, action: str, subject: str, subject_id: str, *,
           at: datetime | None = None, **details: object) -> None:
    """Appends one entry to the chain. ``action`` is noun.verb; ``details`` never hold an answer, a note or a token."""
    move_chain(session, **append(session, lock_chain(session), actor, action, subject, subject_id, at=at, **details))


def append(session: Session | Connection, link: Row, actor: Actor, action: str, subject: str, subject_id: str, *,
           at: datetime | None = None, **details: object) -> dict[str, Any]:
    """Writes the entry that follows ``link`` and returns the chain's new end, for ``move_chain``."""
    entry = _entry(link.entries + 1, link.entry_digest, actor, action, subject, subject_id, at, details)
    session.execute(_ENTRY, entry)
    return {"entries": entry["number"], "entry_digest": entry["digest"]}


def record_all(session: Session, actor: Actor, told: Iterable[tuple[str, str, str, dict[str, object]]], *, at: datetime) -> None:
    """Appends many entries in one go: action, subject, its id and details of each."""
    link, entries = lock_chain(session), []
    digest = link.entry_digest
    for number, (action, subject, subject_id, details) in enumerate(told, link.entries + 1):
        entries.append(_entry(number, digest, actor, action, subject, subject_id, at, details))
        digest = entries[-1]["digest"]
    if entries:
        session.execute(_ENTRY, entries)
        move_chain(session, entries=entries[-1]["number"], entry_digest=digest)


def _entry(number: int, previous: str | None, actor: Actor, action: str, subject: str, subject_id: str, at: datetime | None,
           details: dict[str, object]) -> dict[str, Any]:
    entry = {
        "number": number, "at": (at or clock.now()).astimezone(UTC), "actor_id": actor.person_id, "session_id": actor.session_id,
        "action": action, "subject": subject, "subject_id": subject_id, "details": details,
    }
    return {**entry, "digest": entry_digest(previous, entry)}


def entry_digest(previous: str | None, entry: dict[str, object]) -> str:
    """The SHA-256 over the digest before and the entry's canonical form."""
    plain = {**entry, "at": entry["at"].isoformat(), "previous": previous}
    return hashlib.sha256(_ENCODE(plain).encode()).hexdigest()


def lock_chain(session: Session | Connection) -> Row:
    """The chain's last links, locked until the transaction ends, so that links are issued one after the other."""
    return session.execute(_LOCK).one()


def move_chain(session: Session | Connection, **links: object) -> None:
    """Sets the chain's new end."""
    session.execute(_MOVE, links)
