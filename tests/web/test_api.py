"""The sync API, line by line of protocol.md."""

import hashlib
import json
from uuid import uuid4

import pytest

from tests.factories import content_digest, dumps, photo, photo_entry, revision
from tests.web.places import digest

_DRAFT_MEMBERS = ("schema", "visit", "device", "site", "questionnaire", "started", "answers", "timings", "photos", "locations")


def put(client, path, body, **headers):
    return client.put(f"/api/v1{path}", data=body, headers={"Content-Digest": content_digest(body), "Content-Type": "application/json", **headers})


def send(client, body):
    return put(client, f"/visits/{body['visit']}/revisions/{body['revision']}", dumps(body))


def test_a_visit_is_received_and_its_repetition_gets_the_same_bytes(amira, world):
    body = revision(world)
    first, again = send(amira, body), send(amira, body)
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.data == again.data
    receipt = first.json
    assert receipt["sha256"] == hashlib.sha256(dumps(body)).hexdigest()
    assert receipt["score"]["overall"] == "95.8"
    assert receipt["score"]["outcome"] == "pass"
    assert first.headers["X-Fieldscore"] == "1"


def test_photos_come_first(amira, world):
    data = photo(1)
    body = revision(world, photos=[photo_entry(data)])
    early = send(amira, body)
    assert (early.status_code, early.json["code"], early.json["missing"]) == (409, "photos.missing", [body["photos"][0]["sha256"]])
    name = f"/api/v1/visits/{body['visit']}/photos/{body['photos'][0]['sha256']}"
    assert amira.put(name, data=data).status_code == 201
    assert amira.put(name, data=data).status_code == 200
    assert send(amira, body).status_code == 201
    assert amira.get(name).mimetype == "image/jpeg"


def test_other_bytes_under_a_used_number_differ(amira, world):
    body = revision(world)
    send(amira, body)
    other = send(amira, {**body, "site": "quay"})
    assert (other.status_code, other.json["code"]) == (409, "revision.differs")


def test_a_visit_belongs_to_who_wrote_first(amira, sign_in, world):
    body = revision(world)
    send(amira, body)
    anna = sign_in("anna")
    taken = send(anna, {**body, "inspector": world.people["anna"]})
    assert (taken.status_code, taken.json["code"]) == (403, "visit.owner_mismatch")
    assert anna.get(f"/api/v1/visits/{body['visit']}/revisions/1").status_code == 404


@pytest.mark.parametrize("change, path", [
    ({"answers": {}}, "/answers/floors"), ({"typo": 1}, "/typo"), ({"revision": 2}, "/revision"),
])
def test_mistakes_are_named(amira, world, change, path):
    body = revision(world)
    sent = put(amira, f"/visits/{body['visit']}/revisions/1", dumps({**body, **change}))
    assert (sent.status_code, sent.json["code"]) == (422, "revision.invalid")
    assert any(error["path"].startswith(path) for error in sent.json["errors"]), sent.json


@pytest.mark.parametrize("raw", [b'{"a":NaN}', b'{"a":1,"a":2}', b'{"a":9007199254740992}', b'{"a":"\\u0000"}', b'{"a":"\\ud800"}',
                                 b'{"a":1e999}', b"[" * 100_000, b'{"a":"\xff"}', b" ", b'{"a":"\r"}'])
def test_poison_is_refused_with_its_place(amira, world, raw):
    visit = str(uuid4())
    sent = put(amira, f"/visits/{visit}/revisions/1", raw)
    assert (sent.status_code, sent.json["code"]) == (400, "json.invalid")
    assert sent.json["errors"]


def test_drafts_keep_the_highest(amira, world):
    whole = revision(world)
    draft = {name: whole[name] for name in _DRAFT_MEMBERS}
    path = f"/visits/{whole['visit']}/draft"
    assert put(amira, path, dumps({**draft, "rev": 3})).json == {"rev": 3}
    assert put(amira, path, dumps({**draft, "rev": 2})).json == {"rev": 3}
    held = amira.get(f"/api/v1{path}").json["drafts"]
    assert [d["rev"] for d in held] == [3] and held[0]["snapshot"]["rev"] == 3
    send(amira, whole)
    assert amira.get(f"/api/v1{path}").status_code == 404
    assert put(amira, path, dumps({**draft, "rev": 9})).json == {"rev": 9}


def test_bootstrap_is_kept_by_its_etag(amira, world):
    first = amira.get("/api/v1/bootstrap")
    assert first.status_code == 200 and json.loads(first.data)["person"]["name"] == "Amira"
    again = amira.get("/api/v1/bootstrap", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.headers["X-Fieldscore"] == "1"


def test_receipts_are_chained(amira, world):
    receipts = [send(amira, revision(world)) for _ in range(3)]
    listed = json.loads(amira.get("/api/v1/receipts").data)
    assert [r["receipt"] for r in listed["receipts"]] == [r.json["receipt"] for r in receipts]
    assert [r["previous"] for r in listed["receipts"]] == [None, *(hashlib.sha256(r.data).hexdigest() for r in receipts[:2])]
    after = json.loads(amira.get(f"/api/v1/receipts?after={receipts[1].json['receipt']}").data)
    assert [r["receipt"] for r in after["receipts"]] == [receipts[2].json["receipt"]]


def test_a_visit_of_which_only_a_draft_is_known_says_its_site(amira, world):
    whole = revision(world)
    draft = {name: whole[name] for name in _DRAFT_MEMBERS}
    put(amira, f"/visits/{whole['visit']}/draft", dumps({**draft, "rev": 1}))
    visits = json.loads(amira.get("/api/v1/bootstrap").data)["visits"]
    assert [(v["visit"], v["site"], v["state"]) for v in visits] == [(whole["visit"], "mill", "draft")]


def test_who_names_somebody_else_than_is_signed_in_is_nobody(amira, sign_in, world, database):
    """A phone on which somebody else has signed in meanwhile: nothing of its person's is taken, looked up or told."""
    whole = revision(world, photos=[photo_entry(photo(1))])
    visit = f"/visits/{whole['visit']}"
    draft = dumps({**{name: whole[name] for name in _DRAFT_MEMBERS}, "rev": 1})
    as_amira = {"X-Person": world.people["amira"]}
    others = [sign_in("anna"), sign_in("chen")]
    before = digest(database)
    for there in others:
        asked = [
            put(there, f"{visit}/draft", draft, **as_amira), put(there, f"{visit}/revisions/1", dumps(whole), **as_amira),
            put(there, f"{visit}/photos/{whole['photos'][0]['sha256']}", photo(1), **as_amira),
            there.get(f"/api/v1{visit}/draft", headers=as_amira), there.get("/api/v1/receipts", headers=as_amira),
        ]
        assert {(a.status_code, a.json["code"]) for a in asked} == {(401, "session.required")}
    assert digest(database) == before
    assert put(amira, f"{visit}/draft", draft, **as_amira).json == {"rev": 1}


@pytest.mark.parametrize("named", ["", "amira", "5A0B7C7E-3F0F-4C57-9D0C-0A6B6C1D2E3F"])
def test_a_name_that_is_no_uuid_counts_as_missing(amira, named):
    assert amira.get("/api/v1/receipts", headers={"X-Person": named}).status_code == 200
