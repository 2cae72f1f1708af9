"""Whatever fails at any step of receiving: an honest answer, nothing half-written, and the same request again succeeds."""

import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from field import config, create_app, faults
from field.db import Database
from tests.factories import World, dumps, photo, photo_entry, revision
from tests.house import files, read
from tests.web.pages import draft_of, put
from tests.web.places import digest

ANSWERS = {"full": (507, "store.full"), "dbfull": (507, "store.full"), "broken": (503, "store.busy"), "readonly": (503, "store.busy"),
           "files": (503, "store.busy"), "memory": (503, "store.busy"), "busy": (503, "store.busy"), "lost": (503, "store.busy")}
#: Points before the commit: what fails there never happened.
_BEFORE = [point for point in faults.POINTS if not point.endswith((".committed", ".answered"))]
_AFTER = [point for point in faults.POINTS if point.endswith(".committed")]


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    faults.arm("")


class Sending:
    """One visit with a photo, in the order of the protocol; again and again as long as it takes."""

    def __init__(self, client: FlaskClient, world: World) -> None:
        self._client, self._photo = client, photo(7)
        self.body = revision(world, photos=[photo_entry(self._photo)])
        self._visit = f"/visits/{self.body['visit']}"

    def send(self) -> TestResponse:
        """The first answer that is not a success, or the last."""
        for step in (self._put_draft, self._put_photo, self._put_revision):
            answer = step()
            answer.close()
            if answer.status_code not in (200, 201):
                return answer
        return answer

    def _put_draft(self) -> TestResponse:
        return put(self._client, f"{self._visit}/draft", draft_of(self.body, 1))

    def _put_photo(self) -> TestResponse:
        return self._client.put(f"/api/v1{self._visit}/photos/{hashlib.sha256(self._photo).hexdigest()}", data=self._photo)

    def _put_revision(self) -> TestResponse:
        return put(self._client, f"{self._visit}/revisions/1", dumps(self.body))


@pytest.mark.parametrize("what", ANSWERS)
def test_what_fails_before_the_commit_leaves_nothing(app: Flask, amira: FlaskClient, world: World, what: str) -> None:
    for point in _BEFORE:
        sending = Sending(amira, world)
        faults.arm(f"{point}={what}")
        answer = sending.send()
        held = digest(app.extensions["database"])
        assert (answer.status_code, answer.get_json()["code"], answer.get_json()["retryable"]) == (*ANSWERS[what], True), point
        assert answer.mimetype == "application/problem+json" and int(answer.headers["Retry-After"]) > 0
        assert sending.send().status_code == answer.status_code and digest(app.extensions["database"]) == held, point
        assert [*Path(app.extensions["photo_store"].root).rglob("*.part")] == [], point
        faults.arm("")
        assert sending.send().status_code == 201, point


@pytest.mark.parametrize("point", _AFTER)
def test_what_fails_after_the_commit_is_there_when_it_is_asked_again(amira: FlaskClient, world: World, database: Database, point: str) -> None:
    sending = Sending(amira, world)
    faults.arm(f"{point}=busy@1")
    assert sending.send().status_code == 503
    again = sending.send()
    assert again.status_code == (200 if point.startswith("api.put_revision") else 201)
    assert sending.send().get_data() == again.get_data()


def test_every_point_is_passed_by_one_visit(amira: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[str] = []
    monkeypatch.setattr(faults, "at", lambda subject, step: passed.append(f"{subject}.{step}"))
    Sending(amira, world).send()
    assert set(passed) == set(faults.POINTS)


def test_no_place_has_a_point_of_its_own_name() -> None:
    asked = re.compile(r'faults\.at\("(\w+)", "(\w+)"\)')
    named = {".".join(found) for path in files(".py", under=("field/",)) for found in asked.findall(read(path))}
    assert named == {point for point in faults.POINTS if not point.startswith("api.")}


def test_a_point_is_counted_by_each_passing() -> None:
    faults.arm("photo.read=full@2")
    faults.at("photo", "read")
    with pytest.raises(OSError):
        faults.at("photo", "read")
    faults.at("photo", "read")


def test_nothing_happens_where_nothing_is_armed(tmp_path: Path) -> None:
    faults.arm("")
    assert faults.at is faults._nothing and config.load({"FIELDSCORE_HOME": str(tmp_path)}).faults == ""


@pytest.mark.parametrize(("environ", "told"), [
    ({"FIELDSCORE_FAULTS": "photo.read=kill"}, "needs FIELDSCORE_TESTING=yes"),
    ({"FIELDSCORE_FAULTS": "photo.read=kill", "FIELDSCORE_TESTING": "1"}, "needs FIELDSCORE_TESTING=yes"),
    ({"FIELDSCORE_FAULTS": "photo.eaten=kill", "FIELDSCORE_TESTING": "yes"}, "does not know 'photo.eaten=kill'"),
    ({"FIELDSCORE_FAULTS": "photo.read=burn", "FIELDSCORE_TESTING": "yes"}, "does not know"),
])
def test_faults_are_refused_where_nobody_said_that_this_is_a_test(tmp_path: Path, environ: dict[str, str], told: str) -> None:
    with pytest.raises(config.BadSettings, match="FIELDSCORE_FAULTS") as refused:
        config.load({"FIELDSCORE_HOME": str(tmp_path), **environ})
    assert told in str(refused.value)


def test_a_server_with_faults_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("field"), "handlers", [])
    app = create_app({"FIELDSCORE_HOME": str(tmp_path), "FIELDSCORE_TESTING": "yes", "FIELDSCORE_FAULTS": "photo.read=busy"})
    app.extensions["database"].dispose()
    app.extensions["decoder"].close()
    assert '"event": "faults armed", "code": "photo.read=busy"' in capfd.readouterr().err


def test_no_request_turns_anything_on(amira: FlaskClient, world: World) -> None:
    plan = "photo.read=full api.put_revision.committing=full"
    amira.environ_base.update({"HTTP_FIELDSCORE_FAULTS": plan, "HTTP_X_FAULTS": plan, "QUERY_STRING": f"FIELDSCORE_FAULTS={plan}"})
    assert Sending(amira, world).send().status_code == 201
    assert amira.get(f"/api/v1/visits/{uuid4()}/draft").status_code == 404
