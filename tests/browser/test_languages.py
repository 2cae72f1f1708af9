"""The phone speaks its person's language: at once, without a network, through new versions, and when it is changed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.phone import Phone
from tests.browser.saying import Saying
from tests.browser.seed import Seed, speak
from tests.browser.server import Server
from tests.browser.visiting import Visiting, at_desk_of, sign_in
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
QUAY = "Quay Street"
HUNGARIAN, TRADITIONAL = Saying("hu"), Saying("zh-Hant")
_WATCH = """new MutationObserver(() => (window.seen ??= new Set()).add(document.body?.innerText ?? ""))
  .observe(document, { childList: true, characterData: true, subtree: true })"""
_KEPT = """async () => {
  const all = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
  return all.flat().filter((url) => url.includes("/locale/")).map((url) => url.split("/").at(-1));
}"""


@pytest.fixture
def hungarian(phone: Phone, server: Server, seed: Seed) -> Visiting:
    """Amira, signed in; her browser is English and she is not."""
    speak(server.environment(), "hu", seed.world.people["amira"])
    return _signed_in(phone, seed)


def _signed_in(phone: Phone, seed: Seed) -> Visiting:
    page = phone.open()
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, "amira@example.org", PASSWORD)
    expect(page.get_by_role("heading", name=HUNGARIAN("Today"), exact=True)).to_be_visible()
    app = Visiting(page, seed.world.people["amira"], HUNGARIAN)
    app.wait_until_kept(QUAY)
    return app


def test_a_start_without_a_server_speaks_the_language_from_its_first_picture_on(phone: Phone, server: Server, seed: Seed, hungarian: Visiting) -> None:
    assert hungarian.page.evaluate(_KEPT) == ["hu.json"]
    phone.close()
    server.stop()
    phone.context.add_init_script(_WATCH)
    app = Visiting(phone.open(), seed.world.people["amira"], HUNGARIAN)
    expect(app.page.get_by_role("heading", name=HUNGARIAN("Today"), exact=True)).to_be_visible()
    assert app.page.locator("html").get_attribute("lang") == "hu"
    seen = "\n".join(app.page.evaluate("() => [...window.seen]"))
    assert HUNGARIAN("Today") in seen and not re.search(r"\b(Today|Outbox|Until|not planned)\b", seen)
    app.start(QUAY)
    app.choose(HUNGARIAN("Yes"))


def test_before_anybody_has_signed_in_the_browsers_language_is_spoken(driver: Playwright, server: Server, tmp_path: Path) -> None:
    phone = Phone(driver, tmp_path / "profile", server.url, locale="zh-HK")
    page = phone.open()
    expect(page.get_by_role("heading", name=TRADITIONAL("Sign in to see your visits"))).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    phone.close()


def test_a_language_chosen_at_the_desk_reaches_the_phone_under_an_open_draft(
        phone: Phone, server: Server, desk_browser: Browser, hungarian: Visiting) -> None:
    page = hungarian.page
    hungarian.start(QUAY)
    box = page.get_by_label(HUNGARIAN("Comment"))
    box.press_sequentially("A bejáratnál ")
    page.evaluate("() => { window.neverReloaded = true; }")

    desk = at_desk_of(desk_browser, server.url, "amira", HUNGARIAN)
    desk.goto("/me")
    desk.get_by_label(HUNGARIAN.desk("Language")).select_option("zh-Hant")
    desk.get_by_role("button", name=HUNGARIAN.desk("Save"), exact=True).first.click()
    expect(desk.locator("html[lang=zh-Hant]")).to_have_count(1)
    phone.network(up=False)
    phone.network(up=True)

    expect(page.locator("html[lang=zh-Hant]")).to_have_count(1, timeout=30_000)
    expect(page.get_by_role("button", name=TRADITIONAL("Yes"), exact=True)).to_be_visible()
    box = page.get_by_label(TRADITIONAL("Comment"))
    expect(box).to_be_focused()
    box.press_sequentially("tiszta.")
    hungarian.say = TRADITIONAL
    box.blur()
    hungarian.saved()
    assert hungarian.record(hungarian.visit)["answers"]["floors"]["comment"] == "A bejáratnál tiszta."
    assert page.evaluate("() => window.neverReloaded")
    page.wait_for_function(f"({_KEPT})().then((kept) => kept.join() === 'zh-Hant.json')")


def test_a_page_that_its_worker_overlooked_is_taken_over_and_its_language_kept(phone: Phone, server: Server, hungarian: Visiting) -> None:
    page = hungarian.page
    page.evaluate("async () => Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).delete('/static/locale/hu.json')))")
    phone.context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})  # loads without the worker
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.wait_for_function(f"({_KEPT})().then((kept) => kept.join() === 'hu.json')")


@pytest.fixture
def updating(driver: Playwright, copied: Server, seed: Seed, tmp_path: Path) -> Iterator[Visiting]:
    """Amira speaks Hungarian at an app that a test may change, with a draft open."""
    speak(copied.environment(), "hu", seed.world.people["amira"])
    phone = Phone(driver, tmp_path / "profile", copied.url)
    app = _signed_in(phone, seed)
    app.start(QUAY)
    app.choose(HUNGARIAN("Yes"))
    yield app
    phone.close()


def test_a_new_version_brings_its_texts_in_the_language_of_the_phone(copied: Server, updating: Visiting) -> None:
    copied.stop()
    _say_something_new(copied.root)
    copied.start()
    updating.page.reload()
    updating.until_a_version_waits()
    copied.stop()
    updating.open("#/")  # nothing is open any more: the new version takes over, and there is no server to ask
    expect(updating.page.get_by_role("heading", name="A napod", exact=True)).to_be_visible(timeout=30_000)
    assert updating.page.locator("html").get_attribute("lang") == "hu"


def _say_something_new(root: Path) -> None:
    """A release with another word on the first screen, translated."""
    screen, catalogue = root / "static/js/ui/screens/today.js", root / "field/locale/hu/app.po"
    said = screen.read_text()
    assert '<${Heading}>${_("Today")}' in said
    screen.write_text(said.replace('<${Heading}>${_("Today")}', '<${Heading}>${_("Your day")}'))
    with catalogue.open("rb") as kept:
        texts: Catalog = read_po(kept, locale="hu")
    texts.add("Your day", "A napod")
    with catalogue.open("wb") as kept:
        write_po(kept, texts)
