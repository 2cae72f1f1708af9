"""Signing in: argon2id, the same work for known and unknown people, throttled by account and by address."""

import hashlib
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import NoReturn

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.errors import Problem
from field.models import Person, Throttle
from field.models.person import select_person
from field.operations.audit import record

#: OWASP's argon2id settings; about 50 ms. At most four at a time in a worker, or a flood would take its memory.
HASHER = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
_SLOTS = BoundedSemaphore(4)
_NOBODY = HASHER.hash("nobody has this password")

_WINDOW = timedelta(hours=1)
_ACCOUNT_TRIES, _ADDRESS_TRIES = 10, 60


def hash_password(password: str) -> str:
    with _SLOTS:
        return HASHER.hash(password)


def canonical_email(email: str) -> str:
    return email.strip().lower()


def reserve_try(session: Session, email: str, *, address: str) -> None:
    """Counts a try before the password is looked at, so that many at once gain nothing; ``session.throttled``."""
    now = clock.now()
    tries = {_key("account", email): _ACCOUNT_TRIES, _key("address", address): _ADDRESS_TRIES}
    rows = [_window(session, key, now) for key in tries]
    for row in rows:
        if row.failures >= tries[row.key]:
            wait = int((row.until - now).total_seconds())
            raise Problem("session.throttled", retry_after=wait, minutes=wait // 60 + 1)
    for row in rows:
        row.failures += 1
    session.flush()


def person_with(session: Session, email: str, password: str) -> Person | None:
    """The person whose address and password these are; takes as long for an unknown one. Holds no write lock."""
    person = session.scalar(select_person(canonical_email(email)))
    known = person.password_hash if person else _NOBODY
    session.expunge_all()
    with _SLOTS:
        try:
            verified = HASHER.verify(known, password)
        except (VerificationError, InvalidHashError):
            return None
    return person if verified and person and not person.disabled_at else None


def refuse(session: Session, email: str) -> NoReturn:
    """Leaves an entry and refuses, without a word about which part was wrong."""
    record(session, Actor(None, "", "en", ()), "session.refused", "account", _key("account", email))
    raise Problem("session.refused")


def forgive(session: Session, email: str) -> None:
    """Forgets an account's tries after it signed in; those of the address stay."""
    session.execute(delete(Throttle).where(Throttle.key == _key("account", email)))


def _key(kind: str, value: str) -> str:
    """Keys are digests: the table of failures is no list of addresses."""
    return f"{kind}:{hashlib.sha256(canonical_email(value).encode()).hexdigest()}"


def _window(session: Session, key: str, now: datetime) -> Throttle:
    row = session.get(Throttle, key)
    if row is None or row.until <= now:
        row = session.merge(Throttle(key=key, failures=0, since=now, until=now + _WINDOW))
    return row
