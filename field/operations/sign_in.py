"""Signing in: argon2id, the same work for known and unknown people, throttled by account and by address."""

import secrets
from threading import BoundedSemaphore
from typing import NoReturn

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from field.access import Actor
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import Person
from field.models.person import select_person
from field.operations import throttle
from field.operations.audit import record

#: OWASP's argon2id settings; about 50 ms. At most four at a time in a worker, or a flood would take its memory.
HASHER = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
_SLOTS = BoundedSemaphore(4)
#: Compared where there is nobody, or where an invited person has no password yet.
_NOBODY = HASHER.hash(secrets.token_urlsafe())

_ACCOUNT_TRIES, _ADDRESS_TRIES = 10, 60


def hash_password(password: str) -> str:
    with _SLOTS:
        return HASHER.hash(password)


def canonical_email(email: str) -> str:
    return email.strip().lower()


def reserve_try(session: Session, email: str, *, address: str) -> None:
    """Counts a try before the password is looked at; ``session.throttled``."""
    throttle.reserve(session, {_account(email): _ACCOUNT_TRIES, throttle.key_of("address", address): _ADDRESS_TRIES})


def person_with(session: Session, email: str, password: str) -> Person | None:
    """The person whose address and password these are; takes as long for an unknown one. Holds no write lock."""
    person = session.scalar(select_person(canonical_email(email)))
    known = person.password_hash if person and person.password_hash else _NOBODY
    session.expunge_all()
    with _SLOTS:
        try:
            verified = HASHER.verify(known, password)
        except (VerificationError, InvalidHashError):
            return None
    return person if verified and person and person.password_hash and not person.disabled_at else None


def refuse(session: Session, email: str) -> NoReturn:
    """Leaves an entry and refuses, without a word about which part was wrong."""
    record(session, Actor(None, "", "en", ()), "session.refused", "account", _account(email))
    raise Problem("session.refused")


def refuse_proof(session: Session, actor: Actor) -> NoReturn:
    """Leaves an entry and refuses one who is signed in but did not know the password."""
    record(session, actor, "session.unproved", "person", actor.person_id)
    raise Problem("password.wrong", errors=[Mistake("/present", "password.wrong", N_("This is not your password."))])


def forgive(session: Session, email: str) -> None:
    """Forgets an account's tries after it signed in; those of the address stay."""
    throttle.forgive(session, _account(email))


def _account(email: str) -> str:
    return throttle.key_of("account", canonical_email(email))
