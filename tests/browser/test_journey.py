"""The main job, end to end, on a phone's screen: no network, a flat battery, a correction, and paper at the end.

In every language; once on PostgreSQL, with two server workers and two for the jobs; once in Firefox.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Browser, Page, Playwright, expect

from field.content import builtin
from field.models import Revision
from tests.browser.firefox import firefox_phone
from tests.browser.phone import Phone
from tests.browser.photos import CANARY, photos, segments
from tests.browser.saying import Saying
from tests.browser.seed import Seed, make_seed, speak
from tests.browser.server import Server, opened
from tests.browser.visiting import Visiting, at_desk_of
from tests.databases import open_databases
from tests.reports.reading import text_of

pytestmark = pytest.mark.browser
SITE = "Mill Street"
REASON = "The photo shows a wet floor, not a dirty one. Which is it?"
_API = {"X-Device": "5a0b7c7e-3f0f-4c57-9d0c-0a6b6c1d2e3f", "X-App-Build": "1-test"}


_RUNS = [("en", "sqlite", "chromium"), ("hu", "sqlite", "chromium"), ("zh-Hans", "sqlite", "chromium"), ("zh-Hant", "postgresql", "chromium"),
         ("en", "sqlite", "firefox")]


_PHONES = {"chromium": lambda: Phone, "firefox": firefox_phone}


@dataclass(frozen=True)
class Journey:
    """Everybody speaks one language, their browsers too."""

    say: Saying
    seed: Seed
    server: Server
    phone: Phone
    browser: Browser

    def on_the_phone(self) -> Visiting:
        return Visiting(self.phone.open(), self.seed.world.people["amira"], self.say)

    def at_desk(self, name: str) -> Page:
        return at_desk_of(self.browser, self.server.url, name, self.say)


@pytest.fixture(params=_RUNS, ids=["-".join(run) for run in _RUNS])
def journey(request: pytest.FixtureRequest, driver: Playwright, desk_browser: Browser, tmp_path: Path) -> Iterator[Journey]:
    language, database, browser = request.param
    say = Saying(language)
    seed, server = request.getfixturevalue(f"on_{database}")
    speak(server.environment(), language, *(seed.world.people[name] for name in ("amira", "ben", "chen")))
    phone = _PHONES[browser]()(driver, tmp_path / "profile", server.url, locale=say.locale)
    try:
        server.start()
        yield Journey(say, seed, server, phone, desk_browser)
    finally:
        phone.close()
        server.stop()


@pytest.fixture
def on_sqlite(seed: Seed, tmp_path: Path) -> tuple[Seed, Server]:
    return seed, Server(seed.copied(tmp_path / "home"))


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[tuple[Seed, Server]]:
    with open_databases(tmp_path, "postgresql") as databases:
        url = databases.bare()
        yield make_seed(tmp_path / "home", url), Server(tmp_path / "home", workers=2, jobs=2, database=url)
        databases.drop(url)


@pytest.mark.timeout(600)
def test_a_visit_without_network_becomes_a_scorecard_on_paper(journey: Journey, tmp_path: Path) -> None:
    server, phone = journey.server, journey.phone
    visit, answers = journey.seed.visits["mill"], _answers(photos(tmp_path))
    app = journey.on_the_phone()
    app.sign_in()
    app.wait_until_kept(SITE)
    phone.close()  # in the evening; a browser writes its cookies down within half a minute, or when it is closed

    server.stop()
    app = journey.on_the_phone()
    app.start(SITE)
    app.answer_all("store-standards", answers, until=lambda key: key == "in_stock")
    before = app.record(visit)
    phone.kill()

    app = journey.on_the_phone()
    _everything_is_there(app, visit, before)
    app.answer_all("store-standards", answers)
    expect(app.page.get_by_text(app.say.like("Score {score}."))).to_have_count(0)
    app.finish()
    expect(app.page.get_by_text(app.say.like("Saved on this phone at {time}."))).to_be_visible()
    waiting = {"visits": app.say.n("{n} visit", "{n} visits", 1), "photos": app.say.n("{n} photo", "{n} photos", 5)}
    expect(app.page.get_by_text(app.say("{visits}, {photos}", **waiting))).to_be_visible()

    server.start()
    phone.network(up=False)
    phone.network(up=True)
    first = _receipt_verified(app, server, visit, revision=1)
    _score_shown(app, visit, first["score"])
    chen = journey.at_desk("chen")
    _returned(chen, visit, app.say)
    _corrected(app, server)
    second = _receipt_verified(app, server, visit, revision=2)
    _score_shown(app, visit, second["score"])
    assert first["score"] != second["score"] and second["flags"] == []
    _accepted(chen, visit, app.say)
    score = second["score"]["overall"]
    assert _sent(server, visit, 2)["client_score"]["overall"] == score
    _manager_sees(journey.at_desk("ben"), score, server, app.say)
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
    app.page.get_by_role("link", name=app.say("Continue {site}", site=SITE)).click()
    app.page.wait_for_url("**/question/in_stock")
    app.open_question("floors_clean", visit)
    expect(app.page.get_by_role("button", name=app.say("No"), exact=True)).to_have_attribute("aria-pressed", "true")
    expect(app.page.get_by_label(app.say("Comment"))).to_have_value("Wet leaves behind the door.")
    expect(app.page.locator(".photos img")).to_have_count(1)
    app.open_question("in_stock", visit)


def _receipt_verified(app: Visiting, server: Server, visit: str, *, revision: int) -> dict[str, Any]:
    """Sent by itself; the receipt is the server's own word about the bytes that it keeps, and the phone shows its number."""
    line = app.page.locator("li", has_text=SITE).locator("p.facts")
    expect(line).to_contain_text(app.say.like("Sent at {time}. Receipt {receipt}."), timeout=90_000)
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
    expect(line).to_contain_text(f"{number[:4]} {number[4:]}")
    return receipt


def _score_shown(app: Visiting, visit: str, score: dict[str, Any]) -> None:
    """The inspector reads the server's own score on the visit's page."""
    app.open(f"#/visit/{visit}")
    outcome = app.say({"pass": "Passed.", "fail": "Not passed."}[score["outcome"]])
    expect(app.page.get_by_text(app.say.like("Score {score}.")).and_(app.page.get_by_text(outcome))).to_have_text(app.say.number(score["overall"]))
    app.open("#/outbox")


def _returned(chen: Page, visit: str, say: Saying) -> None:
    """Chen opens the visit from his list and asks about one answer."""
    chen.goto("/reviews")
    chen.locator(f"a[href*='{visit}']").first.click()
    if not chen.url.endswith("/review"):
        chen.get_by_role("button", name=say.desk("Review")).click()
    question = chen.locator("#question-floors_clean")
    expect(question).to_contain_text("Wet leaves behind the door.")
    question.get_by_text(say.desk("Return this answer")).click()
    question.get_by_role("textbox").fill(REASON)
    chen.get_by_role("button", name=say.desk_like("Return with %(num)s reason", "Return with %(num)s reasons")).click()
    chen.goto(f"/visits/{visit}")
    expect(chen.locator(".visit-state")).to_contain_text(say.desk("Returned"))


def _corrected(app: Visiting, server: Server) -> None:
    """The phone says what is asked, takes one there, and sends the correction."""
    app.page.goto(server.url + "/app/#/outbox")
    app.page.reload()
    row = app.page.locator("li", has_text=SITE)
    expect(row).to_contain_text(f"{app.say('Returned:')}{app.say.gap}{REASON}", timeout=30_000)
    row.get_by_role("link").click()
    app.tap(app.say("Correct it"))
    app.page.wait_for_url("**/question/floors_clean")
    expect(app.page.get_by_text(REASON)).to_be_visible()
    app.choose(app.say("Yes"))
    app.comment("It was rain water; a sign stood beside it.")
    app.go_on()
    expect(app.page.get_by_role("heading", name=app.say("Nothing is missing"))).to_be_visible()
    app.finish()


def _accepted(chen: Page, visit: str, say: Saying) -> None:
    """Chen allows a photo on the wall and accepts."""
    chen.goto(f"/visits/{visit}")
    chen.get_by_role("button", name=say.desk("Review")).click()
    chen.locator("#question-floors_clean").get_by_role("button", name=say.desk("Printable")).click()
    chen.get_by_role("button", name=say.desk("Accept"), exact=True).click()
    chen.goto(f"/visits/{visit}")
    expect(chen.locator(".visit-state")).to_contain_text(say.desk("Accepted"))


def _sent(server: Server, visit: str, revision: int) -> dict[str, Any]:
    """The phone's frozen bytes as the server keeps them."""
    with opened(server.environment()) as app, app.extensions["database"].read() as session:
        return json.loads(session.get(Revision, (visit, revision)).body)


def _manager_sees(ben: Page, score: str, server: Server, say: Saying) -> None:
    """From the overview to the photo in four clicks; the same score everywhere, and on both papers."""
    section, question = _named("floors_clean", say)
    shown = say.number(score)
    ben.goto("/overview")
    for name in (SITE, shown, re.compile(f"^{re.escape(section)}"), re.compile(re.escape(question))):
        ben.locator("main").get_by_role("link", name=name).first.click()
    photo = ben.locator("a.evidence img").first
    expect(photo).to_be_visible()
    assert photo.evaluate("(image) => image.decode().then(() => image.naturalWidth)") in (400, 300)
    expect(ben.locator(".trace")).to_contain_text(shown)
    ben.get_by_role("link", name=say.desk("The whole visit")).click()
    expect(ben.locator("p.score")).to_have_text(shown)
    report = ben.request.get(f"{ben.url.split('#')[0]}/report.pdf")
    assert report.ok and shown.search(text_of(report.body()))
    sheet = ben.request.get(f"{server.url}/sites/mill/scorecard.pdf")
    assert sheet.ok and f"{float(score):.0f}" in text_of(sheet.body())


def _named(key: str, say: Saying) -> tuple[str, str]:
    """The section of a question and the question's beginning, as they are shown."""
    document = next(document for _path, document in builtin() if document["slug"] == "store-standards")
    section, question = next((section, question) for section in document["sections"] for question in section["questions"] if question["key"] == key)
    return say.content(section["title"]), say.content(question["text"])[:20]


def _derivatives_say_nothing(chen: Page, visit: str, sent: list[dict[str, Any]]) -> None:
    """Pictures for people carry no metadata at all: no EXIF, no place, no comment."""
    assert len(sent) == 5
    for photo in sent:
        for size in (400, 1600):
            data = chen.request.get(f"/visits/{visit}/photos/{photo['sha256']}?size={size}").body()
            markers = {marker for marker, _content in segments(data)}
            assert markers <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}, f"{photo['sha256']} at {size}: {sorted(map(hex, markers))}"
            assert b"Exif" not in data and CANARY.encode() not in data
