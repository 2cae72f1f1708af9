"""The demo: two brands, forty shops, two years of visits ending today; the same for the same seed."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from field import clock
from field.access import Role
from field.errors import Problem
from field.locale import N_, translator
from field.models import Base, Draft, Person, Region, Revision, Visit
from field.operations.assignments import add_assignment
from field.operations.demo_history import History, Post
from field.operations.demo_people import EVA, INSPECTORS, PASSWORD, PEOPLE
from field.operations.demo_plan import STORE, Place, local, places, trips
from field.operations.demo_visits import device_of
from field.operations.demo_words import COMING
from field.operations.demo_world import World, build

_NAMED = 5
_ROLES = {Role.INSPECTOR: N_("inspects"), Role.REVIEWER: N_("reviews"), Role.MANAGER: N_("manages"),
          Role.STAFF: N_("works in a shop"), Role.ADMINISTRATOR: N_("administers")}


def load_demo(session: Session, post: Post, *, seed: int = 2026, months: int = 24, sites: int = 40,
              now: datetime | None = None, only_if_empty: bool = False) -> int:
    """Fills an empty store and says how many visits it made; 0 where the demo is in place already.

    ``demo.real_store`` where somebody's visits are, or 0 with ``only_if_empty``, which minds people and regions
    too. ``post`` takes in visits as if phones had sent them.
    """
    if only_if_empty and _holds(session, Person) | _holds(session, Region):
        return 0
    _refuse_real_visits(session)
    if _holds(session, Visit):
        return 0
    now, where = now or clock.now(), places(sites)
    world = build(session, where, start=now - timedelta(days=months * 30 + 30), now=now)
    History(session, world, post, seed=seed, now=now).tell(trips(Random(seed), where, months=months, now=now))
    _plan_ahead(session, world, {place.site.code: place for place in where}, now)
    return session.scalar(select(func.count(Visit.id)))


def say_who(session: Session, base_url: str, language: str = "en") -> str:
    """Who of the demo can sign in here, and how; empty where the demo is not."""
    here = set(session.scalars(select(Person.email)))
    named = [person for person in PEOPLE[:_NAMED] if person.email in here]
    if not named:
        return ""
    t = translator(language)
    width = max(len(person.email) for person in named)
    lines = [f"  {person.email:{width}}  {person.name.split()[0]} {t(_ROLES[person.role])}" for person in named]
    return "\n".join([t("Sign in at %(address)s with the password %(password)s:",
                        address=f"{base_url}/sign-in", password=PASSWORD), *lines])


def _holds(session: Session, kind: type[Base]) -> bool:
    return session.scalar(select(kind.id).limit(1)) is not None


def _refuse_real_visits(session: Session) -> None:
    """The demo's own visits come from its own phones; any other write is somebody's work."""
    phones = [device_of(person.email) for person in INSPECTORS]
    ours = exists().where(Revision.visit_id == Visit.id, Revision.device.in_(phones))
    foreign = (exists().where(Visit.id.is_not(None), ~ours), exists().where(Revision.device.not_in(phones)),
               exists().where(Draft.device.not_in(phones)))
    if any(session.scalar(select(found)) for found in foreign):
        raise Problem("demo.real_store")


def _plan_ahead(session: Session, world: World, where: Mapping[str, Place], now: datetime) -> None:
    """Today's and the coming days' assignments."""
    for plan in COMING:
        if plan.site not in where:
            continue
        place = where[plan.site]
        day = now.astimezone(place.zone).date() + timedelta(days=plan.days)
        add_assignment(
            session, world.actor(EVA.email), world.people[plan.inspector], site=world.sites[plan.site],
            version=world.edition(STORE, now).version, starts_at=local(place, day, time(plan.from_hour)),
            ends_at=local(place, day, time(plan.until_hour)), brief=plan.brief, moment=now)
