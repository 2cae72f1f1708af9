"""Behind https: which names are answered, which origins are ours, and what the cookies say."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from field import create_app
from tests.conftest import API, SETTINGS

Served = Callable[[str], FlaskClient]


@pytest.fixture
def served(tmp_path, new_database) -> Iterator[Served]:
    """A client of a server that is told this base URL."""
    made: list[Flask] = []

    def serve(base_url: str) -> FlaskClient:
        made.append(create_app({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": new_database(),
                                **SETTINGS, "FIELDSCORE_RATE_LIMITS": "on", "FIELDSCORE_BASE_URL": base_url}))
        return made[-1].test_client()
    yield serve
    for app in made:
        app.extensions["decoder"].close()
        app.extensions["database"].dispose()


def asked(client: FlaskClient, host: str, path: str = "/sign-in") -> int:
    return client.get(path, headers={**API, "Host": host}).status_code


@pytest.mark.parametrize(("base_url", "host"), [
    ("https://scores.example.org", "scores.example.org"), ("https://Scores.Example.org/", "scores.example.org"),
    ("https://scores.example.org", "SCORES.example.org:443"), ("https://scores.example.org:8443", "scores.example.org:8443"),
    ("https://[2001:db8::1]:8443", "[2001:db8::1]:8443"), ("https://[2001:0DB8:0::1]", "[2001:db8::1]"), ("https://192.168.1.7:8443", "192.168.1.7:8443"),
    ("https://bücher.example", "xn--bcher-kva.example"), ("https://scores.example.org", "127.0.0.1:8000"), ("https://scores.example.org", "localhost:8000"),
    ("https://scores.example.org", "[::1]:8000"), ("http://127.0.0.1:8000", "other.example"),
])
def test_a_server_answers_at_its_name_and_from_this_machine(served: Served, base_url: str, host: str):
    assert asked(served(base_url), host) == 200


@pytest.mark.parametrize("host", ["other.example", "scores.example.org.evil.example", "127.0.0.1.evil.example", "[2001:db8::2]", "evil.example:443"])
def test_other_names_are_refused_but_for_probes(served: Served, host: str):
    client = served("https://scores.example.org")
    page = client.get("/sign-in", headers={"Host": host})
    assert page.status_code == 400 and "Unknown address" in page.text
    answer = client.get("/api/v1/receipt-keys", headers={**API, "Host": host})
    assert (answer.status_code, answer.get_json()["code"], answer.headers["X-Fieldscore"]) == (400, "request.host", "1")
    assert asked(client, host, "/healthz") == 200 != asked(client, host, "/nothing")
    assert client.get("/readyz", headers={"Host": host}).get_json()["photos"] is True


@pytest.mark.parametrize(("base_url", "origin", "code"), [
    ("https://scores.example.org", "https://scores.example.org", "session.required"),
    ("https://Scores.Example.org:443/", "https://scores.example.org", "session.required"),
    ("https://scores.example.org", "http://scores.example.org", "request.cross_site"),
    ("https://scores.example.org", "https://scores.example.org:8443", "request.cross_site"),
    ("http://127.0.0.1:8000", "http://scores.example.org", "session.required"),
])
def test_an_origin_has_our_own_scheme_host_and_port(served: Served, base_url: str, origin: str, code: str):
    answer = served(base_url).post("/api/v1/receipts:known", json={}, headers={**API, "Host": "scores.example.org", "Origin": origin})
    assert answer.get_json()["code"] == code


@pytest.mark.parametrize(("base_url", "name"), [("https://scores.example.org", "__Host-session"), ("http://127.0.0.1:8000", "session")])
def test_the_cookie_of_the_pages_tokens_is_as_safe_as_that_of_the_session(served: Served, base_url: str, name: str):
    cookie = served(base_url).get("/sign-in", headers={"Host": "127.0.0.1"}).headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=") and {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) == base_url.startswith("https")


def test_the_way_to_the_app_keeps_scheme_and_host(served: Served):
    answer = served("https://scores.example.org").get("/app", headers={"Host": "scores.example.org"})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/app/")
