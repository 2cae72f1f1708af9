"""Tries are counted before they are looked at, so that many at once gain nothing."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from field import clock
from field.errors import Problem
from field.models import Throttle

_WINDOW = timedelta(hours=1)


def key_of(kind: str, value: str) -> str:
    """Keys are digests: the table of tries is no list of addresses."""
    return f"{kind}:{hashlib.sha256(value.strip().lower().encode()).hexdigest()}"


def reserve(session: Session, tries: Mapping[str, int]) -> None:
    """Counts one try under each key; ``session.throttled`` where a key has used up its tries of the hour."""
    now = clock.now()
    rows = [_window(session, key, now) for key in tries]
    for row in rows:
        if row.failures >= tries[row.key]:
            wait = int((row.until - now).total_seconds())
            raise Problem("session.throttled", retry_after=wait, minutes=wait // 60 + 1)
    for row in rows:
        row.failures += 1
    session.flush()


def forgive(session: Session, key: str) -> None:
    """Forgets the tries under a key."""
    session.execute(delete(Throttle).where(Throttle.key == key))


def _window(session: Session, key: str, now: datetime) -> Throttle:
    """The key's row, locked until the transaction ends; of two that begin it at once, one finds the other's."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = {"failures": 0, "since": now, "until": now + _WINDOW}
    session.execute(insert(Throttle).values(key=key, **fresh).on_conflict_do_nothing(index_elements=["key"]))
    row = session.get_one(Throttle, key, with_for_update=True)
    if row.until <= now:
        row.failures, row.since, row.until = fresh.values()
    return row
