"""What the phone makes of networks, sessions and new versions."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from sqlalchemy import text

from field.models import Revision, Visit
from tests.browser.amiras import Amiras, begin
from tests.browser.phone import Phone
from tests.browser.portal import captive_portal
from tests.browser.seed import Seed
from tests.browser.server import Server, opened
from tests.browser.visiting import Visiting, sign_in
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
QUAY = "Quay Street"


#: The note of who was last here, and nothing else, cannot be written with these calls.
_NO_NOTE = """for (const name of "%s".split(" ")) {
  const real = IDBObjectStore.prototype[name];
  IDBObjectStore.prototype[name] = function (...about) {
    if (this.transaction.db.name === "fieldscore") throw new DOMException("full", "QuotaExceededError");
    return real.apply(this, about);
  };
}"""


@pytest.fixture
def finished_offline(server: Server, phone: Phone, inspector: Visiting) -> Visiting:
    """Quay is visited and finished while there is no server."""
    server.stop()
    inspector.start(QUAY)
    inspector.answer_all("small", {})
    inspector.finish()
    return inspector


def test_leaving_keeps_unsent_work_locked_until_its_person_comes_back(server: Server, finished_offline: Visiting) -> None:
    app, page = finished_offline, finished_offline.page
    app.tap("Sign out")
    expect(page.get_by_role("alertdialog")).to_contain_text("1 visit is not sent yet.")
    app.tap("Keep it locked for me and sign out")
    expect(page.get_by_role("heading", name="Sign in to see your visits")).to_be_visible()

    server.start()
    page.goto(f"{server.url}/app/")
    app.sign_in("anna")
    expect(page.get_by_text(QUAY)).to_have_count(0)
    page.get_by_role("link", name="Outbox").click()
    expect(page.get_by_text("Kept locked for Amira")).to_be_visible()
    app.tap("Sign out")
    expect(page.get_by_role("heading", name="Sign in to see your visits")).to_be_visible()

    app.sign_in("amira")
    _is_sent(app)


def test_signing_out_lasts_though_the_phone_dies_at_once_and_had_no_network(amiras: Amiras) -> None:
    app = amiras.app("/app/#/outbox")
    amiras.network(up=False)
    app.tap("Sign out")
    _is_signed_out(app)
    app.page.wait_for_timeout(500)
    amiras.kill()
    _is_signed_out(amiras.app())
    assert not amiras.context.cookies(), "the session has ended too"


@pytest.mark.parametrize("refused", ["put", "put delete"])
def test_signing_out_lasts_on_a_phone_that_cannot_note_it(amiras: Amiras, refused: str) -> None:
    app = amiras.app("/app/#/outbox", before=_NO_NOTE % refused)
    app.tap("Sign out")
    _is_signed_out(app)
    app.page.wait_for_timeout(500)
    app.page.reload()
    _is_signed_out(app)
    if refused == "put":
        app.sign_in()
        app.page.reload()
        expect(app.page.get_by_role("link", name=QUAY)).to_be_visible()


def test_somebody_else_who_signs_in_in_another_tab_gets_nothing_of_hers(amiras: Amiras, shop: Server, seed: Seed) -> None:
    with amiras.context.expect_event("response", lambda answer: answer.url.endswith("/bootstrap")):
        app = amiras.app("/app/#/unplanned")
    amiras.context.clear_cookies()
    other = amiras.context.new_page()
    other.goto(f"{shop.url}/sign-in")
    sign_in(other, "anna@example.org", PASSWORD)

    with app.page.expect_response(lambda answer: answer.url.endswith("/bootstrap"), timeout=60_000):
        visit = begin(app)
        app.choose("Yes")
    app.open("#/outbox")
    app.tap("Sign out")
    _is_signed_out(app)
    assert _owner(shop, visit) is None

    with app.page.expect_response(lambda answer: answer.url.endswith(f"/{visit}/draft")):
        app.sign_in("amira")
    expect(app.page.get_by_role("link", name="Continue Canal Street")).to_be_visible()
    assert _owner(shop, visit) == seed.world.people["amira"]


def test_what_is_being_sent_is_waited_for_a_while(amiras: Amiras) -> None:
    page = amiras.app().page
    assert page.evaluate("""async () => {
      const lock = (await import("/static/js/sync/loop.js")).underLock("of this test");
      const first = lock(() => new Promise((resolve) => setTimeout(() => resolve("first"), 1000)));
      return [await lock(async () => "at once"), await lock(async () => "soon", 100), await lock(async () => "later", 9000), await first];
    }""") == [None, None, "later", "first"]


def test_a_session_that_ended_pauses_the_sending_until_one_signs_in(server: Server, phone: Phone, finished_offline: Visiting, seed: Seed) -> None:
    app, page = finished_offline, finished_offline.page
    _end_sessions(server)
    server.start()
    _network_comes_back(phone)
    expect(page.get_by_text("Sign in to send 1 visit.")).to_be_visible(timeout=30_000)
    assert _state(app, seed) == "queued"
    app.sign_in("amira")
    _is_sent(app)


def test_a_captive_portal_is_no_answer(server: Server, phone: Phone, finished_offline: Visiting, seed: Seed) -> None:
    app, page = finished_offline, finished_offline.page
    with captive_portal(server.port) as asked:
        _network_comes_back(phone)
        page.wait_for_timeout(3_000)
        assert any("/api/v1/" in line for line in asked)
        assert _state(app, seed) == "queued"
        page.reload()
        expect(page.get_by_text("Saved on this phone at")).to_be_visible()
        expect(page.get_by_text("Accept our terms")).to_have_count(0)
    server.start()
    _network_comes_back(phone)
    _is_sent(app)


@pytest.fixture
def updating(driver: Playwright, copied: Server, seed: Seed, tmp_path: Path) -> Iterator[Visiting]:
    """Amira at the copy's app, with one answer given at quay."""
    phone = Phone(driver, tmp_path / "profile", copied.url)
    app = Visiting(phone.open(), seed.world.people["amira"])
    app.sign_in()
    app.wait_until_kept(QUAY)
    app.start(QUAY)
    app.choose("Yes")
    yield app
    phone.close()


def test_a_new_version_never_comes_over_an_open_draft(copied: Server, updating: Visiting) -> None:
    page, before = updating.page, _build(updating)
    _change_the_app(copied)
    page.reload()
    updating.until_a_version_waits()
    assert _build(updating) == before
    expect(page.get_by_role("button", name="Yes", exact=True)).to_have_attribute("aria-pressed", "true")
    updating.open("#/")
    expect(page.locator(f"meta[name=app-build]:not([content='{before}'])")).to_have_count(1, timeout=30_000)
    page.get_by_role("link", name=f"Continue {QUAY}").click()
    page.wait_for_url("**/question/look")


def test_a_new_version_is_offered_while_something_waits_to_be_sent(copied: Server, updating: Visiting, seed: Seed) -> None:
    page, before = updating.page, _build(updating)
    updating.go_on()
    updating.answer_all("small", {})
    copied.stop()
    updating.finish()
    _end_sessions(copied)
    _change_the_app(copied, running=False)
    page.reload()
    expect(page.get_by_text("Update ready.")).to_be_visible(timeout=30_000)
    assert _build(updating) == before
    updating.tap("Update now")
    expect(page.locator(f"meta[name=app-build]:not([content='{before}'])")).to_have_count(1, timeout=30_000)
    assert _state(updating, seed) == "queued"


def test_a_build_two_releases_old_still_sends(copied: Server, updating: Visiting, seed: Seed) -> None:
    before = _build(updating)
    for number in (2, 3):
        _number_the_build(copied, number)
        _change_the_app(copied)
    updating.go_on()
    updating.answer_all("small", {})
    assert _build(updating) == before, "an open visit is never loaded anew"
    updating.finish()
    _is_sent(updating)
    with opened(copied.environment()) as made, made.extensions["database"].read() as session:
        body = session.get(Revision, (seed.visits["quay"], 1)).body
    assert json.loads(body)["app_build"] == before and before.startswith("1-")


def _number_the_build(server: Server, number: int) -> None:
    assets = server.root / "field/web/assets.py"
    assets.write_text(re.sub(r"BUILD_NUMBER = \d+", f"BUILD_NUMBER = {number}", assets.read_text()))


def _change_the_app(server: Server, *, running: bool = True) -> None:
    """A release: another module, and the server started again."""
    if running:
        server.stop()
    with (server.root / "static/js/lib/ids.js").open("a") as module:
        module.write("export const changed = true;\n")
    server.start()


def _is_signed_out(app: Visiting) -> None:
    expect(app.page.get_by_role("heading", name="Sign in to see your visits")).to_be_visible()


def _owner(server: Server, visit: str) -> str | None:
    with opened(server.environment()) as made, made.extensions["database"].read() as session:
        return (held := session.get(Visit, visit)) and held.person_id


def _build(app: Visiting) -> str:
    return app.page.locator("meta[name=app-build]").get_attribute("content")


def _end_sessions(server: Server) -> None:
    with opened(server.environment()) as made, made.extensions["database"].write() as session:
        session.execute(text("UPDATE device_session SET revoked_at = '2026-01-01 00:00:00'"))


def _network_comes_back(phone: Phone) -> None:
    phone.network(up=False)
    phone.network(up=True)


def _state(app: Visiting, seed: Seed) -> str:
    return app.kept("revisions", [seed.visits["quay"], 1])["state"]


def _is_sent(app: Visiting) -> None:
    app.page.get_by_role("link", name=re.compile("^Outbox")).click()
    expect(app.page.locator("li", has_text=QUAY)).to_contain_text("Receipt", timeout=60_000)
