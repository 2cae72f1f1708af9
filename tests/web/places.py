"""Everything a route can name, once in ben's region and once far from it, and a digest of all tables."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from field.access import SYSTEM, Grant, Role
from field.db import Database
from field.models import Base, DeviceSession, ReferencePhoto, Visit
from field.models.questionnaire import select_version
from field.operations import reviews
from field.operations.people import add_person
from field.operations.photos import mark_readable
from tests.factories import PASSWORD, World, actor, assignment, photo, photo_entry, revision
from tests.web.pages import draft_of, put, send

NOBODYS = "00000000-0000-4000-8000-000000000000"
#: Columns that change although nothing was written on purpose.
_SEEN = {"device_session": {"seen_at"}}


@dataclass(frozen=True)
class Places:
    """Ids by scope: ``near`` (the site mill in north), ``waiting`` (there, not yet accepted), ``draft``, ``far`` and ``none``."""

    visits: dict[str, str]
    sites: dict[str, str]
    photo: str


def build_places(database: Database, world: World, sign_in: Callable[[str], FlaskClient]) -> Places:
    """Adds dirk, who is staff far away; visits near and far are accepted, one near waits; all hold the same photo, their questionnaire too."""
    with database.write() as session:
        dirk = add_person(session, SYSTEM, "dirk@example.org", name="Dirk", password=PASSWORD, grants=[Grant(Role.STAFF, None, world.sites["away"])])
        world.people["dirk"] = dirk.id
    data, amira = photo(5), sign_in("amira")
    seats = {"near": "mill", "waiting": "mill", "far": "away"}
    visits = {scope: send(amira, revision(world, site=site, photos=[photo_entry(data)]), [data]) for scope, site in seats.items()}
    with database.write() as session:
        mark_readable(session, photo_entry(data)["sha256"])
        version = session.scalar(select_version(world.slug, 1))
        session.add(ReferencePhoto(version_id=version.id, sha256=photo_entry(data)["sha256"], image=data, width=320, height=240))
        for scope in ("near", "far"):
            accept(session, world, visits[scope])
    visits["draft"] = draft(amira, revision(world))
    return Places({**visits, "none": NOBODYS}, {**seats, "none": "nowhere"}, photo_entry(data)["sha256"])


def draft(client: FlaskClient, whole: dict[str, Any], rev: int = 1) -> str:
    """Backs a visit up; gives its id."""
    answer = put(client, f"/visits/{whole['visit']}/draft", draft_of(whole, rev))
    assert answer.status_code == 200, answer.data
    return whole["visit"]


def accept(session: Session, world: World, visit_id: str) -> None:
    chen, visit = actor(session, world.people["chen"]), session.get(Visit, visit_id)
    reviews.open_review(session, chen, visit)
    reviews.accept_visit(session, chen, visit)


def assignment_at(database: Database, world: World, site: str) -> str:
    with database.write() as session:
        return assignment(session, world, site=site).id


def device_of(database: Database, person_id: str) -> str:
    """The last device that the person signed in on."""
    with database.read() as session:
        query = select(DeviceSession.id).where(DeviceSession.person_id == person_id, DeviceSession.revoked_at.is_(None))
        return session.scalars(query.order_by(DeviceSession.created_at.desc())).first()


def digest(database: Database) -> str:
    """Of all rows of all tables; when a device was last seen is left out."""
    whole = hashlib.sha256()
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in _SEEN.get(table.name, set())]
            for row in session.execute(select(*columns).order_by(*table.primary_key.columns)):
                whole.update(repr((table.name, tuple(row))).encode())
    return whole.hexdigest()

