"""People and their roles."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor, Grant, Role
from field.errors import Mistake, Problem
from field.locale import LANGUAGES, N_
from field.models import Person, PersonRole
from field.models.link import select_open_links
from field.models.person import select_devices, select_person
from field.operations.audit import record
from field.operations.devices import end_other_sessions, revoke_session
from field.operations.passwords import password_mistakes
from field.operations.regions import check_name
from field.operations.sign_in import canonical_email, hash_password

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")


def add_person(session: Session, actor: Actor, email: str, *, name: str, grants: Sequence[Grant], password: str | None = None,
               language: str = "en") -> Person:
    """A new person with roles; without a password they are to be invited. ``person.invalid`` names every mistake, ``person.email_taken``."""
    email = canonical_email(email)
    refuse_person(_email_mistakes(email) + check_name(name) + (password_mistakes(password) if password is not None else [])
                  + _grant_mistakes(grants) + language_mistakes(language))
    if session.scalar(select_person(email)):
        raise Problem("person.email_taken")
    person = Person(email=email, name=name.strip(), language=language, created_at=clock.now(),
                    password_hash=hash_password(password) if password else "")
    person.roles = [PersonRole(role=g.role, region_id=g.region_id, site_id=g.site_id) for g in grants]
    session.add(person)
    session.flush()
    record(session, actor, "person.added", "person", person.id, roles=[_plain(g) for g in grants])
    return person


def change_person(session: Session, actor: Actor, person: Person, *, name: str, language: str, grants: Sequence[Grant], active: bool) -> Person:
    """Changes a person; one who is switched off is signed out everywhere at once. ``person.last_administrator``."""
    refuse_person(check_name(name) + _grant_mistakes(grants) + language_mistakes(language))
    before = {"roles": [_plain(g) for g in person.grants], "active": person.disabled_at is None}
    person.name, person.language = name.strip(), language
    person.roles = [PersonRole(role=g.role, region_id=g.region_id, site_id=g.site_id) for g in grants]
    person.disabled_at = None if active else person.disabled_at or clock.now()
    session.flush()
    _keep_an_administrator(session)
    if not active:
        for device in session.scalars(select_devices(person.id)):
            revoke_session(session, actor, device)
    record(session, actor, "person.changed", "person", person.id, before=before,
           after={"roles": [_plain(g) for g in grants], "active": active})
    return person


def describe_oneself(session: Session, actor: Actor, person: Person, *, name: str, language: str) -> Person:
    """A person's own name and language; ``person.invalid``."""
    refuse_person(check_name(name) + language_mistakes(language))
    person.name, person.language = name.strip(), language
    session.flush()
    record(session, actor, "person.described", "person", person.id)
    return person


def set_password(session: Session, actor: Actor, person: Person, password: str) -> Person:
    """A new password; every device of the person but the actor's own signs in again, and no open link works any more."""
    refuse_person(password_mistakes(password))
    person.password_hash = hash_password(password)
    end_other_sessions(session, actor, person.id)
    for link in session.scalars(select_open_links(person.id)):
        link.ended_at = clock.now()
    session.flush()
    record(session, actor, "person.password_set", "person", person.id)
    return person


def _keep_an_administrator(session: Session) -> None:
    query = select(PersonRole.id).join(Person).where(PersonRole.role == Role.ADMINISTRATOR, Person.disabled_at.is_(None)).limit(1)
    if session.scalar(query) is None:
        raise Problem("person.last_administrator")


def _email_mistakes(email: str) -> list[Mistake]:
    fine = _EMAIL.match(email) and len(email) <= 254
    return [] if fine else [Mistake("/email", "email.shape", N_("Write an e-mail address, such as dora@example.org."))]


def language_mistakes(language: str) -> list[Mistake]:
    return [] if language in LANGUAGES else [Mistake("/language", "language.unknown", N_("This language is not offered."))]


def _grant_mistakes(grants: Sequence[Grant]) -> list[Mistake]:
    if not grants:
        return [Mistake("/roles", "roles.none", N_("Give at least one role."))]
    if any(g.role == Role.ADMINISTRATOR and (g.region_id or g.site_id) for g in grants):
        return [Mistake("/roles", "roles.everywhere", N_("Administrators look after everything; leave region and site empty."))]
    if any(g.role == Role.STAFF and not g.site_id for g in grants):
        return [Mistake("/roles", "roles.site", N_("Staff belong to one site; choose it."))]
    return []


def _plain(grant: Grant) -> dict[str, str | None]:
    return {"role": grant.role, "region": grant.region_id, "site": grant.site_id}


def refuse_person(mistakes: list[Mistake]) -> None:
    """``person.invalid``, where there are mistakes."""
    if mistakes:
        raise Problem("person.invalid", errors=mistakes)
