"""Passkeys: made by one who is signed in, then good for signing in; each question is answered once."""

import json
from datetime import timedelta

import pytest

from field import clock
from field.models import Challenge, DeviceSession, Passkey, Person
from tests.web.authenticator import ORIGIN, Authenticator
from tests.web.pages import text, token
from tests.web.signing_in import configure, enrol, give_password

MAKE, PROVE, ENTER = "/me/passkeys/challenge", "/me/passkeys/proof", "/sign-in/passkey/challenge"


@pytest.fixture
def named(app, world):
    """The application at an address with a name, where browsers have passkeys."""
    return configure(app, base_url=ORIGIN)


def page_of(client, address):
    return token(client, "/sign-in" if address.startswith("/sign-in") else "/me")


def ask(client, address):
    answer = client.post(address, data={"csrf_token": page_of(client, address)})
    assert answer.status_code == 200
    return answer.json


def keep(client, made, label="Ben's phone"):
    return client.post("/me/passkeys", data={"csrf_token": token(client, "/me"), "credential": made, "label": label})


def enter(client, signed, **form):
    return client.post("/sign-in/passkey", data={"csrf_token": token(client, "/sign-in"), "credential": signed, **form})


@pytest.fixture
def key(named, sign_in):
    """Ben's passkey."""
    ben, key = sign_in("ben"), Authenticator()
    assert keep(ben, key.made(ask(ben, MAKE))).status_code == 303
    return key


def test_a_passkey_signs_in_without_password_or_code(named, key, sign_in, database, world):
    enrol(give_password(named, "ben")[0])
    client = named.test_client()
    answer = enter(client, key.signed(ask(client, ENTER)), next="/sites")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sites")
    assert client.get("/overview").status_code == 200
    with database.read() as session:
        kept = session.query(Passkey).one()
        assert (kept.person_id, kept.label, kept.sign_count) == (world.people["ben"], "Ben's phone", 1)


def test_nobody_is_named_by_the_question(named, key):
    asked = ask(named.test_client(), ENTER)
    assert asked.get("allowCredentials", []) == []
    assert (asked["rpId"], asked["userVerification"]) == ("localhost", "required")


def test_an_answer_is_good_once(named, key):
    client = named.test_client()
    signed = key.signed(ask(client, ENTER))
    assert enter(client, signed).status_code == 303
    again = enter(named.test_client(), signed)
    assert again.status_code == 401
    assert "The passkey" in text(again) or "Try it again" in text(again)


def test_a_wrong_answer_uses_the_question_up(named, key):
    client = named.test_client()
    asked = ask(client, ENTER)
    assert enter(client, Authenticator().signed(asked)).status_code == 401
    assert enter(client, key.signed(asked)).status_code == 401


def test_a_question_is_good_for_five_minutes(named, key, monkeypatch, database):
    client = named.test_client()
    asked = ask(client, ENTER)
    moment = clock.now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert enter(client, key.signed(asked)).status_code == 401
    ask(client, ENTER)
    with database.read() as session:
        assert session.query(Challenge).count() == 1


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"origin": "http://localhost:9999"}, {"verifies": False}])
def test_another_site_and_a_key_without_a_finger_are_refused(named, key, wrong):
    client = named.test_client()
    for name, value in wrong.items():
        setattr(key, name, value)
    assert enter(client, key.signed(ask(client, ENTER))).status_code == 401


def test_a_copied_key_is_noticed_by_its_count(named, key):
    for expected in (303, 401):
        client = named.test_client()
        key.count = 4
        assert enter(client, key.signed(ask(client, ENTER))).status_code == expected


def test_a_question_for_one_purpose_answers_no_other(named, key, sign_in):
    ben = sign_in("ben")
    assert enter(named.test_client(), key.signed(ask(ben, PROVE))).status_code == 401
    other = Authenticator()
    made = other.made({**ask(ben, MAKE), "challenge": ask(ben, PROVE)["challenge"]})
    assert keep(ben, made).status_code == 401


def test_somebody_elses_question_makes_no_passkey(named, sign_in, database):
    eva, ben = sign_in("eva"), sign_in("ben")
    assert keep(ben, Authenticator().made(ask(eva, MAKE))).status_code == 401
    with database.read() as session:
        assert session.query(Passkey).count() == 0


def test_one_passkey_belongs_to_one_person(named, key, sign_in):
    eva = sign_in("eva")
    assert keep(eva, key.made(ask(eva, MAKE))).status_code == 409


def test_a_removed_passkey_opens_nothing(named, key, sign_in, database):
    ben, eva = sign_in("ben"), sign_in("eva")
    with database.read() as session:
        address = f"/me/passkeys/{session.query(Passkey.id).scalar()}/removal"
    assert eva.post(address, data={"csrf_token": token(eva, "/me")}).status_code == 404
    assert ben.post(address, data={"csrf_token": token(ben, "/me")}).status_code == 303
    client = named.test_client()
    assert enter(client, key.signed(ask(client, ENTER))).status_code == 401


def test_one_who_is_switched_off_does_not_get_in(named, key, world, database):
    with database.write() as session:
        session.get(Person, world.people["ben"]).disabled_at = clock.now()
    client = named.test_client()
    assert enter(client, key.signed(ask(client, ENTER))).status_code == 401


def test_a_passkey_shows_again_that_it_is_oneself(named, key, sign_in, database, world):
    ben = sign_in("ben")
    with database.write() as session:
        for device in session.query(DeviceSession):
            device.proved_at = None
    form = {"csrf_token": token(ben, "/me")}
    assert ben.post("/me/recovery-codes", data=form).status_code == 403
    assert ben.post("/me/recovery-codes", data={**form, "proof_passkey": Authenticator().signed(ask(ben, PROVE))}).status_code == 401
    # The view itself answers: there is no second factor of which to renew the codes.
    assert ben.post("/me/recovery-codes", data={**form, "proof_passkey": key.signed(ask(ben, PROVE))}).status_code == 409


def test_hostile_answers_are_refused_and_never_break_anything(named, key):
    client = named.test_client()
    good = json.loads(key.signed(ask(client, ENTER)))
    hostile = ["", "{}", "[]", "null", "1", '"x"', "{", "\x00", json.dumps({**good, "response": []}), json.dumps({**good, "rawId": 1}),
               json.dumps({**good, "response": {**good["response"], "clientDataJSON": "W10"}}),
               json.dumps({**good, "response": {**good["response"], "clientDataJSON": "/////w"}}),
               json.dumps({**good, "response": {**good["response"], "authenticatorData": "AA"}}),
               json.dumps({**good, "response": {**good["response"], "signature": "AA"}}), "[" * 5000]
    for answer in hostile:
        asked = key.signed(ask(client, ENTER))
        with_challenge = answer.replace(good["response"]["clientDataJSON"], json.loads(asked)["response"]["clientDataJSON"])
        assert enter(client, with_challenge).status_code == 401, answer[:80]


def test_at_a_bare_number_there_are_none_and_the_page_says_why(app, sign_in):
    assert "passkey.js" not in text(app.test_client().get("/sign-in"))
    assert "address with a name and https" in text(sign_in("ben").get("/me"))


def test_only_pages_with_passkeys_load_their_script(named, sign_in):
    ben = sign_in("ben")
    assert ["passkey.js" in text(ben.get(address)) for address in ("/me", "/overview", "/sites", "/devices")] == [True, False, False, False]
