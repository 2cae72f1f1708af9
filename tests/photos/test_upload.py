"""The whole way of a photo: sent by a phone, stored, decoded by a job, shown again."""

import hashlib
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from field.jobs.work import Work
from field.jobs.worker import drain
from field.models import Photo
from tests.photos.corpus import Case, corpus
from tests.photos.making import segments

PART = 40
PARTS = [corpus()[at:at + PART] for at in range(0, len(corpus()), PART)]


def _send(phone: FlaskClient, visit: str, data: bytes) -> tuple[str, int]:
    sha256 = hashlib.sha256(data).hexdigest()
    length = {"CONTENT_LENGTH": str(len(data))}  # the test client leaves it out where it is 0
    address = f"/api/v1/visits/{visit}/photos/{sha256}"
    return sha256, phone.put(address, data=data, environ_overrides=length).status_code


@pytest.mark.parametrize("cases", PARTS, ids=lambda cases: f"{cases[0].name} …")
def test_every_photo_gets_its_answer_and_what_is_taken_in_is_shown_or_quarantined(
    amira: FlaskClient, work: Work, cases: tuple[Case, ...],
) -> None:
    visit, shown = str(uuid4()), {}
    for case in cases:
        sha256, status = _send(amira, visit, case.data)
        assert (case.name, 200 if status == 201 else status) == (case.name, case.expect_status)
        assert work.store.exists(sha256) == (status in (200, 201)), case.name
        if case.expect_status == 200:
            shown[sha256] = case
    drain(work)
    with work.database.read() as session:
        states = dict(session.execute(select(Photo.sha256, Photo.state)).all())
    assert states == {sha256: "readable" if case.readable else "unreadable" for sha256, case in shown.items()}
    for sha256, case in shown.items():
        answer = amira.get(f"/api/v1/visits/{visit}/photos/{sha256}")
        assert (case.name, answer.status_code) == (case.name, 200 if case.readable else 404)
        if case.readable:
            assert {marker for marker, _ in segments(answer.data)} == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}, case.name


def test_a_photo_is_shown_before_its_job_has_run(amira: FlaskClient) -> None:
    visit = str(uuid4())
    sha256, status = _send(amira, visit, corpus()[0].data)
    answer = amira.get(f"/api/v1/visits/{visit}/photos/{sha256}")
    assert (status, answer.status_code, answer.mimetype) == (201, 200, "image/jpeg")
