"""People's accounts in a browser: an invitation, an app for codes, a passkey on an authenticator that the browser plays."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from field import clock
from field.models import DeviceSession
from tests.browser.seed import Seed
from tests.browser.server import Server, opened
from tests.browser.test_axe import faults
from tests.factories import PASSWORD
from tests.web.signing_in import next_code

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


class NamedServer(Server):
    """Served at an address with a name, where browsers have passkeys; a second factor is required."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, workers=1)
        self.url = f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "FIELDSCORE_SECOND_FACTOR": "required"}


@pytest.fixture
def named(seed: Seed, tmp_path: Path) -> Iterator[NamedServer]:
    running = NamedServer(seed.copied(tmp_path / "home"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def page(desk_browser: Browser, named: NamedServer) -> Page:
    return desk_browser.new_context(base_url=named.url, viewport=WIDE, locale="en-GB").new_page()


def set_up(page: Page) -> pyotp.TOTP:
    """Goes through the page on which one is led to set the app up; stops at the recovery codes."""
    page.get_by_text("It cannot be scanned").click()
    app = pyotp.TOTP(page.locator("code.key").inner_text().replace(" ", "").strip())
    page.get_by_label("Code", exact=True).fill(app.at(clock.now()))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return app


def add_authenticator(page: Page) -> None:
    """The browser plays an authenticator that asks for a finger and always gets it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def clean(page: Page, name: str) -> None:
    """axe finds nothing and nothing sticks out, in both lights, on a narrow phone and on a desk."""
    assert faults(page, name) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the phone"
    page.set_viewport_size(WIDE)


@pytest.mark.timeout(300)
def test_a_manager_sets_up_an_app_and_a_passkey_and_comes_back_with_each(page: Page) -> None:
    sign_in(page, "ben", "/me/second-factor")
    clean(page, "set up")
    app = set_up(page)
    clean(page, "recovery codes")
    page.get_by_role("link", name="I have them").click()
    expect(page).to_have_url(re.compile("/overview"))

    add_authenticator(page)
    page.goto("/me")
    clean(page, "own page")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    clean(page, "own page with a passkey")

    leave(page)
    clean(page, "sign in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/overview"))

    leave(page)
    sign_in(page, "ben", "/sign-in/code")
    clean(page, "second step")
    page.get_by_label("Code").fill(next_code(app))
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile("/overview"))


@pytest.mark.timeout(300)
def test_an_invited_person_comes_in_by_the_link(page: Page, desk_browser: Browser, named: NamedServer) -> None:
    sign_in(page, "eva", "/me/second-factor")
    set_up(page)
    page.goto("/people/new")
    page.get_by_label("Name").fill("Fay")
    page.get_by_label("E-mail").fill("fay@example.org")
    page.get_by_label("Role", exact=True).first.select_option("inspector")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Fay is invited.")).to_be_visible()
    clean(page, "the link")
    link = page.locator("code.key").inner_text()

    fay = desk_browser.new_context(viewport=WIDE, locale="en-GB").new_page()
    fay.goto(link)
    clean(fay, "invitation")
    fay.get_by_label("Password").fill("a sentence of hers")
    fay.get_by_role("button", name="Sign in").click()
    expect(fay.get_by_role("heading", name="Today")).to_be_visible()
    fay.goto(link)
    expect(fay.get_by_text("This link does not work any more")).to_be_visible()


def test_the_desk_asks_again_and_keeps_what_was_typed(page: Page, named: NamedServer, seed: Seed) -> None:
    sign_in(page, "eva", "/me/second-factor")
    set_up(page)
    page.goto(f"/people/{seed.world.people['anna']}")
    page.get_by_label("Name").fill("Anna Holm")
    forget_proofs(named)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    clean(page, "asked again")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Anna Holm")).to_be_visible()


def leave(page: Page) -> None:
    page.goto("/sign-out")
    page.get_by_role("button", name="Sign out").click()


def sign_in(page: Page, name: str, there: str) -> None:
    """With the password, which leads to ``there``."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{there}*")


def forget_proofs(named: NamedServer) -> None:
    """As if ten minutes had passed."""
    with opened(named.environment()) as app, app.extensions["database"].write() as session:
        session.query(DeviceSession).update({"proved_at": None})
