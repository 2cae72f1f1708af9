"""The main job, end to end, on a phone's screen: no network, a flat battery, a correction, and paper at the end."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Page, expect

from field.models import Revision
from tests.browser.phone import Phone
from tests.browser.photos import CANARY, photos, segments
from tests.browser.seed import Seed
from tests.browser.server import Server, opened
from tests.browser.visiting import Visiting
from tests.reports.reading import text_of

pytestmark = pytest.mark.browser
SITE = "Mill Street"
REASON = "The photo shows a wet floor, not a dirty one. Which is it?"
_API = {"X-Device": "5a0b7c7e-3f0f-4c57-9d0c-0a6b6c1d2e3f", "X-App-Build": "1-test"}


@pytest.mark.timeout(600)
def test_a_visit_without_network_becomes_a_scorecard_on_paper(
        phone: Phone, server: Server, seed: Seed, at_desk: Callable[[str], Page], tmp_path: Path) -> None:
    visit, answers = seed.visits["mill"], _answers(photos(tmp_path))
    app = Visiting(phone.open(), seed.world.people["amira"])
    app.sign_in()
    app.wait_until_kept(SITE)
    phone.close()  # in the evening; a browser writes its cookies down within half a minute, or when it is closed

    server.stop()
    app = Visiting(phone.open(), seed.world.people["amira"])
    app.start(SITE)
    app.answer_all("store-standards", answers, until=lambda key: key == "in_stock")
    before = app.record(visit)
    phone.kill()

    app = Visiting(phone.open(), seed.world.people["amira"])
    _everything_is_there(app, visit, before)
    app.answer_all("store-standards", answers)
    expect(app.page.get_by_text("Score")).to_have_count(0)
    app.finish()
    expect(app.page.get_by_text("Saved on this phone at")).to_be_visible()
    expect(app.page.get_by_text("1 visit, 5 photos")).to_be_visible()

    server.start()
    phone.network(up=False)
    phone.network(up=True)
    first = _receipt_verified(app, server, visit, revision=1)
    _score_shown(app, visit, first["score"])
    chen = at_desk("chen")
    _returned(chen, visit)
    _corrected(app, server)
    second = _receipt_verified(app, server, visit, revision=2)
    _score_shown(app, visit, second["score"])
    assert first["score"] != second["score"] and second["flags"] == []
    _accepted(chen, visit)
    score = second["score"]["overall"]
    assert _sent(server, visit, 2)["client_score"]["overall"] == score
    _manager_sees(at_desk("ben"), score, server)
    _derivatives_say_nothing(chen, visit, _sent(server, visit, 2)["photos"])


def _answers(files: list[Path]) -> dict[str, Any]:
    """Five photos; one standard missed; the rest as good as most shops."""
    return {
        "entrance_tidy": {"photos": files[:1]}, "first_view": {"photos": files[1:3]},
        "floors_clean": {"value": False, "comment": "Wet leaves behind the door.", "photos": files[3:4]},
        "shelves_tidy": {"value": 4}, "badges_worn": {"value": "some"}, "receipt_right": {"photos": files[4:5]}, "problem_raised": {"value": False},
    }


def _everything_is_there(app: Visiting, visit: str, before: dict[str, Any]) -> None:
    """The phone opens without a server; not an answer, not a photo is missing."""
    assert app.record(visit) == before
    assert len(before["photos"]) == 4
    for photo in before["photos"]:
        assert app.kept("photos", photo["sha256"])["bytes"] == photo["bytes"]
    app.page.get_by_role("link", name=f"Continue {SITE}").click()
    app.page.wait_for_url("**/question/in_stock")
    app.open_question("floors_clean", visit)
    expect(app.page.get_by_role("button", name="No", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(app.page.get_by_label("Comment")).to_have_value("Wet leaves behind the door.")
    expect(app.page.locator(".photos img")).to_have_count(1)
    app.open_question("in_stock", visit)


def _receipt_verified(app: Visiting, server: Server, visit: str, *, revision: int) -> dict[str, Any]:
    """Sent by itself; the receipt is the server's own word about the bytes that it keeps, and the phone shows its number."""
    line = app.page.locator("li", has_text=SITE).locator("p.facts")
    expect(line).to_contain_text("Sent at", timeout=90_000)
    address = f"{server.url}/api/v1/visits/{visit}/revisions/{revision}"
    body, raw = (app.page.request.get(address + end, headers=_API).body() for end in ("", "/receipt"))
    receipt = json.loads(raw)
    key = app.page.request.get(f"{server.url}/api/v1/receipt-keys", headers=_API).json()["keys"][0]
    bare = {name: value for name, value in receipt.items() if name != "signature"}
    signed = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    Ed25519PublicKey.from_public_bytes(base64.b64decode(key["public"])).verify(base64.b64decode(receipt["signature"]), signed)
    assert receipt["sha256"] == hashlib.sha256(body).hexdigest()
    assert receipt["photos"] == sorted({photo["sha256"] for photo in json.loads(body)["photos"]})
    number = receipt["receipt"].replace("-", "")[:8].upper()
    expect(line).to_contain_text(f"Receipt {number[:4]} {number[4:]}")
    return receipt


def _score_shown(app: Visiting, visit: str, score: dict[str, Any]) -> None:
    """The inspector reads the server's own score on the visit's page."""
    app.open(f"#/visit/{visit}")
    outcome = {"pass": "Passed.", "fail": "Not passed."}[score["outcome"]]
    expect(app.page.get_by_text(f"Score {score['overall']}. {outcome}", exact=True)).to_be_visible()
    app.open("#/outbox")


def _returned(chen: Page, visit: str) -> None:
    """Chen opens the visit from his list and asks about one answer."""
    chen.goto("/reviews")
    chen.locator(f"a[href*='{visit}']").first.click()
    if not chen.url.endswith("/review"):
        chen.get_by_role("button", name="Review").click()
    question = chen.locator("#question-floors_clean")
    expect(question).to_contain_text("Wet leaves behind the door.")
    question.get_by_text("Return this answer").click()
    question.get_by_role("textbox").fill(REASON)
    chen.get_by_role("button", name=re.compile("^Return with")).click()
    chen.goto(f"/visits/{visit}")
    expect(chen.locator(".visit-state")).to_contain_text("Returned")


def _corrected(app: Visiting, server: Server) -> None:
    """The phone says what is asked, takes one there, and sends the correction."""
    app.page.goto(server.url + "/app/#/outbox")
    app.page.reload()
    row = app.page.locator("li", has_text=SITE)
    expect(row).to_contain_text(f"Returned: {REASON}", timeout=30_000)
    row.get_by_role("link").click()
    app.tap("Correct it")
    app.page.wait_for_url("**/question/floors_clean")
    expect(app.page.get_by_text(REASON)).to_be_visible()
    app.choose("Yes")
    app.comment("It was rain water; a sign stood beside it.")
    app.go_on()
    expect(app.page.get_by_role("heading", name="Nothing is missing")).to_be_visible()
    app.finish()


def _accepted(chen: Page, visit: str) -> None:
    """Chen allows a photo on the wall and accepts."""
    chen.goto(f"/visits/{visit}")
    chen.get_by_role("button", name="Review").click()
    chen.locator("#question-floors_clean").get_by_role("button", name="Printable").click()
    chen.get_by_role("button", name="Accept", exact=True).click()
    chen.goto(f"/visits/{visit}")
    expect(chen.locator(".visit-state")).to_contain_text("Accepted")


def _sent(server: Server, visit: str, revision: int) -> dict[str, Any]:
    """The phone's frozen bytes as the server keeps them."""
    with opened(server.environment()) as app, app.extensions["database"].read() as session:
        return json.loads(session.get(Revision, (visit, revision)).body)


def _manager_sees(ben: Page, score: str, server: Server) -> None:
    """From the overview to the photo in four clicks; the same score everywhere, and on both papers."""
    ben.goto("/overview")
    clicks = [("link", SITE), ("link", re.compile(rf"{re.escape(score)}")), ("link", re.compile("^Cleanliness")),
              ("link", re.compile("Floors and walkways"))]
    for role, name in clicks:
        ben.locator("main").get_by_role(role, name=name).first.click()
    photo = ben.locator("a.evidence img").first
    expect(photo).to_be_visible()
    assert photo.evaluate("(image) => image.decode().then(() => image.naturalWidth)") in (400, 300)
    expect(ben.locator(".trace")).to_contain_text(score)
    ben.get_by_role("link", name="The whole visit").click()
    expect(ben.locator("p.score")).to_have_text(score)
    report = ben.request.get(f"{ben.url.split('#')[0]}/report.pdf")
    assert report.ok and score in text_of(report.body())
    sheet = ben.request.get(f"{server.url}/sites/mill/scorecard.pdf")
    assert sheet.ok and f"{float(score):.0f}" in text_of(sheet.body())


def _derivatives_say_nothing(chen: Page, visit: str, sent: list[dict[str, Any]]) -> None:
    """Pictures for people carry no metadata at all: no EXIF, no place, no comment."""
    assert len(sent) == 5
    for photo in sent:
        for size in (400, 1600):
            data = chen.request.get(f"/visits/{visit}/photos/{photo['sha256']}?size={size}").body()
            markers = {marker for marker, _content in segments(data)}
            assert markers <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}, f"{photo['sha256']} at {size}: {sorted(map(hex, markers))}"
            assert b"Exif" not in data and CANARY.encode() not in data
