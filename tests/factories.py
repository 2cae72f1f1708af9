"""The least that is valid: a world with amira, ben, chen, dora and eva, and visits as phones send them."""

import base64
import hashlib
import io
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from PIL import Image
from sqlalchemy.orm import Session

from field.access import SYSTEM, Actor, Grant, Role
from field.models import Assignment, Person, QuestionnaireVersion, Region, Site
from field.operations.assignments import add_assignment
from field.operations.people import add_person
from field.operations.questionnaires import publish_questionnaire
from field.operations.regions import add_region
from field.operations.sites import SiteDetails, add_site

PASSWORD = "correct horse battery"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_DEVICE = "5a0b7c7e-3f0f-4c57-9d0c-0a6b6c1d2e3f"


def questionnaire(slug: str = "small", version: int = 1, **changes: Any) -> dict[str, Any]:
    """A small document: one yes/no with photos, one rating, one optional text; must-keep price."""
    document = {
        "schema": 1, "slug": slug, "version": version, "languages": ["en"], "title": {"en": "Small check"}, "purpose": "visit",
        "scoring": {"mode": "sections", "pass_mark": "75"},
        "sections": [
            {"key": "clean", "title": {"en": "Cleanliness"}, "questions": [
                {"key": "floors", "kind": "yes_no", "text": {"en": "Floors are clean."}, "standard": {"en": "Floors are swept every two hours."},
                 "dimension": "tangibles", "points": "4", "photos": {"max": 3}, "not_applicable": True},
                {"key": "look", "kind": "rating", "scale": 5, "text": {"en": "The place is pleasant."}, "dimension": "tangibles", "points": "4"},
            ]},
            {"key": "till", "title": {"en": "Reliability"}, "weight": "2", "questions": [
                {"key": "price", "kind": "yes_no", "text": {"en": "The till price matched the shelf price."}, "dimension": "reliability",
                 "points": "4", "critical": True, "standard": {"en": "The till charges what the shelf says."}},
                {"key": "remarks", "kind": "text", "text": {"en": "Anything else?"}, "required": False},
            ]},
        ],
    }
    return {**document, **changes}


ANSWERS = {"floors": {"value": True, "comment": "Spotless."}, "look": {"value": 4}, "price": {"value": True}}


@dataclass
class World:
    """People and places of a test; ids and plain values, so that it outlives its session."""

    people: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    slug: str = "small"
    sha256: str = ""


def build_world(session: Session) -> World:
    """Regions north and south below acme, and far below other; two sites in north, one in south and far; everybody."""
    world = World()
    acme, other = add_region(session, SYSTEM, "acme", name="Acme"), add_region(session, SYSTEM, "other", name="Other")
    north, south = (add_region(session, SYSTEM, code, name=code.title(), parent=acme) for code in ("north", "south"))
    far = add_region(session, SYSTEM, "far", name="Far", parent=other)
    world.regions = {region.code: region.id for region in (acme, other, north, south, far)}
    places = (("mill", north), ("quay", north), ("canal", south), ("away", far))
    world.sites = {code: add_site(session, SYSTEM, code, region=region, details=SiteDetails(code.title() + " Street", time_zone="Europe/Budapest")).id
                   for code, region in places}
    grants = {
        "amira": [Grant(Role.INSPECTOR, acme.id)], "anna": [Grant(Role.INSPECTOR, acme.id)], "ben": [Grant(Role.MANAGER, north.id)],
        "chen": [Grant(Role.REVIEWER, acme.id)], "dora": [Grant(Role.STAFF, None, world.sites["mill"])], "eva": [Grant(Role.ADMINISTRATOR)],
        "otto": [Grant(Role.MANAGER, other.id)],
    }
    for name, given in grants.items():
        person = add_person(session, SYSTEM, f"{name}@example.org", name=name.title(), password=PASSWORD, grants=given)
        world.people[name] = person.id
    body = json.dumps(questionnaire()).encode()
    world.sha256 = publish_questionnaire(session, SYSTEM, body, unplanned=True).sha256
    return world


def actor(session: Session, person_id: str) -> Actor:
    """The person as a signed-in actor, without a session."""
    person = session.get(Person, person_id)
    return Actor(person.id, person.name, person.language, person.grants)


def assignment(session: Session, world: World, *, site: str = "mill", person: str = "amira") -> Assignment:
    version = session.query(QuestionnaireVersion).filter_by(slug=world.slug).order_by(QuestionnaireVersion.version.desc()).first()
    return add_assignment(session, SYSTEM, session.get(Person, world.people[person]), site=session.get(Site, world.sites[site]), version=version,
                          starts_at=NOON - timedelta(days=1), ends_at=NOON + timedelta(days=30), brief="Buy something small.")


def revision(world: World, *, visit: str | None = None, number: int = 1, site: str = "mill", person: str = "amira", **changes: Any) -> dict[str, Any]:
    """A valid revision body as a dict."""
    body = {
        "schema": 1, "visit": visit or str(uuid4()), "revision": number, "base_receipt": None, "assignment": None, "site": site,
        "inspector": world.people[person], "device": _DEVICE, "app_build": "1-test",
        "questionnaire": {"slug": world.slug, "version": 1, "sha256": world.sha256},
        "started": {"at": "2026-11-20T10:04:11Z", "offset_min": 60}, "finished": {"at": "2026-11-20T10:44:00Z", "offset_min": 60},
        "answers": json.loads(json.dumps(ANSWERS)), "timings": [], "photos": [], "locations": [], "clock": None, "client_score": None,
    }
    return {**body, **changes}


def dumps(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def content_digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def photo(seed: int = 0, size: tuple[int, int] = (320, 240)) -> bytes:
    """A small JPEG, different for each seed."""
    picture = Image.new("RGB", size, (seed * 37 % 256, seed * 91 % 256, 120))
    picture.putpixel((seed % size[0], 0), (255, 255, 255))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue() + random.Random(seed).randbytes(4)


def photo_entry(data: bytes, question: str = "floors", position: int = 0) -> dict[str, Any]:
    """How a revision names a photo."""
    return {"question": question, "position": position, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "width": 320,
            "height": 240, "source": "camera", "taken_at": "2026-11-20T10:10:00Z", "location": None, "original_sha256": None, "caption": None}


def region_named(session: Session, code: str) -> Region:
    return session.query(Region).filter_by(code=code).one()
