"""Attacks on signing in: guessing, telling people apart by time, using things twice, staying in after being put out."""

import statistics
import threading
import time
from functools import partial

import pyotp
import pytest

from field import clock
from field.access import SYSTEM, Grant, Role
from field.errors import Problem
from field.models import Person, Throttle
from field.operations import sign_in as signing
from field.operations.devices import begin_session
from field.operations.links import issue_link, redeem
from field.operations.people import add_person
from field.operations.second_factor import enrol, new_offer, offered_secret, prove_code
from tests.factories import PASSWORD, actor
from tests.web.pages import token
from tests.web.places import device_of
from tests.web.signing_in import configure, next_code

TRIES, NEAR = 200, 0.10


@pytest.fixture
def people(database, world):
    """Addresses by what is known of them."""
    with database.write() as session:
        add_person(session, SYSTEM, "fay@example.org", name="Fay", grants=[Grant(Role.MANAGER)])
        gone = add_person(session, SYSTEM, "gus@example.org", name="Gus", password=PASSWORD, grants=[Grant(Role.MANAGER)])
        gone.disabled_at = clock.now()
    return {"known": "ben@example.org", "unknown": "nobody@example.org", "invited": "fay@example.org", "switched off": "gus@example.org"}


class Counting:
    """The hasher, noting each hash that it was asked about."""

    def __init__(self, hasher):
        self._hasher, self.asked = hasher, []

    def verify(self, known, password):
        self.asked.append(known)
        return self._hasher.verify(known, password)


def wrong_try(client, page, email):
    return client.post("/sign-in", data={"csrf_token": page, "email": email, "password": "a guess of mine"}).status_code


def test_everybody_costs_one_hash_of_the_same_sort(app, people, monkeypatch):
    hasher = Counting(signing.HASHER)
    monkeypatch.setattr(signing, "HASHER", hasher)
    client = app.test_client()
    page = token(client, "/sign-in")
    assert [wrong_try(client, page, email) for email in people.values()] == [401] * 4
    assert len(hasher.asked) == 4
    assert len({asked.rsplit("$", 2)[0] for asked in hasher.asked}) == 1


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_known_and_unknown_people_take_the_same_time(app, people):
    client = app.test_client()
    page, took = token(client, "/sign-in"), {sort: [] for sort in people}
    for turn in range(TRIES + 10):
        for sort, email in people.items():
            began = time.perf_counter()
            wrong_try(client, page, email)
            if turn >= 10:
                took[sort].append(time.perf_counter() - began)
    medians = {sort: statistics.median(times) for sort, times in took.items()}
    assert max(medians.values()) <= min(medians.values()) * (1 + NEAR), medians


def all_at_once(acts):
    """What each gave, all begun at the same moment."""
    results, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        results.append(act())

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_ten_guesses_an_hour_however_many_come_at_once(app, world, database):
    configure(app, rate_limits=True)
    clients = [app.test_client() for _ in range(30)]
    tries = [partial(wrong_try, client, token(client, "/sign-in"), "ben@example.org") for client in clients]
    assert all_at_once(tries) == [401] * 10 + [429] * 20
    with database.read() as session:
        assert max(row.failures for row in session.query(Throttle)) == 10


def at_once(database, act, times=12):
    """What became of so many who did the same at the same moment, each in a transaction."""
    def once():
        try:
            with database.write() as session:
                act(session)
        except Problem as problem:
            return problem.code
        return "in"
    return all_at_once([once] * times)


def test_a_code_lets_in_once_however_many_use_it_at_once(app, database, world):
    seal, ben_id = app.extensions["seal"], world.people["ben"]
    with database.write() as session:
        ben, offer = session.get(Person, ben_id), new_offer(ben_id, seal)
        totp = pyotp.TOTP(offered_secret(ben_id, offer, seal))
        codes = enrol(session, actor(session, ben_id), ben, offer=offer, code=totp.at(clock.now()), seal=seal)
    for code in (next_code(totp), codes[0]):
        got = at_once(database, lambda session, code=code: prove_code(session, actor(session, ben_id), code, seal))
        assert got.count("in") == 1
        assert set(got) <= {"in", "code.refused", "session.throttled"}


def test_a_link_lets_in_once_however_many_use_it_at_once(database, world):
    with database.write() as session:
        link = issue_link(session, SYSTEM, session.get(Person, world.people["ben"]))
    got = at_once(database, lambda session: redeem(session, link, password="another long sentence"), times=6)
    assert got == ["in", *["link.spent"] * 5]


def test_a_revoked_device_is_refused_at_its_next_request_a_hundred_times_of_a_hundred(app, database, world, sign_in):
    eva, statuses = sign_in("eva"), []
    address = f"/people/{world.people['ben']}"
    page = token(eva, address)
    for _ in range(100):
        with database.write() as session:
            secret = begin_session(session, session.get(Person, world.people["ben"]), label="phone")
        ben = app.test_client()
        ben.set_cookie("fieldscore", secret)
        assert ben.get("/devices").status_code == 200
        device = device_of(database, world.people["ben"])
        assert eva.post(f"{address}/devices/{device}/revocation", data={"csrf_token": page}).status_code == 303
        statuses.append(ben.get("/devices").status_code)
    assert statuses == [401] * 100
