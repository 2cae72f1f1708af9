"""Links that work once: invitations, and the way back in that an administrator gives to one who forgot the password."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.errors import Problem
from field.models import OneTimeLink, Person
from field.models.link import select_link, select_open_links
from field.operations.audit import record
from field.operations.people import describe_oneself, set_password

INVITATION, RESET = "invitation", "reset"
_LIFE = {INVITATION: timedelta(hours=72), RESET: timedelta(hours=24)}


def issue_link(session: Session, actor: Actor, person: Person) -> str:
    """The token of a new link, which is kept nowhere; earlier ones end. An invitation until a password was chosen, then a reset."""
    token, moment = secrets.token_urlsafe(32), clock.now()
    for earlier in session.scalars(select_open_links(person.id)):
        earlier.ended_at = moment
    purpose = RESET if person.password_hash else INVITATION
    session.add(OneTimeLink(person_id=person.id, purpose=purpose, digest=_digest(token), created_at=moment, until=moment + _LIFE[purpose]))
    session.flush()
    record(session, actor, "link.issued", "person", person.id, purpose=purpose)
    return token


def open_link(session: Session, token: str) -> OneTimeLink:
    """The link of this token while it may be used; ``link.spent``. Looking at it does not use it."""
    link = session.scalar(select_link(_digest(token), clock.now()))
    person = session.get(Person, link.person_id) if link else None
    if person is None or person.disabled_at:
        raise Problem("link.spent")
    return link


def redeem(session: Session, token: str, *, password: str, name: str | None = None) -> Person:
    """Uses the link up and sets the password (and the name of an invited person). A second factor stays.

    ``person.invalid`` leaves the link as it was; of two at once one gets ``link.spent``.
    """
    link = open_link(session, token)
    person = session.get(Person, link.person_id)
    actor = Actor(person.id, person.name, person.language, person.grants)
    if link.purpose == INVITATION and name is not None:
        describe_oneself(session, actor, person, name=name, language=person.language)
    used = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.ended_at.is_(None)).values(ended_at=clock.now())
    if session.execute(used).rowcount != 1:
        raise Problem("link.spent")
    set_password(session, actor, person, password)
    record(session, actor, "link.used", "person", person.id, purpose=link.purpose)
    return person


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
