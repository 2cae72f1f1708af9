"""Devices that a person is signed in on: begun, seen, revoked one by one."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.models import DeviceSession, Person, SecondFactor
from field.models.person import select_devices
from field.operations.audit import record

#: How long a right password waits for the second factor's code.
CODE_LIFE = timedelta(minutes=10)


def begin_session(session: Session, person: Person, *, label: str, passkey: bool = False) -> str:
    """Signs a person in on a device and returns the opaque token, which is kept nowhere.

    After a password alone, a person with a second factor is let in by ``step_up`` only; a passkey is two factors in one.
    """
    moment, token = clock.now(), _new_token()
    _forget_abandoned(session, person)
    device = DeviceSession(
        person_id=person.id, digest=_digest(token), label=label[:120], created_at=moment, seen_at=moment, proved_at=moment,
        level="full" if passkey else level_after_password(session, person.id),
    )
    session.add(device)
    session.flush()
    record(session, Actor(person.id, person.name, person.language, person.grants, device.id),
           "session.begun", "person", person.id, level=device.level, passkey=passkey)
    return token


def level_after_password(session: Session, person_id: str) -> str:
    """``full``, or ``code`` for a person with a second factor."""
    return "code" if session.get(SecondFactor, person_id) else "full"


def step_up(session: Session, actor: Actor) -> str:
    """Lets the actor's session in fully, under a new token; the old one is worth nothing."""
    token = _new_token()
    device = session.get(DeviceSession, actor.session_id)
    device.digest, device.level = _digest(token), "full"
    session.flush()
    record(session, actor, "session.raised", "person", actor.person_id)
    return token


def prove_again(session: Session, actor: Actor) -> None:
    """Remembers that it is really the person, for what may only be done shortly after that."""
    session.execute(update(DeviceSession).where(DeviceSession.id == actor.session_id).values(proved_at=clock.now()))
    record(session, actor, "session.proved", "person", actor.person_id)


def revoke_session(session: Session, actor: Actor, device: DeviceSession) -> DeviceSession:
    """Ends a session: its next request answers 401."""
    device.revoked_at = clock.now()
    session.flush()
    record(session, actor, "session.revoked", "person", device.person_id, device=device.id)
    return device


def seen(session: Session, session_id: str) -> None:
    """Remembers when the device was last here."""
    session.execute(update(DeviceSession).where(DeviceSession.id == session_id).values(seen_at=clock.now()))


def end_session(session: Session, actor: Actor) -> None:
    """Signs the actor's own device out."""
    device = session.get(DeviceSession, actor.session_id)
    if device and device.revoked_at is None:
        revoke_session(session, actor, device)


def end_other_sessions(session: Session, actor: Actor, person_id: str) -> None:
    """Ends every session of a person but the one that the actor acts in."""
    for device in session.scalars(select_devices(person_id)):
        if device.id != actor.session_id:
            revoke_session(session, actor, device)


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _forget_abandoned(session: Session, person: Person) -> None:
    """Sessions for which a code was never given; the entry about the password stays."""
    abandoned = (DeviceSession.person_id == person.id, DeviceSession.level == "code", DeviceSession.created_at < clock.now() - CODE_LIFE)
    session.execute(delete(DeviceSession).where(*abandoned))
