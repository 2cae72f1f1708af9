"""Audit entries: written beside each change, in its transaction, each naming the digest of the one before."""

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.models import AuditEntry, Chain

_ENTRY = insert(AuditEntry.__table__)


def record(session: Session, actor: Actor, action: str, subject: str, subject_id: str, *,
           at: datetime | None = None, **details: object) -> None:
    """Appends one entry to the chain. ``action`` is noun.verb; ``details`` never hold an answer, a note or a token."""
    link = lock_chain(session)
    entry = {
        "number": link.entries + 1, "at": (at or clock.now()).astimezone(UTC), "actor_id": actor.person_id, "session_id": actor.session_id,
        "action": action, "subject": subject, "subject_id": subject_id, "details": details,
    }
    digest = entry_digest(link.entry_digest, entry)
    session.execute(_ENTRY, {**entry, "digest": digest})
    move_chain(session, entries=entry["number"], entry_digest=digest)


def entry_digest(previous: str | None, entry: dict[str, object]) -> str:
    """The SHA-256 over the digest before and the entry's canonical form."""
    plain = {**entry, "at": entry["at"].isoformat(), "previous": previous}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def lock_chain(session: Session) -> Chain:
    """The chain's last links, locked until the transaction ends, so that links are issued one after the other."""
    return session.execute(select(Chain.__table__).where(Chain.id == 1).with_for_update()).one()


def move_chain(session: Session, **links: object) -> None:
    session.execute(update(Chain.__table__).where(Chain.__table__.c.id == 1).values(**links))
