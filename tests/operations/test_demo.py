"""The demo is made of visits that hold in every respect as real ones do."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field import create_app
from field.access import Actor, Grant, Role, State
from field.content import builtin
from field.errors import Problem
from field.locale import LANGUAGES
from field.models import Assignment, AuditEntry, Chain, Person, Photo, PhotoUse, QuestionnaireVersion, Receipt, Review, Revision, Site, Visit
from field.operations.audit import entry_digest
from field.operations.demo import load_demo, say_who
from field.operations.demo_people import PASSWORD, PEOPLE
from field.operations.demo_plan import places, trips
from field.operations.demo_world import ONCE_WITHOUT_PHOTOS, first_version
from field.operations.reference_photos import reference_photos, without_their_photo
from field.operations.sign_in import person_with
from field.operations.visits import begin_visit
from field.questionnaire import check, load, score
from field.sync.direct import Direct
from field.sync.pull import bootstrap
from field.sync.receipts import verify
from tests.databases import Databases
from tests.factories import World

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SMALL = {"months": 2, "sites": 7, "now": NOW}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Flask]:
    """An application whose store holds a small demo."""
    made = create_app({"FIELDSCORE_HOME": str(tmp_path_factory.mktemp("demo")), "DATABASE_URL": databases.migrated()})
    with made.extensions["database"].write() as session:
        session.add(Chain(id=1, receipts=0, entries=0))
        session.flush()
        load_demo(session, post(made), **SMALL)
    yield made
    made.extensions["decoder"].close()
    made.extensions["database"].dispose()


@pytest.fixture
def session(demo: Flask) -> Iterator[Session]:
    with demo.extensions["database"].read() as reading:
        yield reading


def post(app: Flask) -> Direct:
    return Direct(app.extensions["photo_store"], app.extensions["signer"])


def as_actor(session: Session, email: str) -> Actor:
    person = session.scalar(select(Person).where(Person.email == email))
    return Actor(person.id, person.name, person.language, person.grants)


def test_each_named_person_signs_in_with_the_printed_password(session):
    for email in ("amira", "chen", "ben", "dora", "eva"):
        assert person_with(session, f"{email}@example.org", PASSWORD)


def test_the_command_says_who_can_sign_in(session):
    told = say_who(session, "http://127.0.0.1:8000")

    assert PASSWORD in told and "amira@example.org" in told


def test_nobody_of_the_demo_has_two_accounts():
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)


def test_no_visit_carries_a_flag(session):
    assert {tuple(flags) for flags in session.scalars(select(Visit.flags))} == {()}


def test_every_score_can_be_recomputed_from_the_bytes_that_were_sent(session):
    query = (select(Visit.overall_exact, Revision.body, QuestionnaireVersion.body)
             .join(Revision, Revision.visit_id == Visit.id).join(QuestionnaireVersion, QuestionnaireVersion.id == Visit.version_id))
    for kept, sent, version in session.execute(query):
        assert str(score(load(json.loads(version)), json.loads(sent)["answers"]).overall) == kept


def test_every_receipt_is_signed_and_names_the_one_before(demo, session):
    public = base64.b64decode(demo.extensions["signer"].public_keys()[0]["public"])
    received = dict(session.execute(select(Visit.id, Visit.received_at)).all())
    before = None
    for receipt in session.scalars(select(Receipt).order_by(Receipt.number)):
        assert verify(receipt.body, public)
        assert json.loads(receipt.body)["previous"] == before
        assert received[receipt.visit_id].strftime("%Y-%m-%dT%H:%M:%SZ") == json.loads(receipt.body)["received_at"]
        before = hashlib.sha256(receipt.body).hexdigest()


def test_every_audit_entry_covers_the_one_before(session):
    before = None
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number)):
        plain = {name: getattr(entry, name) for name in
                 ("number", "at", "actor_id", "session_id", "action", "subject", "subject_id", "details")}
        assert entry_digest(before, plain) == entry.digest
        before = entry.digest


def test_every_photo_is_in_the_store_and_none_stands_in_two_visits(demo, session):
    photos = list(session.scalars(select(Photo.sha256)))

    assert all(demo.extensions["photo_store"].exists(sha256) for sha256 in photos)
    assert len(set(photos)) == len(photos) > 0


def test_visits_come_in_the_order_of_their_times_and_none_in_the_future(session):
    visits = list(session.scalars(select(Visit)))

    assert all(visit.started_at < visit.finished_at < visit.received_at < NOW for visit in visits)
    assert all(visit.received_at < visit.accepted_at < NOW for visit in visits if visit.state == State.ACCEPTED)


def test_some_visits_wait_and_one_came_back_to_amira(session):
    counts = dict(session.execute(select(Visit.state, func.count()).group_by(Visit.state)).all())
    hers = bootstrap(session, as_actor(session, "amira@example.org"))["visits"]
    [returned] = [visit for visit in hers if visit["state"] == "returned"]

    assert 3 <= counts[State.SUBMITTED] <= 6 and counts[State.IN_REVIEW] == 1
    assert len(returned["reasons"]) == 2


def test_nobody_decided_about_a_visit_of_their_own(session):
    pairs = session.execute(select(Visit.person_id, Review.reviewer_id).join(Review, Review.visit_id == Visit.id))

    assert all(inspector != reviewer for inspector, reviewer in pairs)


def test_amira_has_three_visits_today_each_with_a_brief(session):
    today = [given for given in bootstrap(session, as_actor(session, "amira@example.org"))["assignments"]
             if given["from"][:10] == "2026-11-20"]

    assert len(today) == 3 and all(given["brief"] for given in today)


def test_visits_are_planned_with_a_version_that_shows_how_it_should_look(session):
    planned = session.scalars(select(QuestionnaireVersion).join(Assignment, Assignment.version_id == QuestionnaireVersion.id)
                              .where(Assignment.state == "open").distinct()).all()

    assert [len(reference_photos(session, version)) for version in planned] == [3]
    assert [without_their_photo(session, version) for version in planned] == [[]]


def test_one_site_has_a_single_visit_and_one_has_none(session):
    counts = dict(session.execute(
        select(Site.code, func.count(Visit.id)).join(Visit, Visit.site_id == Site.id, isouter=True).group_by(Site.code)).all())

    assert (counts["cedar-park"], counts["kiln-lane"]) == (1, 0)


def test_doras_shop_has_three_photos_for_its_wall(session):
    query = (select(func.count()).select_from(PhotoUse).join(Visit, Visit.id == PhotoUse.visit_id).join(Site, Site.id == Visit.site_id)
             .where(Site.code == "old-mill-arcade", PhotoUse.printable, Visit.state == State.ACCEPTED))

    assert session.scalar(query) >= 3


def test_every_past_assignment_is_done(session):
    past = select(Assignment.state).where(Assignment.ends_at < NOW - timedelta(days=1)).distinct()

    assert list(session.scalars(past)) == ["done"]


def test_loading_it_again_changes_nothing(demo):
    with demo.extensions["database"].write() as session:
        before = session.scalar(select(func.count(AuditEntry.number)))

        assert load_demo(session, post(demo), **SMALL) == 0
        assert session.scalar(select(func.count(AuditEntry.number))) == before


def test_it_refuses_a_store_that_holds_real_visits(app: Flask, world: World):
    amira = Actor(world.people["amira"], "Amira", "en", (Grant(Role.INSPECTOR),))
    with app.extensions["database"].write() as session:
        begin_visit(session, amira, "0b4c1f3e-6f77-4d0e-9d57-0d9a4f9a1c11")

        with pytest.raises(Problem, match="demo.real_store"):
            load_demo(session, post(app), **SMALL)


def test_it_leaves_a_store_with_people_alone_when_asked_to(app: Flask, world: World):
    with app.extensions["database"].write() as session:
        assert load_demo(session, post(app), only_if_empty=True, **SMALL) == 0
        assert session.scalar(select(func.count(Site.id))) == len(world.sites)


def test_the_same_seed_plans_the_same_trips():
    where = places(40)

    assert trips(Random(3), where, months=24, now=NOW) == trips(Random(3), where, months=24, now=NOW)


def test_its_shops_read_four_languages():
    read = Counter(place.site.language or place.district.language for place in places(40))

    assert min(read[language] for language in LANGUAGES) >= 2


def test_no_inspector_is_sent_to_two_sites_on_one_day():
    made = trips(Random(2026), places(40), months=24, now=NOW)

    assert len({(trip.inspector, trip.start.date()) for trip in made}) == len(made)


@pytest.mark.parametrize("slug", sorted(ONCE_WITHOUT_PHOTOS))
def test_the_version_before_photos_were_asked_for_can_be_published(slug):
    [document] = [document for _, document in builtin() if document["slug"] == slug]

    assert check(first_version(document)) == []
