"""Links, the own page, and proving again that it is oneself."""

import re
from datetime import timedelta

import pytest
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from field import clock
from field.models import DeviceSession, Person
from field.models.person import select_person
from field.operations import sign_in as signing
from tests.factories import PASSWORD
from tests.web.pages import text, token
from tests.web.signing_in import configure, give_password

NEW = "another long sentence"


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def invite(eva, **values):
    form = {"csrf_token": token(eva, "/people/new"), "name": "Fay", "email": "fay@example.org", "password": "", "language": "en",
            "roles-0-role": "manager", "roles-0-region": "north", "roles-0-site": "", **values}
    return eva.post("/people", data=form)


def link_in(answer):
    return re.search(r"http://127\.0\.0\.1:8000(/links/[\w-]{43})<", text(answer)).group(1)


def use(client, link, **form):
    return client.post(link, data={"csrf_token": token(client, link), **form})


def test_an_administrator_invites_and_the_person_is_in_after_one_page(app, eva, database):
    answer = invite(eva)
    assert answer.status_code == 201
    fay = app.test_client()
    link = link_in(answer)
    assert 'value="Fay"' in text(fay.get(link))
    assert use(fay, link, name="Fay Lund", password=NEW).status_code == 303
    assert fay.get("/overview").status_code == 200
    assert give_password(app, "fay", NEW)[1].headers["Location"] == "/"
    with database.read() as session:
        assert session.scalar(select_person("fay@example.org")).name == "Fay Lund"


def test_a_used_a_wrong_and_an_old_link_say_what_to_do(app, eva, monkeypatch):
    link = link_in(invite(eva))
    client = app.test_client()
    use(client, link, name="Fay", password=NEW)
    other = link_in(invite(eva, email="gus@example.org"))
    moment = clock.now() + timedelta(hours=72, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    for spent in (link, "/links/" + "x" * 43, other):
        answer = app.test_client().get(spent)
        assert answer.status_code == 410
        assert "Ask an administrator for a new one." in text(answer)


def test_looking_at_a_link_does_not_use_it(app, eva):
    link = link_in(invite(eva))
    for _ in range(3):
        assert app.test_client().get(link).status_code == 200
    assert use(app.test_client(), link, name="Fay", password=NEW).status_code == 303


def test_a_short_password_keeps_the_link_and_what_was_typed(app, eva):
    link, client = link_in(invite(eva)), app.test_client()
    answer = use(client, link, name="Fay Lund", password="short")
    assert answer.status_code == 422
    assert 'value="Fay Lund"' in text(answer)
    assert use(client, link, name="Fay Lund", password=NEW).status_code == 303


def test_a_password_that_everybody_tries_is_refused_where_it_is_chosen(app, eva):
    link, client = link_in(invite(eva)), app.test_client()
    answer = use(client, link, name="Fay Lund", password="Password123")
    assert answer.status_code == 422
    assert "This is one of the passwords that are tried first." in text(answer)
    assert use(client, link, name="Fay Lund", password=NEW).status_code == 303


def test_links_are_tried_thirty_times_a_minute(app, world):
    app.extensions["limiter"] = FixedWindowRateLimiter(MemoryStorage())
    client = app.test_client()
    assert [client.get("/links/guess").status_code for _ in range(31)] == [410] * 30 + [429]


def test_an_administrators_link_leads_one_back_in_who_forgot_the_password(app, eva, world):
    address = f"/people/{world.people['ben']}"
    link = link_in(eva.post(f"{address}/link", data={"csrf_token": token(eva, address)}))
    ben = app.test_client()
    assert use(ben, link, password=NEW).status_code == 303
    assert give_password(app, "ben", PASSWORD)[1].status_code == 401
    assert give_password(app, "ben", NEW)[1].status_code == 303


def test_the_own_page_changes_name_and_password(app, sign_in, world, database):
    ben, other = sign_in("ben"), sign_in("ben")
    page = {"csrf_token": token(ben, "/me")}
    assert ben.post("/me", data={**page, "name": "Benjamin", "language": "en"}).status_code == 303
    assert ben.post("/me/password", data={**page, "present": PASSWORD, "password": NEW}).status_code == 303
    assert ben.get("/me").status_code == 200
    assert other.get("/me").status_code == 401
    assert give_password(app, "ben", NEW)[1].status_code == 303
    with database.read() as session:
        assert session.get(Person, world.people["ben"]).name == "Benjamin"


def test_a_new_password_wants_the_present_one(app, sign_in):
    ben = sign_in("ben")
    answer = ben.post("/me/password", data={"csrf_token": token(ben, "/me"), "present": "a guess of mine", "password": NEW})
    assert answer.status_code == 422
    assert "This is not your password." in text(answer)
    assert give_password(app, "ben", PASSWORD)[1].status_code == 303


def test_guessing_the_present_password_is_throttled_like_signing_in(app, sign_in):
    configure(app, rate_limits=True)
    ben = sign_in("ben")
    form = {"csrf_token": token(ben, "/me"), "present": "a guess of mine", "password": NEW}
    assert [ben.post("/me/password", data=form).status_code for _ in range(11)] == [422] * 10 + [429]


def test_a_session_that_ran_out_is_no_device_any_more(eva, sign_in, world, database):
    sign_in("eva")
    assert text(eva.get("/devices")).count("/revocation") == 2
    with database.write() as session:
        forgotten = session.query(DeviceSession).filter_by(person_id=world.people["eva"]).order_by(DeviceSession.created_at.desc()).first()
        forgotten.seen_at = clock.now() - timedelta(hours=3)
    assert text(eva.get("/devices")).count("/revocation") == 1


def test_all_other_devices_end_at_once(sign_in):
    here, *others = (sign_in("ben") for _ in range(3))
    assert here.post("/devices/revocation", data={"csrf_token": token(here, "/me")}).status_code == 303
    assert [client.get("/me").status_code for client in (here, *others)] == [200, 401, 401]


@pytest.fixture
def stale(sign_in, database, world):
    """Eva, who showed a quarter of an hour ago that it is her."""
    client = sign_in("eva")
    with database.write() as session:
        for device in session.query(DeviceSession):
            device.proved_at = clock.now() - timedelta(minutes=15)
    return client


def role_form(client, world, **more):
    address = f"/people/{world.people['anna']}"
    return address, {"csrf_token": token(client, address), "name": "Anna", "language": "en", "active": "y",
                     "roles-0-role": "administrator", "roles-0-region": "", **more}


def roles_of(database, world, name):
    with database.read() as session:
        return [grant.role for grant in session.get(Person, world.people[name]).grants]


def test_a_role_is_given_only_after_showing_again_who_one_is(stale, world, database):
    address, form = role_form(stale, world)
    asked = stale.post(address, data=form)
    assert asked.status_code == 403
    assert roles_of(database, world, "anna") == ["inspector"]
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text(asked)))
    assert {name: kept[name] for name in form if name != "csrf_token"} == {name: value for name, value in form.items() if name != "csrf_token"}
    assert stale.post(address, data={**kept, "proof": "a guess of mine"}).status_code == 422
    assert roles_of(database, world, "anna") == ["inspector"]
    assert stale.post(address, data={**kept, "proof": PASSWORD}).status_code == 303
    assert roles_of(database, world, "anna") == ["administrator"]
    assert stale.post(address, data=form).status_code == 303


def test_whoever_guesses_at_showing_who_one_is_learns_how_long_to_wait(app, stale, world):
    configure(app, rate_limits=True)
    address, form = role_form(stale, world)
    answers = [stale.post(address, data={**form, "proof": "a guess of mine"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert 60 < int(answers[-1].headers["Retry-After"]) <= 3600


@pytest.mark.parametrize("address, form", [
    ("/people", {"name": "Gus", "email": "gus@example.org", "password": "", "language": "en", "roles-0-role": "administrator"}),
    ("/people/{anna}/password", {"password": NEW}), ("/people/{anna}/link", {}), ("/people/{anna}/second-factor/removal", {}),
    ("/me/second-factor", {"offer": "x", "code": "1"}), ("/me/second-factor/removal", {}), ("/me/recovery-codes", {}),
    ("/me/passkeys", {"credential": "{}"}), ("/me/passkeys/00000000-0000-4000-8000-000000000000/removal", {}),
])
def test_what_opens_doors_wants_a_recent_proof(stale, world, address, form):
    answer = stale.post(address.format(**world.people), data={"csrf_token": token(stale, "/me"), **form})
    assert answer.status_code == 403
    assert "Is it you?" in text(answer)


def test_without_the_pages_token_no_password_is_even_looked_at(stale, world, monkeypatch):
    asked = []
    monkeypatch.setattr(signing, "person_with", lambda *given: asked.append(given))
    address, form = role_form(stale, world, csrf_token="x", proof=PASSWORD)
    assert stale.post(address, data=form).status_code == 400
    assert asked == []
