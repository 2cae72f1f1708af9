"""Visits with a score given outright, for tests of what many visits say together."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from field.access import COUNTED, SYSTEM, Actor, State
from field.locale import translator
from field.models import Person, QuestionnaireVersion, Scope, Site, Visit, new_id
from field.reports.selection import Asked, Selection, choose
from tests.factories import World

T = translator("en")
AUTUMN = Asked(first=date(2026, 9, 1), last=date(2026, 11, 30))


def visit(session: Session, world: World, site: str, score: float | None, *, on: date = date(2026, 10, 10),
          at: datetime | None = None, state: State = State.ACCEPTED, **changes: object) -> Visit:
    """One visit at ten in the morning of a day at the site, or at a moment."""
    place = session.get(Site, world.sites[site])
    moment = (at or datetime.combine(on, time(10), ZoneInfo(place.time_zone))).astimezone(UTC)
    made = Visit(**{
        "id": new_id(), "person_id": world.people["amira"], "site_id": place.id, "slug": world.slug, "state": state, "revision": 1,
        "version_id": session.scalar(select(QuestionnaireVersion.id).where(QuestionnaireVersion.slug == world.slug)),
        "top_region_id": place.region.top_id, "started_at": moment, "finished_at": moment, "received_at": moment, "changed_at": moment,
        "accepted_at": moment if state in COUNTED else None,
        "overall": score, **changes,
    })
    session.add(made)
    session.flush()
    return made


def several(session: Session, world: World, site: str, *scores: float, on: date = date(2026, 10, 10)) -> None:
    for score in scores:
        visit(session, world, site, score, on=on)


def scope(session: Session, world: World, name: str | None = None) -> Scope:
    """What somebody of the world sees; everything without a name."""
    if name is None:
        return Scope(SYSTEM)
    person = session.get(Person, world.people[name])
    return Scope(Actor(person.id, person.name, "en", person.grants))


def selection(session: Session, seen: Scope, **asked: object) -> Selection:
    """Autumn 2026, unless told."""
    return choose(session, seen, Asked(**{"first": AUTUMN.first, "last": AUTUMN.last, **asked}), T)
