"""Reviews: opened by one, decided by somebody else than the inspector, with nothing typed lost on the way."""

import pytest
from sqlalchemy import select

from field.models import PhotoUse, Visit
from field.models.review import select_reviews
from field.operations.photos import mark_readable, quarantine_photo
from tests.factories import photo, photo_entry, revision
from tests.web.pages import send, text, token


@pytest.fixture
def chen(sign_in):
    return sign_in("chen")


@pytest.fixture
def visit(amira, world):
    return send(amira, revision(world))


def open_review(chen, visit):
    assert chen.post(f"/visits/{visit}/review", data={"csrf_token": token(chen, "/reviews")}).status_code == 303
    return token(chen, f"/visits/{visit}/review")


def state_of(database, visit):
    with database.read() as session:
        return session.get(Visit, visit).state


def test_nothing_waits_before_the_first_visit(chen, world):
    assert "New visits appear here when a phone has sent all its photos." in text(chen.get("/reviews"))


def test_a_waiting_visit_is_opened_and_accepted(chen, visit, database):
    assert "Mill Street" in text(chen.get("/reviews"))
    form = {"csrf_token": open_review(chen, visit)}
    assert chen.post(f"/visits/{visit}/acceptance", data=form).status_code == 303
    assert state_of(database, visit) == "accepted"
    assert "Mill Street is accepted." in text(chen.get("/reviews"))


def test_the_page_shows_answers_points_and_comments_but_never_the_inspector(chen, visit):
    open_review(chen, visit)
    page = text(chen.get(f"/visits/{visit}/review"))
    assert "Floors are clean." in page
    assert "4 of 4" in page
    assert "“Spotless.”" in page
    assert "Inspector " in page
    assert "Amira" not in page


def test_reasons_return_the_visit_each_with_its_question(chen, visit, database):
    form = {"csrf_token": open_review(chen, visit), "reason-floors": "Which floor?", "reason-look": " ", "whole": "Thank you."}
    assert chen.post(f"/visits/{visit}/return", data=form).status_code == 303
    with database.read() as session:
        review = session.scalars(select_reviews(visit)).first()
        assert [(r.question, r.text) for r in review.reasons] == [("floors", "Which floor?"), (None, "Thank you.")]
    assert state_of(database, visit) == "returned"


def test_returned_without_a_reason_the_page_comes_back(chen, visit, database):
    answer = chen.post(f"/visits/{visit}/return", data={"csrf_token": open_review(chen, visit), "without": "typed before"})
    assert answer.status_code == 422
    assert "Write at least one reason" in text(answer)
    assert state_of(database, visit) == "in_review"


def test_an_unreadable_photo_is_accepted_only_with_a_reason_and_reasons_typed_stay(chen, amira, world, database):
    data = photo(1)
    visit = send(amira, revision(world, photos=[photo_entry(data)]), [data])
    with database.write() as session:
        quarantine_photo(session, photo_entry(data)["sha256"], reason="damaged")
    form = {"csrf_token": open_review(chen, visit), "reason-floors": "Typed with care."}
    answer = chen.post(f"/visits/{visit}/acceptance", data=form)
    assert answer.status_code == 409
    assert "Typed with care." in text(answer)
    assert "Cannot be read" in text(answer)
    assert "The file is damaged." in text(answer)
    assert chen.post(f"/visits/{visit}/acceptance", data={**form, "without": "The label says enough."}).status_code == 303
    assert state_of(database, visit) == "accepted"


def test_excluding_needs_a_reason_and_putting_back_none(chen, visit, database):
    form = {"csrf_token": open_review(chen, visit)}
    assert chen.post(f"/visits/{visit}/exclusion", data=form).status_code == 422
    assert chen.post(f"/visits/{visit}/review/closing", data=form).status_code == 303
    assert state_of(database, visit) == "submitted"
    open_review(chen, visit)
    assert chen.post(f"/visits/{visit}/exclusion", data={**form, "exclusion": "A test visit."}).status_code == 303
    assert state_of(database, visit) == "excluded"


def test_a_visit_that_somebody_else_has_open_is_read_on_its_own_page(chen, sign_in, visit):
    open_review(chen, visit)
    eva = sign_in("eva")
    assert eva.get(f"/visits/{visit}/review").status_code == 303
    assert "Go on with the review" not in text(eva.get(f"/visits/{visit}"))
    assert "Go on with the review" in text(chen.get(f"/visits/{visit}"))
    answer = eva.post(f"/visits/{visit}/acceptance", data={"csrf_token": token(eva, "/sites/new")})
    assert answer.status_code == 409
    assert "Open with Chen" in text(eva.get("/reviews"))


def test_a_photo_is_marked_printable_and_the_reasons_typed_stay(chen, amira, world, database):
    data = photo(2)
    visit = send(amira, revision(world, photos=[photo_entry(data)]), [data])
    with database.write() as session:
        mark_readable(session, photo_entry(data)["sha256"])
    form = {"csrf_token": open_review(chen, visit), "printable": "yes", "reason-floors": "Typed."}
    answer = chen.post(f"/visits/{visit}/photos/floors/0/printable", data=form, headers={"X-Requested-With": ""})
    assert answer.status_code == 200
    assert "Typed." in text(answer)
    with database.read() as session:
        assert session.scalar(select(PhotoUse.printable).where(PhotoUse.visit_id == visit)) is True


@pytest.mark.parametrize("name", ["amira", "ben", "dora"])
def test_only_reviewers_open_reviews(sign_in, visit, name):
    client = sign_in(name)
    assert client.get("/reviews").status_code == 403
    assert client.get(f"/visits/{visit}/review").status_code == 403


def test_a_visit_whose_photo_the_store_lost_can_be_decided(app, chen, amira, world, database):
    data = photo(1)
    visit = send(amira, revision(world, photos=[photo_entry(data)]), [data])
    form = {"csrf_token": open_review(chen, visit)}
    app.extensions["photo_store"].delete(photo_entry(data)["sha256"])
    answer = chen.post(f"/visits/{visit}/acceptance", data=form)
    assert answer.status_code == 303 and state_of(database, visit) == "accepted"
