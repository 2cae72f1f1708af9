"""protocol.md §8: every code of the sync API, by one request that gets it; what it left behind; that it repeats."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from field.errors import CATALOGUE
from field.models import Photo, RefusedCopy, Visit
from field.web import api
from tests.factories import content_digest, dumps, photo, photo_entry, revision
from tests.web.pages import draft_of, put, send
from tests.web.places import NOBODYS, digest

#: Code: status, whether it is tried again, and whether the bytes are kept as a copy for the reviewer.
PROMISED = {
    "request.headers": (400, False), "request.cross_site": (403, False), "request.not_found": (404, False), "request.method": (405, False),
    "request.length_required": (411, False), "request.too_large": (413, False), "request.media": (415, False), "request.too_many": (429, True),
    "json.invalid": (400, False), "digest.required": (400, False), "digest.mismatch": (422, False), "session.required": (401, False),
    "access.denied": (403, False), "client.too_old": (426, False), "receipt.unknown": (404, False), "photo.too_large": (413, False),
    "photo.kind": (415, False), "photos.too_many": (409, False), "photos.missing": (409, False), "draft.invalid": (422, False),
    "body.invalid": (422, False), "revision.invalid": (422, False), "revision.unexpected": (409, False), "revision.differs": (409, False),
    "site.unknown": (422, False), "questionnaire.unknown": (422, False), "visit.owner_mismatch": (403, False), "store.full": (507, True),
    "store.busy": (503, True), "server.broken": (500, True),
}
COPIED = {"json.invalid", "revision.invalid", "revision.unexpected", "revision.differs", "site.unknown", "questionnaire.unknown"}
RETRIED = {408, 425, 429}


@dataclass(frozen=True)
class Asked:
    """One request that is to be refused: from the world and a fresh visit's body to what is sent."""

    method: str
    path: str
    body: Callable[[dict[str, Any]], Any] = lambda body: body
    headers: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


DRAFT, REVISION, MISSING = "/visits/{visit}/draft", "/visits/{visit}/revisions/1", "/visits/{visit}/photos:missing"
REFUSED: dict[str, list[Asked]] = {
    "request.headers": [Asked("PUT", DRAFT, draft_of, {"X-Device": "Phone"}), Asked("PUT", DRAFT, draft_of, {"X-App-Build": "new"}),
                        Asked("GET", "/receipt-keys", headers={"X-Device": "5A0B7C7E-3F0F-4C57-9D0C-0A6B6C1D2E3F"})],
    "request.cross_site": [
        Asked("PUT", DRAFT, draft_of, {"X-Requested-With": "x"}), Asked("PUT", REVISION, headers={"Sec-Fetch-Site": "cross-site"}),
        Asked("PUT", REVISION, headers={"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}),
        Asked("PUT", REVISION, headers={"Origin": "http://evil.example"}), Asked("PUT", REVISION, headers={"Origin": "null"}),
        Asked("PUT", REVISION, headers={"Origin": "http://localhost:81"}), Asked("DELETE", "/session", headers={"X-Requested-With": ""})],
    "request.not_found": [
        Asked("GET", "/nothing"), Asked("GET", "/bootstrap/"), Asked("GET", "//bootstrap"), Asked("PUT", "/visits/{VISIT}/draft", draft_of),
        Asked("GET", "/visits/{visit}/draft"), Asked("GET", REVISION), Asked("GET", f"{REVISION}/receipt"),
        Asked("PUT", "/visits/{visit}/revisions/01"),
        Asked("PUT", "/visits/{visit}/revisions/0"), Asked("PUT", "/visits/{visit}/revisions/-1"), Asked("GET", "/questionnaires/small/9"),
        Asked("GET", "/visits/{visit}/photos/" + "0" * 64), Asked("PUT", "/visits/{visit}/photos/" + "A" * 64)],
    "request.method": [Asked("POST", "/bootstrap"), Asked("DELETE", DRAFT), Asked("PATCH", REVISION)],
    "request.too_large": [Asked("PUT", DRAFT, lambda _: b" " * 1_048_577), Asked("PUT", REVISION, lambda _: b" " * 1_048_577)],
    "request.media": [Asked("PUT", DRAFT, draft_of, {"Content-Encoding": "gzip"}),
                      Asked("PUT", REVISION, headers={"Content-Encoding": "br"}),
                      Asked("POST", MISSING, lambda _: {"hashes": []}, {"Content-Encoding": "deflate"})],
    "json.invalid": [Asked("PUT", DRAFT, lambda _: b"{"), Asked("PUT", REVISION, lambda _: b"{"),
                     Asked("POST", MISSING, lambda _: b'{"hashes":[],"hashes":[]}'),
                     Asked("PUT", REVISION, lambda body: dumps(body).replace(b'"answers":{', b'"answers":{"deep":' + b"[" * 32 + b"]" * 32 + b","))],
    "digest.required": [Asked("PUT", DRAFT, draft_of, left_out=("Content-Digest",)),
                        *(Asked("PUT", REVISION, headers={"Content-Digest": text}) for text in (
                            "", "sha-512=:AAAA:", "sha-256=:notbase64!:", "sha-256=AAAA", "sha-256=:" + "A" * 43 + ":", "SHA256=:x:"))],
    "digest.mismatch": [Asked("PUT", REVISION, headers={"Content-Digest": content_digest(b"other")}),
                        Asked("PUT", "/visits/{visit}/photos/" + "0" * 64, lambda _: photo(1))],
    "session.required": [Asked("GET", "/bootstrap", headers={"Cookie": "fieldscore=nobody"}), Asked("PUT", REVISION, headers={"Cookie": ""})],
    "client.too_old": [Asked("PUT", DRAFT, draft_of, {"X-App-Build": "0-old"}), Asked("GET", "/receipts", headers={"X-App-Build": "0-old"})],
    "receipt.unknown": [Asked("GET", f"/receipts?after={NOBODYS}"), Asked("GET", "/receipts?after=x")],
    "photo.kind": [Asked("PUT", f"/visits/{{visit}}/photos/{sha256(data).hexdigest()}", lambda _, data=data: data)
                   for data in (b"GIF89a" + b"\0" * 99, photo(1, (63, 63)), photo(2, (2100, 100)))],
    "photo.too_large": [Asked("PUT", "/visits/{visit}/photos/" + "0" * 64, lambda _: b"\xff\xd8" + b"\0" * 20_000_000)],
    "photos.missing": [Asked("PUT", REVISION, lambda body: {**body, "photos": [photo_entry(photo(9))]})],
    "draft.invalid": [Asked("PUT", DRAFT, lambda body: {**draft_of(body), "typo": 1}), Asked("PUT", DRAFT, lambda body: draft_of(body, -1)),
                      Asked("PUT", DRAFT, lambda body: draft_of(body, True)), Asked("PUT", DRAFT, lambda body: {**draft_of(body), "visit": NOBODYS}),
                      Asked("PUT", DRAFT, lambda body: []), Asked("PUT", DRAFT, lambda body: {**draft_of(body), "schema": 2})],
    "body.invalid": [Asked("POST", MISSING, lambda _: {"hashes": ["0" * 64] * 201}), Asked("POST", MISSING, lambda _: {"hashes": [], "typo": 1}),
                     Asked("POST", MISSING, lambda _: {"hashes": ["x"]}), Asked("POST", MISSING, lambda _: []),
                     Asked("POST", "/receipts:known", lambda _: {"receipts": ["x"] * 201}),
                     Asked("POST", "/receipts:known", lambda _: {"receipt": []})],
    "revision.invalid": [Asked("PUT", REVISION, lambda body, change=change: {**body, **change} if change else "text") for change in (
        {"typo": 1}, {"answers": {}}, {"visit": NOBODYS}, {"revision": 2}, {"schema": True}, {"assignment": NOBODYS}, {"device": "x"},
        {"started": {"at": "2026-11-20T10:04:11+00:00", "offset_min": 60}}, {"answers": {"unknown": {"value": True}}}, {})],
    "revision.unexpected": [Asked("PUT", "/visits/{visit}/revisions/2", lambda body: {**body, "revision": 2}),
                            Asked("PUT", REVISION, lambda body: {**body, "base_receipt": NOBODYS})],
    "site.unknown": [Asked("PUT", REVISION, lambda body: {**body, "site": "nowhere"})],
    "questionnaire.unknown": [Asked("PUT", REVISION, lambda body, named=named: {**body, "questionnaire": {**body["questionnaire"], **named}})
                              for named in ({"version": 9}, {"slug": "nothing"}, {"sha256": "0" * 64})],
    "visit.owner_mismatch": [Asked("PUT", REVISION, lambda body: {**body, "inspector": NOBODYS}),
                             Asked("PUT", REVISION, lambda body: {**body, "inspector": "x"})],
}
#: Codes whose request needs a story of its own; each has a test in this file or in test_protocol_stories.py.
TOLD = {"request.length_required", "request.too_many", "access.denied", "photos.too_many", "revision.differs",
        "store.full", "store.busy", "server.broken"}


def test_every_code_of_the_protocol_has_its_status_and_class():
    assert {code: (CATALOGUE[code].status, CATALOGUE[code].retryable) for code in PROMISED} == PROMISED
    assert {code: kind.status for code, kind in CATALOGUE.items() if kind.retryable != (kind.status >= 500 or kind.status in RETRIED)} == {}
    assert {code for code in PROMISED if CATALOGUE[code].keeps} == COPIED


def test_every_code_is_asked_for():
    assert set(REFUSED) | TOLD == set(PROMISED)


def test_the_table_says_what_the_shared_page_says(shared):
    page = (shared / "protocol.md").read_text("utf-8")
    named = {code for code in CATALOGUE if f"`{code}`" in page} | {"digest.required", "digest.mismatch"}
    flags = {"photo.unreadable", "visit.unplanned"}
    assert named - flags <= set(PROMISED)


CASES = [pytest.param(code, asked, id=f"{code}-{number}") for code, cases in REFUSED.items() for number, asked in enumerate(cases)]


@pytest.mark.parametrize("code, asked", CASES)
def test_the_refusal_is_as_promised_repeats_and_claims_nothing(amira, sign_in, world, database, code, asked):
    body = revision(world)
    before = digest(database)
    first = ask(amira, asked, body)
    assert (first.status_code, first.mimetype) == (PROMISED[code][0], "application/problem+json")
    told = first.get_json()
    assert (told["code"], told["status"], told["retryable"], told["type"]) == (code, *PROMISED[code], "about:blank")
    assert told["title"] and told["detail"] and "%(" not in told["detail"]
    assert ask(amira, asked, body).data == first.data
    copied = code in COPIED and "/revisions/" in asked.path and asked.method == "PUT"
    with database.read() as session:
        copies = session.query(RefusedCopy).filter_by(visit_id=body["visit"]).all()
        assert [copy.code for copy in copies] == [code] * copied
        assert session.get(Visit, body["visit"]) is None
    assert copied or digest(database) == before
    assert put(sign_in("anna"), f"/visits/{body['visit']}/revisions/1", {**body, "inspector": world.people["anna"]}).status_code == 201


def ask(client, asked: Asked, body: dict[str, Any]) -> Any:
    content = asked.body(body) if asked.method in ("PUT", "POST", "PATCH") else None
    raw = content if isinstance(content, bytes | None) else dumps(content)
    headers = {"Content-Digest": content_digest(raw or b""), "Content-Type": "application/json", **asked.headers}
    cookie = headers.pop("Cookie", None)
    sender = client if cookie is None else _stranger(client, cookie)
    address = asked.path.format(visit=body["visit"], VISIT=body["visit"].upper().replace("0", "A"))
    return sender.open(f"/api/v1{address}", method=asked.method, data=raw, headers={n: v for n, v in headers.items() if n not in asked.left_out})


def _stranger(client, cookie: str) -> Any:
    """The same phone with another cookie, or with none."""
    other = client.application.test_client()
    other.environ_base.update(client.environ_base)
    if cookie:
        other.set_cookie(*cookie.split("=", 1))
    return other


def test_missing_photos_are_named(amira, world):
    body = revision(world, photos=[photo_entry(photo(9))])
    told = put(amira, f"/visits/{body['visit']}/revisions/1", body).get_json()
    assert told["missing"] == [body["photos"][0]["sha256"]]


def test_without_a_length_nothing_is_taken(amira, world, database):
    before = digest(database)
    chunked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    answer = amira.put(f"/api/v1/visits/{uuid4()}/draft", data=b"{}", environ_overrides=chunked)
    assert (answer.status_code, answer.get_json()["code"]) == (411, "request.length_required")
    assert digest(database) == before


@pytest.mark.parametrize("name", ["ben", "chen", "dora", "eva"])
def test_who_does_not_inspect_sends_nothing(sign_in, world, name):
    answer = put(sign_in(name), f"/visits/{uuid4()}/draft", {})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "access.denied")


def test_the_61st_photo_is_refused_and_the_60_stay(amira, world, database):
    visit = str(uuid4())
    put_photos(amira, visit, 60)
    data = photo(61)
    refused = amira.put(f"/api/v1/visits/{visit}/photos/{sha256(data).hexdigest()}", data=data)
    assert (refused.status_code, refused.get_json()["code"], refused.get_json()["retryable"]) == (409, "photos.too_many", False)
    with database.read() as session:
        assert session.query(Photo).filter_by(visit_id=visit).count() == 60
    again = photo(1)
    assert amira.put(f"/api/v1/visits/{visit}/photos/{sha256(again).hexdigest()}", data=again).status_code == 200


def put_photos(client, visit: str, count: int) -> None:
    for number in range(1, count + 1):
        data = photo(number, (64, 64))
        if number == 1:
            data = photo(1)
        assert client.put(f"/api/v1/visits/{visit}/photos/{sha256(data).hexdigest()}", data=data).status_code == 201


_LOCKED = OperationalError("", {}, sqlite3.OperationalError("database is locked"))


@pytest.mark.parametrize("error, code", [(OSError(28, "full"), "store.full"), (_LOCKED, "store.busy"), (ZeroDivisionError(), "server.broken")])
def test_a_failing_store_is_tried_again_and_nothing_is_half_written(amira, world, database, monkeypatch, error, code):
    body = revision(world)

    def fail(*_args, **_given):
        raise error
    monkeypatch.setattr(api.revisions, "keep_revision", fail)
    before = digest(database)
    answer = put(amira, f"/visits/{body['visit']}/revisions/1", body)
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["retryable"]) == (PROMISED[code][0], code, True)
    assert ("Retry-After" in answer.headers) == (code != "server.broken")
    assert digest(database) == before
    monkeypatch.undo()
    assert put(amira, f"/visits/{body['visit']}/revisions/1", body).status_code == 201


def test_too_many_requests_are_told_when_to_come_back(app, amira, world, database):
    app.extensions["limiter"] = _Spent()
    before = digest(database)
    answer = amira.get("/api/v1/bootstrap")
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["retryable"]) == (429, "request.too_many", True)
    assert int(answer.headers["Retry-After"]) > 0
    assert digest(database) == before


class _Spent:
    """A limiter whose every share is used up."""

    def hit(self, *_about):
        return False


def test_bootstrap_takes_any_build(amira):
    assert amira.get("/api/v1/bootstrap", headers={"X-App-Build": "0-old"}).status_code == 200


@pytest.mark.parametrize("build", ["7-abc+dirty", f"7-{'a' * 65}", f"{2**40}-abc", "0000000001-x"])
def test_only_the_number_of_a_build_is_compared(amira, build):
    assert amira.get("/api/v1/receipts", headers={"X-App-Build": build}).status_code == 200


@pytest.mark.parametrize("build", ["7", "7-", "-x", "7 -x", "x-7", "9" * 5000 + "-x", "\u0667-x".encode().decode("latin-1")])
def test_a_build_without_its_number_counts_as_missing(amira, build):
    assert amira.get("/api/v1/receipts", headers={"X-App-Build": build}).get_json()["code"] == "request.headers"


def test_copies_are_kept_once_each_and_at_most_twenty(amira, world, database):
    body = revision(world)
    send(amira, body)
    for number in range(25):
        other = {**body, "answers": {**body["answers"], "remarks": {"value": f"Other {number % 23}."}}}
        assert put(amira, f"/visits/{body['visit']}/revisions/1", other).get_json()["code"] == "revision.differs"
    with database.read() as session:
        kept = session.query(RefusedCopy).filter_by(visit_id=body["visit"], number=1).all()
        assert len(kept) == 20 == len({copy.sha256 for copy in kept})
        assert all(sha256(copy.body).hexdigest() == copy.sha256 for copy in kept)
