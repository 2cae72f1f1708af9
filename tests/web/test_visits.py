"""A visit's own page and its photos: as much as each person may see, and the whole way from answers to score."""

import pytest
from sqlalchemy import select

from field.models import AuditEntry
from field.operations.photos import mark_readable
from tests.factories import ANSWERS, photo, photo_entry, revision
from tests.web.pages import send, text, token


@pytest.fixture
def chen(sign_in):
    return sign_in("chen")


@pytest.fixture
def data():
    return photo(3)


@pytest.fixture
def visit(amira, world, database, data):
    answers = {**ANSWERS, "remarks": {"value": "A quiet shop."}}
    sent = send(amira, revision(world, photos=[photo_entry(data)], answers=answers), [data])
    with database.write() as session:
        mark_readable(session, photo_entry(data)["sha256"])
    return sent


@pytest.fixture
def accepted(chen, visit):
    form = {"csrf_token": token(chen, "/reviews")}
    chen.post(f"/visits/{visit}/review", data=form)
    assert chen.post(f"/visits/{visit}/acceptance", data=form).status_code == 303
    return visit


@pytest.fixture
def address(visit, data):
    return f"/visits/{visit}/photos/{photo_entry(data)['sha256']}"


def test_the_page_tells_how_answers_became_the_score(sign_in, accepted):
    page = text(sign_in("ben").get(f"/visits/{accepted}"))
    assert "3 of 4 points, weight 1." in page
    assert "7 of 8 weighted points. Section weight 1." in page
    assert "The pass mark is 75." in page
    assert ">95.8<" in page


@pytest.mark.parametrize(("name", "hides"), [("ben", ()), ("dora", ("Spotless.", "A quiet shop.", "report.pdf"))])
def test_below_reviewers_there_is_no_hour_and_no_inspector_and_staff_read_nothing_written(sign_in, accepted, name, hides):
    page = text(sign_in(name).get(f"/visits/{accepted}"))
    assert "Floors are clean." in page
    for hidden in ("Inspector", "11:04", "11:10", "Amira", "History", "/original", *hides):
        assert hidden not in page


def test_managers_read_what_the_inspector_wrote(sign_in, accepted):
    page = text(sign_in("ben").get(f"/visits/{accepted}"))
    assert "“Spotless.”" in page
    assert "A quiet shop." in page


def test_reviewers_read_the_history_in_words(chen, accepted):
    page = text(chen.get(f"/visits/{accepted}"))
    assert "sent revision 1" in page
    assert "<strong>Chen</strong> accepted the visit" in page
    assert "Amira" not in page


def test_a_visit_that_does_not_count_is_not_there_for_managers(sign_in, visit):
    assert sign_in("ben").get(f"/visits/{visit}").status_code == 404


def test_a_visit_elsewhere_is_not_there(sign_in, accepted):
    assert sign_in("otto").get(f"/visits/{accepted}").status_code == 404


def test_a_photo_is_shown_as_a_copy_without_metadata(sign_in, accepted, address, data):
    answer = sign_in("dora").get(f"{address}?size=400")
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Cache-Control"].startswith("private")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"] == f'inline; filename="visit-{accepted[:8]}-1.jpg"'
    assert answer.data != data
    assert b"Exif" not in answer.data


def test_the_original_goes_to_reviewers_alone_and_leaves_a_trace(chen, sign_in, accepted, address, data, database):
    assert sign_in("ben").get(f"{address}/original").status_code == 403
    with chen.get(f"{address}/original") as answer:
        assert answer.data == data
        assert answer.headers["Content-Disposition"].startswith("attachment")
    with database.read() as session:
        read = session.scalars(select(AuditEntry).where(AuditEntry.action == "photo.original_read")).all()
        assert [entry.subject_id for entry in read] == [accepted]


def test_a_photo_elsewhere_or_of_another_visit_is_not_there(sign_in, accepted, address):
    assert sign_in("otto").get(address).status_code == 404
    assert sign_in("chen").get(address[:-3] + "000").status_code == 404


def test_a_photo_that_the_revision_left_out_is_shown_to_nobody(chen, amira, world):
    kept, dropped = photo(5), photo(6)
    visit = send(amira, revision(world, photos=[photo_entry(kept)]), [kept, dropped])
    assert chen.get(f"/visits/{visit}/photos/{photo_entry(kept)['sha256']}").status_code == 200
    assert chen.get(f"/visits/{visit}/photos/{photo_entry(dropped)['sha256']}").status_code == 404
