"""Devices that a person is signed in on: begun, seen, revoked one by one."""

import hashlib
import secrets

from sqlalchemy import update
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.models import DeviceSession, Person
from field.operations.audit import record


def begin_session(session: Session, person: Person, *, label: str) -> str:
    """Signs a person in on a device and returns the opaque token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    moment = clock.now()
    device = DeviceSession(
        person_id=person.id, digest=hashlib.sha256(token.encode()).hexdigest(), label=label[:120],
        created_at=moment, seen_at=moment,
    )
    session.add(device)
    session.flush()
    record(session, Actor(person.id, person.name, person.language, person.grants, device.id),
           "session.begun", "person", person.id)
    return token


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
