"""A visit's report as a manager asks for it: with all its photos, or a page that names each one it waits for."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from field.models import Photo, Visit
from field.operations.photos import examine, mark_readable, quarantine_photo
from tests.factories import photo, photo_entry, revision
from tests.web.pages import send, text
from tests.web.places import accept

FIRST, SECOND = photo(3), photo(4)
NAMES = [photo_entry(data)["sha256"] for data in (FIRST, SECOND)]


@pytest.fixture
def accepted(amira, world, database):
    """A visit with two photos that was accepted before any job came to them."""
    sent = send(amira, revision(world, photos=[photo_entry(FIRST), photo_entry(SECOND, position=1)]), [FIRST, SECOND])
    with database.write() as session:
        accept(session, world, sent)
    return sent


def pictures(answer) -> int:
    assert answer.status_code == 200, text(answer)
    return sum(len(page.images) for page in PdfReader(BytesIO(answer.data)).pages)


def test_photos_that_nobody_has_decoded_yet_are_made_readable_for_the_report(sign_in, accepted):
    assert pictures(sign_in("ben").get(f"/visits/{accepted}/report.pdf")) == 2


def test_copies_that_a_restore_left_out_are_made_again(app, sign_in, accepted, database):
    store = app.extensions["photo_store"]
    for name, data in zip(NAMES, (FIRST, SECOND), strict=True):
        assert examine(store, app.extensions["decoder"], name) is None
        with database.write() as session:
            mark_readable(session, name)
        store.delete(name)
        store.put(name, data)
    assert pictures(sign_in("ben").get(f"/visits/{accepted}/report.pdf")) == 2


def test_a_photo_that_is_gone_is_named_by_its_question_and_number(app, sign_in, accepted):
    app.extensions["photo_store"].delete(NAMES[1])
    answer = sign_in("ben").get(f"/visits/{accepted}/report.pdf")
    page = text(answer)
    assert (answer.status_code, answer.mimetype) == (409, "text/html")
    assert "A visit is printed only with all its photos." in page and "<li>Photo 2: Floors are clean.</li>" in page
    assert "Photo 1:" not in page and NAMES[1] not in page
    assert f'<a href="/visits/{accepted}">Back to the visit</a>' in page


def test_a_photo_that_does_not_decode_is_named_to_the_reviewer(sign_in, amira, world, database):
    sent = send(amira, revision(world, photos=[photo_entry(FIRST)]), [FIRST])
    with database.write() as session:
        quarantine_photo(session, NAMES[0], reason="damaged")
    answer = sign_in("chen").get(f"/visits/{sent}/report.pdf")
    assert answer.status_code == 409 and "Photo 1: Floors are clean." in text(answer)
    with database.read() as session:
        assert session.get(Visit, sent).state == "submitted" and session.get(Photo, (sent, NAMES[0])).state == "unreadable"
