"""Taking a county's inspection records in: sites under regions by city, each score as an accepted visit.

The visits go the way of every visit: received with a receipt, reviewed, accepted, each step audited. Everything is named
by what the records say, so that taking them in again, or after a stop in the middle, adds only what is missing.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol
from uuid import uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from field import clock
from field.access import SYSTEM, Actor, Grant, Role
from field.imports.lives import NAMESPACE, Business, Inspection, Lives, slug
from field.imports.lives_questionnaire import QUESTION, document
from field.models import Person, Region, Site, Visit
from field.models.person import select_person
from field.operations.people import add_person
from field.operations.questionnaires import publish_questionnaire
from field.operations.regions import add_region
from field.operations.reviews import accept_at_once
from field.operations.sites import SiteDetails, add_site

_NOON = time(12)


class Post(Protocol):
    """Takes in what phones send."""

    def revision(self, session: Session, actor: Actor, visit_id: str, body: bytes, moment: datetime) -> None:
        """A visit's first revision."""


@dataclass(frozen=True)
class Ground:
    """What stands before the first record: who brings the records, for which questionnaire, in which zone and regions."""

    actor: Actor
    questionnaire: Mapping[str, Any]
    zone: ZoneInfo
    county: str
    cities: Mapping[str, str]

    def region_of(self, business: Business) -> str:
        """The id of the city's region; where no city is written, of the county's."""
        return self.cities.get(business.city, self.county)


def prepare(session: Session, lives: Lives, zone: ZoneInfo) -> Ground:
    """County, cities, questionnaire and the person who brings the records; those that are there already stay as they are."""
    county = _region(session, lives.code, lives.name, None)
    cities = {name: _region(session, f"{lives.code}-{slug(name)}"[:64], name, county).id for name in lives.cities if name}
    version = publish_questionnaire(session, SYSTEM, document())
    named = {"slug": version.slug, "version": version.version, "sha256": version.sha256}
    return Ground(_bringer(session, lives, county), named, zone, county.id, cities)


def missing_sites(session: Session, lives: Lives) -> list[Business]:
    """Businesses that are no site yet."""
    known = set(session.scalars(select(Site.code).where(Site.code.startswith(f"{lives.code}-", autoescape=True))))
    return [business for business in lives.businesses if business.code not in known]


def add_sites(session: Session, ground: Ground, businesses: Iterable[Business]) -> None:
    """Each business as a site of its city."""
    for business in businesses:
        details = SiteDetails(business.name, business.address, time_zone=ground.zone.key)
        add_site(session, SYSTEM, business.code, region=session.get(Region, ground.region_of(business)), details=details)


def missing_visits(session: Session, lives: Lives, ground: Ground) -> list[Inspection]:
    """Inspections that are no visit yet, the oldest first."""
    known = set(session.scalars(select(Visit.id).where(Visit.person_id == ground.actor.person_id)))
    return sorted((one for one in lives.inspections if one.visit not in known), key=lambda one: (one.day, one.visit))


def add_visits(session: Session, ground: Ground, inspections: Sequence[Inspection], post: Post) -> None:
    """Each inspection as an accepted visit."""
    moment = clock.now()
    for inspection in inspections:
        post.revision(session, ground.actor, inspection.visit, _body(ground, inspection), moment)
    accept_at_once(session, SYSTEM, {one.visit: ground.actor.person_id for one in inspections}, moment=moment)


def _region(session: Session, code: str, name: str, parent: Region | None) -> Region:
    held = session.scalar(select(Region).where(Region.code == code))
    return held or add_region(session, SYSTEM, code, name=name, parent=parent)


def _bringer(session: Session, lives: Lives, county: Region) -> Actor:
    """Somebody who brings records and has no password."""
    email = f"import@{lives.code}.invalid"
    person: Person = session.scalar(select_person(email)) or add_person(
        session, SYSTEM, email, name=f"{lives.name} (import)", grants=[Grant(Role.INSPECTOR, county.id)])
    return Actor(person.id, person.name, person.language, person.grants)


def _body(ground: Ground, inspection: Inspection) -> bytes:
    """The revision: the day is known and the hour is not, so it stands at noon by the site's clock."""
    noon = datetime.combine(inspection.day, _NOON, ground.zone)
    moment = {"at": noon.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ"), "offset_min": noon.utcoffset() // timedelta(minutes=1)}
    return json.dumps({
        "schema": 1, "visit": inspection.visit, "revision": 1, "base_receipt": None, "assignment": None,
        "site": inspection.business.code, "inspector": ground.actor.person_id, "device": str(uuid5(NAMESPACE, ground.county)),
        "app_build": "1-import", "questionnaire": ground.questionnaire, "started": moment, "finished": moment,
        "answers": {QUESTION: {"value": inspection.score}}, "timings": [], "photos": [], "locations": [], "clock": None, "client_score": None,
    }, separators=(",", ":")).encode()
