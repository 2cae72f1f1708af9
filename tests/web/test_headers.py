"""What stands on every answer, and what no request may do: headers, reading that writes, tokens, other sites, throttling."""

import re
import time
from email.utils import parsedate_to_datetime

import pytest

from field.models import DeviceSession, Person, Throttle
from field.operations import sign_in as signing
from field.operations.devices import begin_session
from field.web.headers import CSP
from tests.conftest import API
from tests.factories import PASSWORD
from tests.web.asking import Asking
from tests.web.pages import text, token
from tests.web.places import build_places, device_of, digest

STRICT = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; font-src 'self'; "
          "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
ALWAYS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
}


@pytest.fixture
def broken(app, monkeypatch):
    """The overview and the bootstrap raise."""
    def fall(*_args, **_given):
        raise ZeroDivisionError
    fall.policy = None
    for endpoint in ("overview.show", "api.bootstrap"):
        monkeypatch.setitem(app.view_functions, endpoint, fall)


def asked(client, *, api: bool) -> dict[int, object]:
    """Answers of every sort by their status."""
    base = "/api/v1" if api else ""
    tries = [("GET", "/receipt-keys" if api else "/sign-in", {}), ("GET", "/nothing", {}), ("POST", "/bootstrap" if api else "/overview", {}),
             ("GET", "/bootstrap" if api else "/overview", {}), ("GET", "/receipts" if api else "/people", {}),
             ("PUT" if api else "POST", "/visits/x/draft" if api else "/sign-in", {"data": b"x" * 33_000_000})]
    answers = [client.open(base + address, method=method, headers=API, **given) for method, address, given in tries]
    return {answer.status_code: answer for answer in answers}


@pytest.mark.parametrize("api", [False, True])
def test_the_strict_headers_stand_on_every_answer(app, world, broken, api):
    answers = asked(app.test_client(), api=api)
    assert {200, 401, 404, 405, 500} <= set(answers)
    for status, answer in answers.items():
        assert answer.headers["Content-Security-Policy"] == STRICT == CSP, status
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, status
        assert "microphone=()" in answer.headers["Permissions-Policy"]
        assert parsedate_to_datetime(answer.headers["Date"]).tzinfo, status
        assert "Access-Control-Allow-Origin" not in answer.headers
        if api:
            assert (answer.headers["X-Fieldscore"], answer.headers["Cache-Control"]) == ("1", "no-store"), status
            assert answer.mimetype == ("application/json" if status == 200 else "application/problem+json")
        else:
            assert answer.headers["Cache-Control"] == "no-store", status


def test_too_large_a_body_is_refused_with_all_headers(sign_in):
    part = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + b"x" * 2_000_000 + b"\r\n--b--\r\n"
    page = sign_in("eva").post("/people", data=part, content_type="multipart/form-data; boundary=b")
    assert page.status_code == 413
    assert page.headers["Content-Security-Policy"] == STRICT
    sent = sign_in("amira").put("/api/v1/visits/00000000-0000-4000-8000-000000000000/draft", data=b"x" * 2_000_000)
    assert (sent.status_code, sent.json["code"], sent.headers["X-Fieldscore"]) == (413, "request.too_large", "1")


def test_a_method_that_is_not_there_names_those_that_are(app, world):
    assert app.test_client().post("/overview").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_no_page_has_a_script_or_a_style_of_its_own(app, database, world, sign_in):
    asking = Asking(app, database, world, sign_in, build_places(database, world, sign_in))
    eva = sign_in("eva")
    inline = re.compile(rb"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:")
    pages = {address: eva.get(address) for address in gets(asking)}
    assert [address for address, page in pages.items() if page.mimetype == "text/html" and inline.search(page.data)] == []


def gets(asking: Asking) -> list[str]:
    """An address of every GET route; originals are left out, for each reading of one is written down."""
    ends = {rule.endpoint for rule in asking.app.url_map.iter_rules() if "GET" in rule.methods} - {"photos.original"}
    return [asking.address("eva", "near", "GET", end) for end in sorted(ends)]


@pytest.mark.parametrize("who", ["eva", "amira", "chen", "ben"])
def test_reading_never_writes(app, database, world, sign_in, who):
    asking = Asking(app, database, world, sign_in, build_places(database, world, sign_in))
    client, addresses = sign_in(who), gets(asking)
    before = digest(database)
    statuses = []
    for address in addresses:
        for method in ("GET", "HEAD", "OPTIONS"):
            with client.open(address, method=method) as answer:
                statuses.append(answer.status_code)
    assert statuses.count(200) > 30 and max(statuses) < 500
    assert digest(database) == before


def test_every_page_that_writes_wants_its_token(app, database, world, sign_in):
    asking = Asking(app, database, world, sign_in, build_places(database, world, sign_in))
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods and not rule.endpoint.startswith("api.")}
    eva = sign_in("eva")
    other = token(sign_in("chen"), "/devices")
    addresses = [asking.address("eva", "near", "POST", endpoint) for endpoint in sorted(posts)]
    before = digest(database)
    for address in addresses:
        for form in ({}, {"csrf_token": "x"}, {"csrf_token": other}):
            assert eva.post(address, data=form).status_code == 400, address
    assert digest(database) == before


@pytest.mark.parametrize("there", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)",
    "/%0d%0aSet-Cookie:x", " /overview", "http:evil.example", "/\n/evil.example"])
def test_signing_in_never_leads_to_another_site(app, world, there):
    client = app.test_client()
    form = {"csrf_token": token(client, "/sign-in"), "email": "ben@example.org", "password": PASSWORD, "next": there}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 303
    assert answer.headers["Location"] in ("/", "/%0d%0aSet-Cookie:x", "/overview")
    assert len(answer.headers.getlist("Set-Cookie")) <= 2


def test_signing_in_leads_on_to_a_page_of_ours(app, world):
    client = app.test_client()
    form = {"csrf_token": token(client, "/sign-in"), "email": "ben@example.org", "password": PASSWORD, "next": "/sites?q=mill"}
    assert client.post("/sign-in", data=form).headers["Location"] == "/sites?q=mill"


@pytest.fixture
def limited(app):
    """The application with its limits on; the settings are frozen, so that they are swapped whole."""
    app.config["FIELDSCORE"] = app.config["FIELDSCORE"].__class__(**{**vars(app.config["FIELDSCORE"]), "rate_limits": True})
    return app


def tried(client, form, times):
    return [client.post("/sign-in", data=form) for _ in range(times)]


def test_ten_wrong_passwords_close_an_account_for_a_while(limited, world, monkeypatch, database):
    monkeypatch.setattr(signing, "HASHER", _Quick())
    client = limited.test_client()
    form = {"csrf_token": token(client, "/sign-in"), "email": "ben@example.org", "password": "wrong"}
    answers = tried(client, form, 11)
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 60
    assert tried(client, {**form, "password": PASSWORD}, 1)[0].status_code == 429
    assert tried(client, {**form, "email": " BEN@example.org "}, 1)[0].status_code == 429
    assert tried(client, {**form, "email": "chen@example.org"}, 1)[0].status_code == 401


def test_one_address_cannot_try_many_accounts(limited, world, monkeypatch, database):
    monkeypatch.setattr(signing, "HASHER", _Quick())
    client = limited.test_client()
    form = {"csrf_token": token(client, "/sign-in"), "password": "wrong"}
    statuses = [client.post("/sign-in", data={**form, "email": f"nobody-{n}@example.org"}).status_code for n in range(61)]
    assert statuses == [401] * 60 + [429]
    with database.read() as session:
        assert all("@" not in row.key for row in session.query(Throttle))


class _Quick:
    """A hasher that knows nobody and takes no time: these tests count tries."""

    def verify(self, _known, _password):
        return False


class _Counting:
    """A hasher that notes which hashes it was asked about."""

    def __init__(self, hasher, asked_for):
        self._hasher, self._asked_for = hasher, asked_for

    def verify(self, known, password):
        self._asked_for.append(known)
        return self._hasher.verify(known, password)


def test_known_and_unknown_people_cost_the_same_work(app, world, monkeypatch):
    asked_for = []
    monkeypatch.setattr(signing, "HASHER", _Counting(signing.HASHER, asked_for))
    client = app.test_client()
    form = {"csrf_token": token(client, "/sign-in"), "password": "wrong"}
    answers = [client.post("/sign-in", data={**form, "email": email}) for email in ("ben@example.org", "nobody@example.org")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert len(asked_for) == 2
    assert {known.rsplit("$", 2)[0] for known in asked_for} == {asked_for[0].rsplit("$", 2)[0]}
    same = [text(answer).replace(email, "") for answer, email in zip(answers, ("ben@example.org", "nobody@example.org"), strict=True)]
    assert same[0] == same[1]


def test_a_revoked_device_is_out_at_its_next_request(sign_in, world, database):
    ben = sign_in("ben")
    assert ben.get("/devices").status_code == 200
    device = device_of(database, world.people["ben"])
    assert ben.post(f"/devices/{device}/revocation", data={"csrf_token": token(ben, "/devices")}).status_code == 303
    assert ben.get("/overview").status_code == 401
    amira = sign_in("amira")
    with database.write() as session:
        device = session.get(DeviceSession, device_of(database, world.people["amira"]))
        device.revoked_at = device.created_at
    assert (amira.get("/api/v1/bootstrap").status_code, amira.get("/api/v1/bootstrap").json["code"]) == (401, "session.required")


def test_the_cookie_is_out_of_reach_and_its_token_is_kept_nowhere(app, world, database):
    client = app.test_client()
    form = {"csrf_token": token(client, "/sign-in"), "email": "ben@example.org", "password": PASSWORD}
    cookie = next(each for each in client.post("/sign-in", data=form).headers.getlist("Set-Cookie") if each.startswith("fieldscore="))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain" not in cookie
    secret = cookie.split("=", 1)[1].split(";")[0]
    with database.read() as session:
        assert secret not in repr([vars(row) for row in session.query(DeviceSession)])


def test_a_person_signs_in_anew_each_time(database, world):
    with database.write() as session:
        ben = session.get(Person, world.people["ben"])
        assert len({begin_session(session, ben, label="x") for _ in range(3)}) == 3


def test_the_clock_of_the_answers_is_the_servers(app, world):
    date = parsedate_to_datetime(app.test_client().get("/healthz").headers["Date"])
    assert abs(date.timestamp() - time.time()) < 5
