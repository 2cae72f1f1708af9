"""The second step of signing in, who has to set it up, and who is left in peace."""

from datetime import timedelta

import pytest

from field import clock
from field.access import SYSTEM, Grant, Role
from field.models import AuditEntry, Person
from field.operations.links import issue_link
from field.operations.people import change_person
from tests.conftest import API
from tests.factories import PASSWORD
from tests.web.pages import text, token
from tests.web.places import digest
from tests.web.signing_in import configure, enrol, give_code, give_password, next_code

DESK = ("/overview", "/sites", "/questionnaires", "/me", "/devices", "/overview.csv", "/people")


@pytest.fixture
def required(app, world):
    return configure(app, second_factor="required")


@pytest.fixture
def ben(required):
    """Ben's app for codes and his recovery codes, once he has set them up."""
    client, _ = give_password(required, "ben")
    app, codes, answer = enrol(client)
    assert answer.status_code == 200
    return app, codes


@pytest.mark.parametrize("name", ["eva", "chen", "ben"])
def test_administrators_reviewers_and_managers_are_led_to_set_it_up_and_nowhere_else(required, name, database):
    client, answer = give_password(required, name, next="/sites?q=mill")
    assert answer.headers["Location"] == "/me/second-factor?next=/sites?q%3Dmill"
    assert client.get("/").headers["Location"] == "/me/second-factor"
    for address in DESK:
        led = client.get(address)
        assert (led.status_code, led.headers["Location"].split("?")[0]) == (303, "/me/second-factor"), address
    page, before = token(client, "/me/second-factor"), digest(database)
    for address in ("/me", "/me/password", "/devices/revocation", "/people", "/regions"):
        assert client.post(address, data={"csrf_token": page}).status_code == 401, address
    assert digest(database) == before
    assert client.get("/api/v1/bootstrap", headers=API).status_code == 401


def test_after_setting_it_up_the_desk_is_open_under_a_new_cookie(required):
    client, _ = give_password(required, "ben")
    first = client.get_cookie("fieldscore").value
    _app, codes, answer = enrol(client)
    assert len(set(codes)) == 10
    assert client.get_cookie("fieldscore").value != first
    assert client.get("/overview").status_code == 200
    assert not any(code in text(client.get(address)) for code in codes for address in ("/me", "/me/second-factor"))
    old = required.test_client()
    old.set_cookie("fieldscore", first)
    assert old.get("/overview").status_code == 401
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["amira", "dora"])
def test_inspectors_and_staff_sign_in_as_ever(required, name):
    client, answer = give_password(required, name)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.get("/devices").status_code == 200
    if name == "amira":
        assert client.get("/api/v1/bootstrap", headers=API).status_code == 200


def test_where_it_is_optional_nobody_has_to_and_everybody_may(app, world):
    client, answer = give_password(app, "amira")
    assert answer.headers["Location"] == "/"
    assert enrol(client)[2].status_code == 200
    again, answer = give_password(app, "amira")
    assert answer.headers["Location"] == "/sign-in/code"
    assert again.get("/api/v1/bootstrap", headers=API).status_code == 401


def test_a_password_alone_opens_nothing_any_more(required, ben, database):
    client, answer = give_password(required, "ben", next="/sites")
    assert answer.headers["Location"] == "/sign-in/code?next=/sites"
    for address in (*DESK, "/me/second-factor"):
        assert client.get(address).headers["Location"].startswith("/sign-in/code"), address
    page, before = token(client, "/sign-in/code"), digest(database)
    for address in ("/me", "/me/password", "/me/second-factor", "/me/second-factor/removal", "/me/recovery-codes", "/devices/revocation"):
        assert client.post(address, data={"csrf_token": page, "present": PASSWORD, "password": "a sentence of mine"}).status_code == 401
    assert digest(database) == before


def test_the_code_opens_the_desk_once(required, ben):
    app, _codes = ben
    client, _ = give_password(required, "ben", next="/sites")
    first, code = client.get_cookie("fieldscore").value, next_code(app)
    answer = give_code(client, code, next="/sites")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sites")
    assert client.get_cookie("fieldscore").value != first
    assert client.get("/overview").status_code == 200
    again, _ = give_password(required, "ben")
    answer = give_code(again, code)
    assert answer.status_code == 401
    assert "Each code works once." in text(answer)
    assert again.get("/overview").status_code == 303


def test_a_recovery_code_opens_the_desk_once(required, ben):
    for expected in (303, 401):
        client, _ = give_password(required, "ben")
        assert give_code(client, ben[1][0]).status_code == expected


def test_five_wrong_codes_close_the_second_step_whatever_the_password(required, ben):
    client, _ = give_password(required, "ben")
    assert [give_code(client, "000000").status_code for _ in range(6)] == [401] * 5 + [429]
    again, _ = give_password(required, "ben")
    closed = give_code(again, next_code(ben[0]))
    assert closed.status_code == 429
    assert 60 < int(closed.headers["Retry-After"]) <= 3600


def test_a_right_password_does_not_forgive_tries_while_the_code_is_to_come(required, ben):
    configure(required, rate_limits=True)
    statuses = [give_password(required, "ben", "a guess of mine" if n % 2 else PASSWORD)[1].status_code for n in range(11)]
    assert statuses[-1] == 429


def test_the_step_waits_ten_minutes(required, ben, monkeypatch):
    client, _ = give_password(required, "ben")
    moment = clock.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert client.get("/sign-in/code").status_code == 401


def test_one_can_leave_at_each_step(required, ben):
    for name in ("ben", "chen"):
        client, _ = give_password(required, name)
        assert client.post("/sign-out", data={"csrf_token": token(client, "/sign-out")}).status_code == 303
        assert client.get("/me").status_code == 401


def test_a_role_that_needs_it_asks_at_the_next_request(required, sign_in, world, database):
    amira = sign_in("amira")
    with database.write() as session:
        change_person(session, SYSTEM, session.get(Person, world.people["amira"]), name="Amira", language="en", active=True,
                      grants=[Grant(Role.INSPECTOR), Grant(Role.REVIEWER)])
    assert amira.get("/reviews").headers["Location"].startswith("/me/second-factor")
    assert amira.get("/api/v1/bootstrap").status_code == 401


def test_who_needs_it_cannot_remove_it_but_may_set_up_another_app(required, ben):
    client, _ = give_password(required, "ben")
    give_code(client, ben[1][0])
    page = {"csrf_token": token(client, "/me")}
    assert "Remove the second factor" not in text(client.get("/me"))
    assert client.post("/me/second-factor/removal", data=page).status_code == 409
    other, codes, _ = enrol(client)
    again, _ = give_password(required, "ben")
    assert give_code(again, ben[1][1]).status_code == 401
    assert give_code(again, codes[0]).status_code == 303
    assert other.secret != ben[0].secret


def test_an_administrator_helps_one_who_lost_phone_and_codes(required, ben, sign_in, world, database):
    configure(required, second_factor="optional")
    eva, address = sign_in("eva"), f"/people/{world.people['ben']}"
    assert eva.post(f"{address}/second-factor/removal", data={"csrf_token": token(eva, address)}).status_code == 303
    assert give_password(required, "ben")[1].headers["Location"] == "/"
    with database.read() as session:
        actions = [entry.action for entry in session.query(AuditEntry).filter_by(subject_id=world.people["ben"])]
    assert {"second_factor.added", "second_factor.removed", "session.begun", "session.raised"} <= set(actions)


def test_a_reset_by_link_does_not_get_round_the_code(required, ben, database, world):
    with database.write() as session:
        link = f"/links/{issue_link(session, SYSTEM, session.get(Person, world.people['ben']))}"
    client = required.test_client()
    answer = client.post(link, data={"csrf_token": token(client, link), "password": "another long sentence"})
    assert answer.headers["Location"] == "/sign-in/code"
    assert client.get("/overview").status_code == 303
    assert give_code(client, next_code(ben[0])).status_code == 303
