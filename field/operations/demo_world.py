"""Sets the demo up: regions, sites, people and questionnaires, each by its own operation."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from field.access import SYSTEM, Actor, Grant
from field.content import UNPLANNED, builtin, photos_of
from field.locale import DEFAULT, LANGUAGES
from field.models import Person, QuestionnaireVersion, Region, Site
from field.operations.demo_people import PASSWORD, PEOPLE, PersonRow
from field.operations.demo_places import BRANDS_AND_AREAS, DISTRICTS, RegionRow
from field.operations.demo_plan import Place
from field.operations.people import add_person
from field.operations.questionnaires import publish_questionnaire
from field.operations.reference_photos import keep_reference_photos, our_own
from field.operations.regions import add_region
from field.operations.sites import SiteDetails, add_site
from field.questionnaire import Definition, load

#: The questionnaires that asked for no photos in their first version, and since when they do.
ONCE_WITHOUT_PHOTOS = frozenset({"store-standards"})
_PHOTOS_SINCE = timedelta(days=118)


@dataclass(frozen=True)
class Edition:
    """A published version with its definition, used from a moment on."""

    version: QuestionnaireVersion
    definition: Definition
    since: datetime


@dataclass(frozen=True)
class World:
    sites: Mapping[str, Site]
    people: Mapping[str, Person]
    editions: Mapping[str, Sequence[Edition]]

    def actor(self, email: str) -> Actor:
        person = self.people[email]
        return Actor(person.id, person.name, person.language, person.grants)

    def edition(self, slug: str, moment: datetime) -> Edition:
        """The version in use at a moment."""
        return [edition for edition in self.editions[slug] if edition.since <= moment][-1]


def build(session: Session, where: Sequence[Place], *, start: datetime, now: datetime) -> World:
    """All that stands before the first visit."""
    regions = _regions(session)
    sites = {place.site.code: _site(session, place, regions) for place in where}
    people = {row.email: _person(session, row, regions, sites) for row in PEOPLE if not row.site or row.site in sites}
    return World(sites, people, _editions(session, start=start, now=now))


def _regions(session: Session) -> dict[str, Region]:
    regions: dict[str, Region] = {}
    rows: list[RegionRow] = [*BRANDS_AND_AREAS, *(district.region for district in DISTRICTS)]
    for row in rows:
        parent = regions[row.parent] if row.parent else None
        regions[row.code] = add_region(session, SYSTEM, row.code, name=row.name, parent=parent)
    return regions


def _site(session: Session, place: Place, regions: Mapping[str, Region]) -> Site:
    site, district = place.site, place.district
    language = site.language or district.language
    details = SiteDetails(site.name, site.address, site.lat, site.lon, district.time_zone, language)
    return add_site(session, SYSTEM, site.code, region=regions[district.region.code], details=details)


def _person(session: Session, row: PersonRow, regions: Mapping[str, Region], sites: Mapping[str, Site]) -> Person:
    grant = Grant(row.role, row.region and regions[row.region].id, row.site and sites[row.site].id)
    language = row.language if row.language in LANGUAGES else DEFAULT
    return add_person(session, SYSTEM, row.email, name=row.name, password=PASSWORD, grants=[grant], language=language)


def _editions(session: Session, *, start: datetime, now: datetime) -> dict[str, list[Edition]]:
    """The built-in questionnaires, with the first versions of those that once asked for no photos."""
    editions: dict[str, list[Edition]] = {}
    for path, document in builtin():
        unplanned = document["slug"] in UNPLANNED
        used = editions.setdefault(document["slug"], [])
        if document["slug"] in ONCE_WITHOUT_PHOTOS:
            earlier = json.dumps(first_version(document), ensure_ascii=False, indent=1).encode()
            used.append(_publish(session, earlier, start, unplanned=unplanned))
        used.append(_publish(session, path.read_bytes(), now - _PHOTOS_SINCE if used else start, unplanned=unplanned))
        keep_reference_photos(session, SYSTEM, used[-1].version, [our_own(*photo) for photo in photos_of(document)])
    return editions


def _publish(session: Session, body: bytes, since: datetime, *, unplanned: bool) -> Edition:
    """The version, dated back where it was published before the demo."""
    version = publish_questionnaire(session, SYSTEM, body, unplanned=unplanned, moment=since)
    version.published_at = since
    return Edition(version, load(json.loads(body)), since)


def first_version(document: Mapping[str, Any]) -> dict[str, Any]:
    """The questionnaire as it was before it asked for photos or showed any."""
    sections = [{**section, "questions": [_without_photos(question) for question in section["questions"]
                                          if question["kind"] != "photo"]} for section in document["sections"]]
    return {**document, "version": 1, "sections": sections}


def _without_photos(question: Mapping[str, Any]) -> dict[str, Any]:
    return {member: value for member, value in question.items() if member not in ("photos", "reference_photo")}
