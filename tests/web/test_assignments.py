"""Assignments: planned by the shop's clock, within the person's regions, and cancelled."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from field.access import SYSTEM, Grant, Role
from field.models import Assignment, QuestionnaireVersion
from field.operations.people import add_person
from field.operations.questionnaires import publish_questionnaire
from tests.factories import PASSWORD, assignment, dumps, questionnaire
from tests.web.pages import text, token


@pytest.fixture
def petra(sign_in, world, database):
    """Another administrator."""
    with database.write() as session:
        grants = [Grant(Role.ADMINISTRATOR)]
        world.people["petra"] = add_person(session, SYSTEM, "petra@example.org", name="Petra", password=PASSWORD, grants=grants).id
    return sign_in("petra")


@pytest.fixture
def plan(petra, world, database):
    with database.read() as session:
        version = session.query(QuestionnaireVersion).one().id
    return {"csrf_token": token(petra, "/assignments/new"), "inspector": world.people["amira"], "site": "mill", "questionnaire": version,
            "starts": "2026-12-01T09:00", "until": "2026-12-10T18:00", "brief": "Buy bread."}


def test_times_are_the_shops(petra, plan, database):
    assert petra.post("/assignments", data=plan).status_code == 303
    with database.read() as session:
        planned = session.query(Assignment).one()
        assert (planned.starts_at, planned.brief) == (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "Buy bread.")
    page = text(petra.get("/assignments"))
    assert "Mill Street" in page
    assert "1 Dec 2026, 09:00 to 10 Dec 2026, 18:00" in page


def test_the_newest_version_is_planned_with(petra, plan, database):
    with database.write() as session:
        newer = publish_questionnaire(session, SYSTEM, dumps(questionnaire(version=2))).id
    page = text(petra.get("/assignments/new"))
    assert newer in page
    assert plan["questionnaire"] not in page


def test_an_unknown_site_is_a_mistake_at_its_input(petra, plan, database):
    answer = petra.post("/assignments", data={**plan, "site": "nowhere"})
    assert answer.status_code == 422
    assert 'id="site-wrong"' in text(answer)
    assert "Buy bread." in text(answer)
    with database.read() as session:
        assert session.query(Assignment).count() == 0


def test_an_end_before_the_beginning_is_refused(petra, plan):
    answer = petra.post("/assignments", data={**plan, "until": "2026-11-30T18:00"})
    assert answer.status_code == 422
    assert "The end lies before the beginning." in text(answer)


def test_somebody_who_does_not_inspect_cannot_be_sent(petra, plan, world):
    assert petra.post("/assignments", data={**plan, "inspector": world.people["chen"]}).status_code == 422


def test_an_assignment_is_cancelled_once(petra, world, database):
    with database.write() as session:
        planned = assignment(session, world).id
    form = {"csrf_token": token(petra, "/assignments")}
    assert petra.post(f"/assignments/{planned}/cancellation", data=form).status_code == 303
    assert petra.post(f"/assignments/{planned}/cancellation", data=form).status_code == 404
    assert "No visit is planned." in text(petra.get("/assignments"))


def test_an_assignment_that_nobody_has_is_not_there(petra):
    address = f"/assignments/{uuid4()}/cancellation"
    assert petra.post(address, data={"csrf_token": token(petra, "/assignments/new")}).status_code == 404
