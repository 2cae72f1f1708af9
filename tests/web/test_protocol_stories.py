"""protocol.md as stories: the order of checks, whose visit, corrections, flags, two devices, receipts proved offline."""

import base64
import hashlib
import json
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from field.access import SYSTEM, Grant, Role
from field.models import Assignment, Draft, Person, PersonRole, QuestionnaireVersion, Visit
from field.operations import reviews
from field.operations.assignments import cancel_assignment
from field.operations.photos import quarantine_photo
from field.operations.questionnaires import retire_version
from tests.factories import actor, assignment, content_digest, dumps, photo, photo_entry, revision
from tests.web.pages import draft_of, put, send
from tests.web.places import NOBODYS

OTHER_DEVICE = "6b0b7c7e-3f0f-4c57-9d0c-0a6b6c1d2e40"


def send_revision(client, body, **headers):
    return put(client, f"/visits/{body['visit']}/revisions/{body['revision']}", body, **headers)


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def give_back(database, world, visit, *, text="Which floor?"):
    with database.write() as session:
        chen, held = actor(session, world.people["chen"]), session.get(Visit, visit)
        reviews.open_review(session, chen, held)
        reviews.return_visit(session, chen, held, reasons=[reviews.Reason("floors", text)])


def assigned(database, world, **about) -> dict[str, str]:
    with database.write() as session:
        made = assignment(session, world, **about)
        return {"assignment": made.id, "visit": made.visit_id, "site": about.get("site", "mill")}


FAULTS = [
    ("request.cross_site", {"X-Requested-With": "x"}), ("session.required", {"cookie": None}), ("session.required", {"X-Person": NOBODYS}),
    ("request.headers", {"X-Device": "x"}),
    ("client.too_old", {"X-App-Build": "0-x"}), ("request.media", {"Content-Encoding": "gzip"}), ("digest.required", {"Content-Digest": "x"}),
    ("visit.owner_mismatch", {"visit": "anna's"}), ("json.invalid", {"body": b"{"}),
]


@pytest.mark.parametrize("first", range(len(FAULTS)))
def test_checks_come_in_the_order_of_the_page(amira, sign_in, world, first):
    """A request with every fault from here on is told the first of them."""
    faults = {name: value for _, given in FAULTS[first:] for name, value in given.items()}
    foreign = send(sign_in("anna"), revision(world, person="anna"))
    visit = foreign if "visit" in faults else str(uuid4())
    raw = faults.get("body", dumps(revision(world)))
    if "cookie" in faults:
        amira.delete_cookie("fieldscore")
    headers = {"Content-Digest": content_digest(raw), **{n: v for n, v in faults.items() if n not in ("cookie", "visit", "body")}}
    answer = amira.put(f"/api/v1/visits/{visit}/revisions/1", data=raw, headers=headers)
    assert answer.get_json()["code"] == FAULTS[first][0]


def test_a_repetition_is_known_before_any_rule_that_may_have_changed(amira, world, database):
    body = revision(world)
    first = send_revision(amira, body)
    with database.write() as session:
        retire_version(session, SYSTEM, session.query(QuestionnaireVersion).one())
    give_back(database, world, body["visit"])
    again = send_revision(amira, body)
    assert (again.status_code, again.data) == (200, first.data)


def test_inspector_comes_before_meaning_and_meaning_before_photos(amira, world):
    body = revision(world, photos=[photo_entry(photo(3))], inspector=NOBODYS, site="nowhere")
    assert code(send_revision(amira, body)) == (403, "visit.owner_mismatch")
    body["inspector"] = world.people["amira"]
    assert code(send_revision(amira, body)) == (422, "site.unknown")
    assert code(send_revision(amira, {**body, "site": "mill", "base_receipt": NOBODYS})) == (409, "photos.missing")


@pytest.mark.parametrize("member", ["sha-256={}", "sha-512=:AAAA:, sha-256={}", "sha-256={}, sha-512=:AAAA:", "md5=:AAAA:,sha-256={};q=1"])
def test_only_the_sha_256_member_of_the_digest_counts(amira, world, member):
    body = revision(world)
    assert send_revision(amira, body, **{"Content-Digest": member.format(content_digest(dumps(body)).removeprefix("sha-256="))}).status_code == 201


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, {"Origin": "http://localhost"}, {}])
def test_our_own_pages_and_programs_may_write(amira, world, headers):
    assert send_revision(amira, revision(world), **headers).status_code == 201


def test_options_allow_no_other_site(amira, world):
    answer = amira.options(f"/api/v1/visits/{uuid4()}/draft", headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "PUT"})
    assert [name for name, _ in answer.headers if name.lower().startswith("access-control")] == []
    assert answer.headers["X-Fieldscore"] == "1"


def test_head_is_get_without_its_body(amira, world):
    head, get = amira.head("/api/v1/bootstrap"), amira.get("/api/v1/bootstrap")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", get.headers["ETag"])


def test_a_double_slash_leads_nowhere(amira, world):
    assert [amira.get(path).status_code for path in ("/api/v1//bootstrap", "/api//v1/bootstrap", "//api/v1/bootstrap/")] == [404] * 3


def test_an_assigned_visit_is_its_persons_from_the_start(amira, sign_in, world, database):
    planned = assigned(database, world)
    foreign = revision(world, person="anna", visit=planned["visit"])
    assert code(send_revision(sign_in("anna"), foreign)) == (403, "visit.owner_mismatch")
    assert send_revision(amira, revision(world, **planned)).json["flags"] == []
    with database.read() as session:
        assert session.get(Assignment, planned["assignment"]).state == "done"


def test_somebody_elses_assignment_named_is_a_mistake(amira, world, database):
    planned = assigned(database, world, person="anna")
    told = send_revision(amira, revision(world, assignment=planned["assignment"]))
    assert code(told) == (422, "revision.invalid")
    assert [(e["path"], e["code"]) for e in told.get_json()["errors"]] == [("/assignment", "assignment.unknown")]


def test_others_learn_nothing_of_a_visit_or_its_photos(amira, sign_in, world):
    data = photo(4)
    visit = send(amira, revision(world, photos=[photo_entry(data)]), [data])
    anna, sha = sign_in("anna"), photo_entry(data)["sha256"]
    for path in (f"/visits/{{}}/photos/{sha}", "/visits/{}/revisions/1", "/visits/{}/revisions/1/receipt", "/visits/{}/draft"):
        foreign, nobodys = (anna.get("/api/v1" + path.format(each)) for each in (visit, NOBODYS))
        assert (foreign.status_code, foreign.data) == (nobodys.status_code, nobodys.data) == (404, foreign.data)
    asked = {each: anna.post(f"/api/v1/visits/{each}/photos:missing", json={"hashes": [sha]}).json for each in (visit, NOBODYS)}
    assert asked == {visit: {"missing": [sha]}, NOBODYS: {"missing": [sha]}}
    assert amira.post(f"/api/v1/visits/{visit}/photos:missing", json={"hashes": [sha, sha]}).json == {"missing": []}


def _cancelled(session, planned, world):
    cancel_assignment(session, SYSTEM, session.get(Assignment, planned["assignment"]))


def _retired(session, planned, world):
    retire_version(session, SYSTEM, session.query(QuestionnaireVersion).one())


def _moved(session, planned, world):
    session.query(PersonRole).filter_by(person_id=world.people["amira"]).one().region_id = world.regions["other"]


@pytest.mark.parametrize("change, flag", [(_cancelled, "assignment.cancelled"), (_retired, "questionnaire.retired"), (_moved, "person.moved")])
def test_what_changed_while_the_phone_was_offline_is_flagged_and_accepted(amira, world, database, change, flag):
    planned = assigned(database, world)
    with database.write() as session:
        change(session, planned, world)
    answer = send_revision(amira, revision(world, **planned))
    assert (answer.status_code, answer.json["flags"]) == (201, [flag])


@pytest.mark.parametrize("changes, flags", [
    ({"client_score": {"overall": "95.8"}}, []), ({"client_score": {"overall": "95.9"}}, ["score.differs"]), ({"site": "away"}, ["visit.unplanned"])])
def test_facts_of_transport_are_flagged(amira, world, changes, flags):
    assert send_revision(amira, revision(world, **changes)).json["flags"] == flags


def test_an_unreadable_photo_is_flagged_listed_and_never_missing(amira, world, database):
    data = photo(6)
    body = revision(world, photos=[photo_entry(data)])
    sha = body["photos"][0]["sha256"]
    address = f"/api/v1/visits/{body['visit']}/photos/{sha}"
    assert amira.put(address, data=data).status_code == 201
    with database.write() as session:
        quarantine_photo(session, sha, reason="truncated")
    listed = amira.get("/api/v1/bootstrap").json["visits"]
    assert [(v["visit"], v["state"], v["unreadable"]) for v in listed] == [(body["visit"], "draft", [sha])]
    assert amira.put(address, data=data).status_code == 200
    assert send_revision(amira, body).json["flags"] == ["photo.unreadable"]
    assert amira.get("/api/v1/bootstrap").json["visits"][0]["unreadable"] == [sha]


def test_a_returned_visit_is_corrected_and_accepted(amira, world, database):
    body = revision(world)
    first = send_revision(amira, body).json
    second = {**body, "revision": 2, "base_receipt": first["receipt"], "answers": {**body["answers"], "look": {"value": 5}}}
    early = send_revision(amira, second)
    assert (*code(early), early.get_json()["expected"]) == (409, "revision.unexpected", 2)
    give_back(database, world, body["visit"])
    listed = amira.get("/api/v1/bootstrap").json["visits"][0]
    assert (listed["state"], listed["reasons"]) == ("returned", [{"question": "floors", "text": "Which floor?"}])
    wrong = send_revision(amira, {**second, "base_receipt": NOBODYS})
    assert (*code(wrong), wrong.get_json()["expected"]) == (409, "revision.unexpected", 2)
    answer = send_revision(amira, second)
    assert (answer.status_code, answer.json["revision"], answer.json["score"]["overall"]) == (201, 2, "100.0")
    assert amira.get(f"/api/v1/visits/{body['visit']}/revisions/1").data == dumps(body)
    assert amira.get(f"/api/v1/visits/{body['visit']}/revisions/2").data == dumps(second)
    with database.write() as session:
        chen, held = actor(session, world.people["chen"]), session.get(Visit, body["visit"])
        reviews.open_review(session, chen, held)
        assert reviews.accept_visit(session, chen, held).state == "accepted"


def test_after_a_refusal_the_same_number_is_free(amira, world):
    body = revision(world)
    assert code(send_revision(amira, {**body, "answers": {}})) == (422, "revision.invalid")
    assert send_revision(amira, body).status_code == 201


def test_of_two_devices_the_first_revision_wins(amira, world, database):
    body = revision(world)
    first = send_revision(amira, body)
    second = send_revision(amira, {**body, "device": OTHER_DEVICE}, **{"X-Device": OTHER_DEVICE})
    assert code(second) == (409, "revision.differs")
    assert amira.get(f"/api/v1/visits/{body['visit']}/revisions/1/receipt").data == first.data


def test_each_device_keeps_its_own_draft(amira, world, database):
    whole = revision(world)
    for device, rev in ((whole["device"], 4), (OTHER_DEVICE, 2)):
        assert put(amira, f"/visits/{whole['visit']}/draft", {**draft_of(whole, rev), "device": device}).json == {"rev": rev}
    drafts = amira.get(f"/api/v1/visits/{whole['visit']}/draft").json["drafts"]
    assert [(d["device"], d["rev"]) for d in drafts] == [(OTHER_DEVICE, 2), (whole["device"], 4)]
    send_revision(amira, whole)
    with database.read() as session:
        assert session.query(Draft).count() == 0


def test_kept_bytes_are_those_that_were_sent(amira, world):
    body = revision(world)
    body["answers"]["floors"]["comment"] = "Cafe\u0301 \U0001f9f9"
    raw = json.dumps(body, ensure_ascii=True, indent=1).encode()
    assert put(amira, f"/visits/{body['visit']}/revisions/1", raw).json["sha256"] == hashlib.sha256(raw).hexdigest()
    assert amira.get(f"/api/v1/visits/{body['visit']}/revisions/1").data == raw


def test_a_short_body_is_refused_and_nothing_is_kept(amira, world):
    data = photo(8)
    address = f"/api/v1/visits/{uuid4()}/photos/{hashlib.sha256(data).hexdigest()}"
    short = amira.put(address, data=data[:-9], environ_overrides={"CONTENT_LENGTH": str(len(data))})
    assert code(short) == (422, "digest.mismatch")
    assert amira.put(address, data=data[:-9]).get_json()["code"] == "digest.mismatch"
    assert amira.put(address, data=data).status_code == 201
    assert code(amira.put(address, data=photo(9))) == (422, "digest.mismatch")


def test_receipts_that_are_unknown_are_named(amira, sign_in, world):
    mine = send_revision(amira, revision(world)).json["receipt"]
    foreign = send_revision(sign_in("anna"), revision(world, person="anna")).json["receipt"]
    long = "x" * 10_000
    asked = {"receipts": [mine, foreign, NOBODYS, "x", long, ""]}
    assert amira.post("/api/v1/receipts:known", json=asked).json == {"unknown": [foreign, NOBODYS, "x", long, ""]}
    assert code(amira.get(f"/api/v1/receipts?after={foreign}")) == (404, "receipt.unknown")


def test_a_receipt_is_proved_offline_with_nothing_but_the_key(app, amira, world):
    data = photo(2)
    body = revision(world, photos=[photo_entry(data), photo_entry(data, position=1)])
    amira.put(f"/api/v1/visits/{body['visit']}/photos/{body['photos'][0]['sha256']}", data=data)
    raw = send_revision(amira, body).data
    (key,) = app.test_client().get("/api/v1/receipt-keys", headers={"X-Device": OTHER_DEVICE, "X-App-Build": "1-x"}).json["keys"]
    receipt = json.loads(raw)
    signature = base64.b64decode(receipt.pop("signature"), validate=True)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key["public"]))
    signed = json.dumps(receipt, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    public.verify(signature, signed)
    with pytest.raises(InvalidSignature):
        public.verify(signature, signed.replace(b"95.8", b"99.9"))
    assert (receipt["key"], receipt["sha256"]) == (key["key"], hashlib.sha256(dumps(body)).hexdigest())
    assert receipt["photos"] == [body["photos"][0]["sha256"]]


def test_a_person_without_the_role_any_more_is_refused_and_the_visit_waits(amira, world, database):
    with database.write() as session:
        session.get(Person, world.people["amira"]).roles = [PersonRole(role=Grant(Role.STAFF).role, site_id=world.sites["mill"])]
    assert code(send_revision(amira, revision(world))) == (403, "access.denied")
