"""Sites: added and changed."""

from dataclasses import asdict, dataclass
from functools import cache
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.errors import Mistake, Problem
from field.locale import N_, is_language
from field.models import Region, Site, Visit
from field.operations.audit import record
from field.operations.regions import check_code, check_name


@dataclass(frozen=True)
class SiteDetails:
    """What is known of a site; coordinates both or neither, in degrees."""

    name: str
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    time_zone: str = "UTC"
    language: str = "en"
    active: bool = True


def add_site(session: Session, actor: Actor, code: str, *, region: Region, details: SiteDetails) -> Site:
    """A new site in a region; ``site.invalid`` names every mistake, ``site.taken``."""
    _refuse(check_code(code) + _mistakes(details))
    if session.scalar(select(Site.id).where(Site.code == code)):
        raise Problem("site.taken")
    site = Site(code=code, region_id=region.id, created_at=clock.now(), **asdict(details))
    session.add(site)
    session.flush()
    record(session, actor, "site.added", "site", site.id, code=code, region=region.code)
    return site


def change_site(session: Session, actor: Actor, site: Site, *, region: Region, details: SiteDetails) -> Site:
    """Changes what is known of a site; its visits follow it to its new region."""
    _refuse(_mistakes(details))
    changed = sorted(name for name, value in asdict(details).items() if getattr(site, name) != value)
    for name, value in asdict(details).items():
        setattr(site, name, value)
    if site.region_id != region.id:
        changed.append("region")
        site.region_id = region.id
        for visit in session.scalars(select(Visit).where(Visit.site_id == site.id)):
            visit.top_region_id = region.top_id
    session.flush()
    record(session, actor, "site.changed", "site", site.id, changed=changed, region=region.code)
    return site


def _mistakes(details: SiteDetails) -> list[Mistake]:
    found = check_name(details.name)
    if len(details.address) > 400:
        found.append(Mistake("/address", "address.long", N_("An address has at most 400 characters.")))
    if (details.lat is None) != (details.lon is None):
        found.append(Mistake("/lat", "place.half", N_("Give both latitude and longitude, or neither.")))
    if details.lat is not None and not -90 <= details.lat <= 90:
        found.append(Mistake("/lat", "place.range", N_("Latitude lies between -90 and 90.")))
    if details.lon is not None and not -180 <= details.lon <= 180:
        found.append(Mistake("/lon", "place.range", N_("Longitude lies between -180 and 180.")))
    if details.time_zone not in _zones():
        found.append(Mistake("/time_zone", "time_zone.unknown", N_("Use a time zone such as Europe/Budapest.")))
    if len(details.language) > 16 or not is_language(details.language):
        found.append(Mistake("/language", "language.shape", N_("Use a language code such as en, hu or zh-Hans.")))
    return found


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _refuse(mistakes: list[Mistake]) -> None:
    if mistakes:
        raise Problem("site.invalid", errors=mistakes)
