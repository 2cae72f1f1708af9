"""Two phones, or one phone twice, write to one visit at the same moment: each gets an answer of the protocol, never a 500."""

from collections.abc import Callable
from hashlib import sha256
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.factories import World, dumps, photo, revision
from tests.web.pages import draft_of, put

ROUNDS = 12
Send = Callable[[FlaskClient], object]


def _at_once(clients: list[FlaskClient], sends: list[Send]) -> list:
    """The answers to requests that leave together."""
    answers, ready = [None] * len(sends), Barrier(len(sends))

    def run(place: int) -> None:
        ready.wait()
        answers[place] = sends[place](clients[place])
    threads = [Thread(target=run, args=(place,)) for place in range(len(sends))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _photo(visit: str, data: bytes) -> Send:
    return lambda client: client.put(f"/api/v1/visits/{visit}/photos/{sha256(data).hexdigest()}", data=data)


def _revision(visit: str, body: dict) -> Send:
    return lambda client: put(client, f"/visits/{visit}/revisions/1", dumps(body))


def _draft(visit: str, body: dict, rev: int) -> Send:
    return lambda client: put(client, f"/visits/{visit}/draft", draft_of(body, rev))


@pytest.fixture
def phones(sign_in) -> list[FlaskClient]:
    return [sign_in("amira"), sign_in("amira"), sign_in("amira")]


def _pairs(world: World, visit: str, number: int) -> dict[str, list[Send]]:
    body = revision(world, visit=visit)
    other = {**body, "answers": {**body["answers"], "look": {"value": 2}}}
    return {
        "one photo twice": [_photo(visit, photo(number)), _photo(visit, photo(number))],
        "two photos": [_photo(visit, photo(number)), _photo(visit, photo(number + 1))],
        "one revision twice": [_revision(visit, body), _revision(visit, body)],
        "two revisions": [_revision(visit, body), _revision(visit, other)],
        "two drafts": [_draft(visit, body, 1), _draft(visit, body, 2)],
        "a draft, a photo and the revision": [_draft(visit, body, 1), _photo(visit, photo(number)), _revision(visit, body)],
    }


@pytest.mark.parametrize("what", ["one photo twice", "two photos", "one revision twice", "two revisions", "two drafts", "a draft, a photo and the revision"])
def test_both_get_an_answer_of_the_protocol(phones, world: World, what: str) -> None:
    for number in range(ROUNDS):
        visit = str(uuid4())
        answers = _at_once(phones, _pairs(world, visit, 100 * number)[what])
        statuses = sorted(answer.status_code for answer in answers)
        assert set(statuses) <= {200, 201, 409}, [answer.get_data() for answer in answers]
        if what == "two revisions":
            assert statuses == [201, 409]
        if what in ("one photo twice", "one revision twice"):
            assert statuses == [200, 201] and answers[0].get_data() == answers[1].get_data()


def test_two_people_who_claim_one_visit_at_once_get_one_owner(sign_in, world: World) -> None:
    clients = [sign_in("amira"), sign_in("anna")]
    for number in range(ROUNDS):
        visit = str(uuid4())
        answers = _at_once(clients, [_photo(visit, photo(number)), _photo(visit, photo(number + 50))])
        assert sorted(answer.status_code for answer in answers) == [201, 403]
