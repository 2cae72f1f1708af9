"""What a phone is told of visits that have begun elsewhere: where they are, so that it can name them and go on."""

import pytest
from sqlalchemy import update

from field.access import SYSTEM
from field.models import Assignment, QuestionnaireVersion, Visit
from field.operations import reviews
from field.operations.assignments import cancel_assignment
from tests.factories import actor, assignment, photo, photo_entry, revision
from tests.web.pages import send
from tests.web.places import draft

pytestmark = pytest.mark.usefixtures("planned_only")


@pytest.fixture
def planned_only(database, world):
    """Nothing may be begun without a plan, so the sites of the regions are not told."""
    with database.write() as session:
        session.execute(update(QuestionnaireVersion).values(unplanned=False))


def _told(client):
    body = client.get("/api/v1/bootstrap").json
    return [each["site"] for each in body["drafts"]], [site["name"] for site in body["sites"]]


def test_a_draft_says_its_site_though_its_photo_came_first_and_its_plan_is_gone(amira, database, world):
    with database.write() as session:
        planned = assignment(session, world, site="away")
        visit, planned_id = planned.visit_id, planned.id
    entry = photo_entry(photo(1))
    assert amira.put(f"/api/v1/visits/{visit}/photos/{entry['sha256']}", data=photo(1)).status_code == 201
    draft(amira, revision(world, visit=visit, site="away", photos=[entry]))
    with database.write() as session:
        cancel_assignment(session, SYSTEM, session.get(Assignment, planned_id))
    assert _told(amira) == (["away"], ["Away Street"])


def test_a_returned_visit_says_what_its_site_is_called(amira, database, world):
    visit = send(amira, revision(world))
    assert _told(amira) == ([], [])
    with database.write() as session:
        chen, held = actor(session, world.people["chen"]), session.get(Visit, visit)
        reviews.open_review(session, chen, held)
        reviews.return_visit(session, chen, held, reasons=[reviews.Reason("floors", "Which floor?")])
    assert _told(amira) == ([], ["Mill Street"])


def test_a_draft_that_names_a_foreign_site_learns_nothing_of_it(amira, world):
    draft(amira, revision(world, site="away"))
    assert _told(amira) == (["away"], [])
