"""The least that reports need: cards made by hand, and a shop of Dora's with Amira's accepted visits."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from PIL import Image
from sqlalchemy import insert
from sqlalchemy.orm import Session

from field.access import COUNTED, Actor, Grant, Role, State
from field.content import builtin
from field.models import (
    Chain,
    Person,
    Photo,
    PhotoUse,
    QuestionnaireVersion,
    Region,
    RegionTree,
    Scope,
    Site,
    Visit,
    new_id,
)
from field.operations.visits import Received, keep_revision
from field.photos.store import PhotoStore
from field.questionnaire import load, score
from field.reports.card import Praise, Row, Scorecard, Task
from field.stats.ranges import Estimate, Range

BEN = Actor("ben", "Ben", "en", (Grant(Role.MANAGER),))
DOCUMENT = next(document for _, document in builtin() if document["slug"] == "quick-check")
KEPT = {
    "floors_clean": True, "exits_clear": True, "dress_complete": True, "shelf_labels": True, "in_stock": "5",
    "price_match": "exact", "greeted": 20_000, "queue": 60_000, "simple_question": "correct", "courteous": 5,
    "full_attention": 5,
}
SECTIONS = ("Cleanliness", "Uniforms", "Signage", "Reliability", "Responsiveness", "Assurance", "Empathy")
DIMENSIONS = (("Tangibles", "What can be seen"), ("Reliability", "Right, and as promised"),
              ("Responsiveness", "Prompt, willing help"), ("Assurance", "Knowledge and courtesy"),
              ("Empathy", "Personal attention"))


def words_of(key: str, member: str = "text") -> str:
    """A text of the questionnaire, whatever its authors make of it."""
    return next(question[member]["en"] for section in DOCUMENT["sections"] for question in section["questions"]
                if question["key"] == key)


def jpeg(size: tuple[int, int] = (400, 300), shade: int = 90) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).point(lambda level: (level + shade) % 256).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def card(**changes: object) -> Scorecard:
    """The card of the design's picture."""
    texts = ("Staff wear the agreed dress, clean and complete.", "The way in is tidy, lit and easy to find.",
             "One person stays until the customer is done.")
    return replace(Scorecard(
        site="Old Mill Arcade", questionnaire="Store standards", language="en", first=date(2026, 9, 1),
        last=date(2026, 11, 30), made_on=date(2026, 11, 24), visits=8, score=Estimate(84.2, 8, Range(79.1, 89.3)),
        words="Most standards were kept.",
        sections=tuple(Row(title, value) for title, value in zip(SECTIONS, (92, 98, 79, 78, 86, 87, 83), strict=True)),
        dimensions=tuple(Row(title, 84, words) for title, words in DIMENSIONS),
        done_well=tuple(Praise(text, jpeg(shade=50 * place)) for place, text in enumerate(texts)),
        to_do=(Task("The till price matches the shelf price.", "The till charges what the shelf says.", 5, 8, True),
               Task("What is promised comes on time.", "A time given to a customer is kept.", 5, 7),
               Task("Shelf labels can be read.", "Every shelf label shows a price that can be read.", 6, 8)),
        planned=2, address="https://scores.example.org/sites/old-mill-arcade"), **changes)


@dataclass
class Shop:
    """A site with what visits to it need."""

    session: Session
    store: PhotoStore
    site: Site
    person: Person
    version: QuestionnaireVersion

    @property
    def scope(self) -> Scope:
        return Scope(BEN)


def open_shop(session: Session, store: PhotoStore, *, document: dict = DOCUMENT, region: Region | None = None,
              code: str = "old-mill") -> Shop:
    """Dora's shop in a region of its own, unless told."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    if region is None:
        session.execute(insert(Chain), {"id": 1, "receipts": 0, "entries": 0})
        region = Region(id="north", code="north", name="North", top_id="north")
        session.add(region)
        session.flush()
        session.add(RegionTree(above_id="north", below_id="north", distance=0))
    site = Site(code=code, name="Old Mill Arcade", time_zone="Europe/Budapest", region_id=region.id, created_at=moment)
    person = Person(email=f"{new_id()}@example.org", name="Amira Nightingale", password_hash="-", created_at=moment)
    body = json.dumps(document).encode()
    version = QuestionnaireVersion(slug=document["slug"], version=document["version"], body=body, title="-",
                                   sha256=hashlib.sha256(body).hexdigest(), published_at=moment)
    session.add_all([site, person, version])
    session.flush()
    return Shop(session, store, site, person, version)


def next_door(shop: Shop, code: str) -> Shop:
    """Another site of the same region and questionnaire."""
    site = Site(code=code, name=code, region_id=shop.site.region_id, created_at=shop.site.created_at)
    shop.session.add(site)
    shop.session.flush()
    return replace(shop, site=site)


def visit(shop: Shop, *, on: date = date(2026, 11, 12), state: State = State.ACCEPTED,
          photos: Sequence[Mapping[str, object]] = (), hour: int = 9, **answers: object) -> str:
    """A visit at 9:42 UTC, 10:42 in Budapest's winter, where every standard was kept, but for the answers given (None: not answered)."""
    definition, started = load(json.loads(shop.version.body)), datetime(on.year, on.month, on.day, hour, 42, tzinfo=UTC)
    sent = {key: value if isinstance(value, dict) else {"value": value}
            for key, value in {**KEPT, **answers}.items() if value is not None}
    visit_id = new_id()
    keep_revision(shop.session.connection(), Actor(shop.person.id, "Amira", "en", ()), Received(
        visit_id=visit_id, number=1, sha256="0" * 64, body=b"{}", device="phone", site_id=shop.site.id,
        top_region_id="north", version_id=shop.version.id, slug=shop.version.slug, assignment_id=None, started_at=started,
        finished_at=started + timedelta(minutes=49), answers=sent, photos=[_place(photo) for photo in photos],
        score=score(definition, sent), flags=(), received_at=started), receipt_id=new_id(), known=False)
    for photo in photos:
        _keep(shop, visit_id, **photo)
    held = shop.session.get_one(Visit, visit_id)
    held.state, held.accepted_at = state, started if state in COUNTED else None
    shop.session.flush()
    return visit_id


def _place(photo: Mapping[str, object]) -> dict[str, object]:
    data = photo["data"]
    return {"question": photo["question"], "position": photo.get("position", 0), "source": "camera",
            "sha256": hashlib.sha256(data).hexdigest(), "caption": photo.get("caption")}


def _keep(shop: Shop, visit_id: str, *, question: str, data: bytes, state: str | None = "readable", position: int = 0,
          printable: bool = False, caption: str | None = None) -> None:
    """Stores the photo with its small copy; with ``state`` None it never arrived."""
    sha256 = hashlib.sha256(data).hexdigest()
    if state is None:
        return
    shop.session.add(Photo(visit_id=visit_id, sha256=sha256, bytes=len(data), kind="jpeg", width=400, height=300,
                           state=state, received_at=shop.site.created_at))
    if state == "readable":
        shop.store.put(sha256, data, 400)
    shop.session.get_one(PhotoUse, (visit_id, question, position)).printable = printable
