"""When the demo's inspectors went where: two years of trips, shared out in turn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from field.operations.demo_people import AMIRA, INSPECTORS, PersonRow
from field.operations.demo_places import BRANDS_AND_AREAS, DISTRICTS, District, SiteRow

STORE, QUICK = "store-standards", "quick-check"

#: Visits of the last weeks where the usual rhythm would not do; the weeks before have enough to compare with.
_RECENT_DAYS, _COMPARED_DAYS, _COMPARED_EVERY = 78, 175, 23
_RECENT = {"bridge-street": 7, "canal-walk": 5, "harbour-quay": 7, "market-square": 8, "northgate": 4,
           "old-mill-arcade": 8, "tannery-yard": 5, "viaduct-road": 5}
#: Sites with so few visits in all.
_FEW = {"cedar-park": 1, "kiln-lane": 0, "lindley-street": 2, "station-road": 3, "rue-du-four": 2, "hidfo": 1}
_RHYTHMS = (44, 52, 60, 75)
#: What became of the latest trips, the last first; all before are accepted.
LATEST = ("submitted", "submitted", "submitted", "in_review", "submitted")


@dataclass(frozen=True)
class Place:
    """A site with its district."""

    site: SiteRow
    district: District

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.district.time_zone)

    @property
    def brand(self) -> str:
        """The code of the top-level region."""
        area = next(row for row in BRANDS_AND_AREAS if row.code == self.district.region.parent)
        return area.parent


@dataclass(frozen=True)
class Trip:
    """One visit as it happened: who, where, with which questionnaire, when; and what became of it."""

    number: int
    place: Place
    inspector: PersonRow
    slug: str
    start: datetime
    fate: str = "accepted"


def places(sites: int) -> list[Place]:
    """The first so many of the demo's sites."""
    return [Place(site, district) for district in DISTRICTS for site in district.sites][:sites]


def trips(rng: Random, where: Sequence[Place], *, months: int, now: datetime) -> list[Trip]:
    """All trips of so many months up to yesterday, in order."""
    span = months * 30
    days = [(day, place, STORE) for place in where for day in _days(rng, place, span)]
    days += [(rng.randint(35, 90), place, QUICK) for place in where
             if place.site.code not in _FEW and rng.random() < 0.75]
    visits = sorted((_hour(rng, place, now, ago), place.site.code, place, slug) for ago, place, slug in days)
    return _with_fates(_with_inspectors(rng, [(start, place, slug) for start, _, place, slug in visits]))


def _days(rng: Random, place: Place, span: int) -> list[int]:
    """How many days ago a site was visited."""
    code = place.site.code
    if code in _FEW:
        return [10 + 17 * index + rng.randint(0, 9) for index in range(_FEW[code])]
    recent = _RECENT.get(code, 0)
    days = [round((index + rng.uniform(0, 0.7)) * _RECENT_DAYS / recent) + 1 for index in range(recent)]
    rhythm, ago = rng.choice(_RHYTHMS), _RECENT_DAYS if recent else 0
    while ago < span:
        often = recent and ago < _COMPARED_DAYS
        ago += round((_COMPARED_EVERY if often else rhythm) * rng.uniform(0.6, 1.4))
        days.append(ago)
    return [day for day in days if day < span]


def _hour(rng: Random, place: Place, now: datetime, ago: int) -> datetime:
    day = now.astimezone(place.zone).date() - timedelta(days=max(ago, 1))
    return local(place, day, time(rng.randint(9, 17), rng.randrange(60), rng.randrange(60)))


def local(place: Place, day: date, hour: time) -> datetime:
    """A time of day as the site's clock shows it."""
    return datetime.combine(day, hour, place.zone)


def _with_inspectors(rng: Random, visits: Sequence[tuple[datetime, Place, str]]) -> list[Trip]:
    """Each visit goes to whoever of the brand is free that day and has not been at the site for longest."""
    last: dict[tuple[str, str], datetime] = {}
    busy: set[tuple[str, date]] = set()
    found = []
    for number, (start, place, slug) in enumerate(visits):
        able = [person for person in INSPECTORS if person.region == place.brand]
        never = start - timedelta(days=10_000)
        free = [person for person in able if (person.email, start.date()) not in busy] or able
        inspector = min(free, key=lambda person: (last.get((person.email, place.site.code), never), rng.random()))
        last[inspector.email, place.site.code] = start
        busy.add((inspector.email, start.date()))
        found.append(Trip(number, place, inspector, slug, start))
    return found


def _with_fates(found: list[Trip]) -> list[Trip]:
    """The last ones still wait for the reviewer; the one before came back to Amira, who made it."""
    fates = dict(zip((trip.number for trip in reversed(found)), LATEST, strict=False))
    busy = {trip.start.date() for trip in found if trip.inspector == AMIRA}
    hers = [trip.number for trip in found if trip.number not in fates and trip.slug == STORE
            and trip.place.brand == AMIRA.region and trip.start.date() not in busy][-1:]
    return [replace(trip, inspector=AMIRA, fate="returned") if trip.number in hers
            else replace(trip, fate=fates.get(trip.number, trip.fate)) for trip in found]
