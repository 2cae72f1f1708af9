"""What must never leave: marked words planted in a visit, looked for in every byte that somebody's pages lead to."""

import io

import pytest
from PIL import Image

from field.models import Person, Visit
from field.operations.photos import examine, mark_readable
from tests.factories import ANSWERS, photo_entry, revision
from tests.web.pages import send
from tests.web.places import accept
from tests.web.walk import walk

NAME, COMMENT, CAPTION, CAMERA = "Canaryname", "canary-comment", "canary-caption", "canary-camera"
DEVICE = "cacacaca-0000-4000-8000-cacacacacaca"
PLACE = 47.123454321
HOURS = ("11:04", "10:04", "11:44", "10:44", "11:10", "10:10")
STARTS = ("/", "/sites", "/sites/mill", "/sites/mill?as=table", "/sites/mill.csv", "/sites/mill/scorecard.pdf", "/overview", "/overview.csv",
          "/compare?site=mill&site=quay", "/assignments")


def picture() -> bytes:
    """A photo whose metadata names the phone's owner."""
    exif = Image.Exif()
    exif[315] = exif[271] = CAMERA
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 60)).save(buffer, "JPEG", exif=exif, comment=CAMERA.encode())
    return buffer.getvalue()


@pytest.fixture
def planted(app, database, world, sign_in):
    """Two visits by an inspector with a name that stands nowhere else: one counts, one waits."""
    with database.write() as session:
        amira = session.get(Person, world.people["amira"])
        amira.name, amira.email = NAME, "canarymail@example.org"
    data = picture()
    entry = {**photo_entry(data), "caption": CAPTION, "width": 640, "height": 480, "location": {"lat": PLACE, "lon": 19.0, "accuracy_m": 5.0}}
    spot = [{"event": "check_in", "at": "2026-11-20T10:04:20Z", "lat": PLACE, "lon": 19.0, "accuracy_m": 5.0}]
    answers = {**ANSWERS, "floors": {"value": True, "comment": COMMENT}, "remarks": {"value": "Fine."}}
    phone = sign_in("amira")
    about = {"device": DEVICE, "answers": answers, "photos": [entry], "locations": spot}
    seen = {name: send(phone, revision(world, **about), [data]) for name in ("counted", "waiting")}
    assert examine(app.extensions["photo_store"], app.extensions["decoder"], entry["sha256"]) is None
    with database.write() as session:
        mark_readable(session, entry["sha256"])
        accept(session, world, seen["counted"])
    return {**seen, "photo": f"/visits/{seen['counted']}/photos/{entry['sha256']}", "inspector": world.people["amira"]}


def found_by(client, planted) -> dict[str, bytes]:
    visit = f"/visits/{planted['counted']}"
    return walk(client, *STARTS, visit, f"{visit}/report.pdf", planted["photo"], f"{planted['photo']}?size=1600", f"/visits/{planted['waiting']}",
                f"{planted['photo']}/original")


def holding(found: dict[str, bytes], *words: str) -> list[tuple[str, str]]:
    return [(address, word) for address, data in found.items() for word in words if word.encode() in data]


@pytest.mark.parametrize("who", ["ben", "dora", "otto"])
def test_below_reviewers_nobody_learns_who_the_inspector_was(sign_in, planted, who):
    found = found_by(sign_in(who), planted)
    assert len(found) >= 12
    assert who == "otto" or any(b"%PDF" in data for data in found.values())
    assert holding(found, NAME, "canarymail", planted["inspector"], DEVICE, CAMERA, str(PLACE)) == []


@pytest.mark.parametrize("who", ["ben", "dora", "otto"])
def test_visits_that_do_not_count_are_not_even_named(sign_in, planted, who):
    found = found_by(sign_in(who), planted)
    assert holding({address: data for address, data in found.items() if planted["waiting"] not in address}, planted["waiting"]) == []
    assert b"404" in found[f"/visits/{planted['waiting']}"] or b"Nothing here" in found[f"/visits/{planted['waiting']}"]


def test_staff_read_neither_comments_nor_hours(sign_in, planted):
    found = found_by(sign_in("dora"), planted)
    assert holding(found, COMMENT, CAPTION, *HOURS) == []
    assert any(planted["counted"] in address for address in found)


def test_managers_read_comments_and_no_hour_not_even_on_paper(sign_in, planted):
    found = found_by(sign_in("ben"), planted)
    assert holding(found, *HOURS) == []
    assert COMMENT.encode() in found[f"/visits/{planted['counted']}/report.pdf"]


def test_far_away_nothing_of_the_visit_is_known(sign_in, planted):
    found = found_by(sign_in("otto"), planted)
    own = {address: data for address, data in found.items() if planted["counted"] not in address}
    assert holding(own, planted["counted"], "Mill Street", COMMENT) == []


def test_only_reviewers_and_administrators_take_the_original(sign_in, planted):
    taken = {}
    for who in ("amira", "ben", "otto", "dora", "chen", "eva"):
        with sign_in(who).get(f"{planted['photo']}/original") as answer:
            taken[who] = answer.status_code, CAMERA.encode() in answer.data
    assert taken == {**dict.fromkeys(("amira", "ben", "otto", "dora"), (403, False)), "chen": (200, True), "eva": (200, True)}
    assert CAMERA.encode() not in sign_in("chen").get(planted["photo"]).data


def test_reviewers_know_the_inspector_by_number_only(sign_in, planted):
    counted = f"/visits/{planted['counted']}"
    found = walk(sign_in("chen"), "/reviews", counted, f"/visits/{planted['waiting']}", f"{counted}/report.pdf")
    assert holding(found, NAME, "canarymail", planted["inspector"]) == []
    assert any(COMMENT.encode() in data for data in found.values())


def test_the_words_were_planted(database, planted):
    with database.read() as session:
        visit = session.get(Visit, planted["counted"])
        assert session.get(Person, visit.person_id).name == NAME
