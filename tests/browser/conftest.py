"""A real server, a phone that can be killed, a desk. Without a browser these tests skip loudly; with ``CI=true`` that is a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.amiras import Amiras
from tests.browser.phone import Phone, chromium, desk
from tests.browser.seed import Seed, make_seed
from tests.browser.server import ROOT, Server
from tests.browser.visiting import Visiting, at_desk_of

NO_BROWSER = "NO BROWSER: Chromium is neither installed nor named in CHROME_PATH, so nothing of the app was tested in a browser."


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    if chromium() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Seed:
    return make_seed(tmp_path_factory.mktemp("seed"))


@pytest.fixture
def server(seed: Seed, tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own; ``stop`` and ``start`` it as the test likes."""
    running = Server(seed.copied(tmp_path / "home"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def copied(seed: Seed, tmp_path: Path) -> Iterator[Server]:
    """A server of a copy of the product, so that a test may change the app."""
    root = tmp_path / "product"
    for name in ("field", "forms", "static", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "app.py", root)
    running = Server(seed.copied(tmp_path / "home"), root=root)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def phone(driver: Playwright, server: Server, tmp_path: Path) -> Iterator[Phone]:
    made = Phone(driver, tmp_path / "profile", server.url)
    yield made
    made.close()


@pytest.fixture
def inspector(phone: Phone, seed: Seed) -> Visiting:
    """Amira, signed in on the phone; the app and the questionnaires are on it."""
    app = Visiting(phone.open(), seed.world.people["amira"])
    app.sign_in()
    app.wait_until_kept("Mill Street", "Quay Street")
    return app


@pytest.fixture
def reopened(phone: Phone, seed: Seed) -> Callable[[str], Visiting]:
    """The app after the phone was killed: ``reopened("/app/")``."""
    return lambda address: Visiting(phone.open(address), seed.world.people["amira"])


@pytest.fixture(scope="module")
def shop(seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a file; who stops it starts it again."""
    running = Server(seed.copied(tmp_path_factory.mktemp("shop") / "home"), workers=1)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def shop_again(shop: Server) -> Iterator[None]:
    """Whatever a test did, the next one finds the server up."""
    yield
    if not shop.running:
        shop.start()


@pytest.fixture(scope="module")
def signed_in(driver: Playwright, shop: Server, seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profile of a phone on which amira has signed in and everything is kept, to be copied."""
    profile = tmp_path_factory.mktemp("amira") / "profile"
    phone = Phone(driver, profile, shop.url)
    app = Visiting(phone.open(), seed.world.people["amira"])
    app.sign_in()
    app.wait_until_kept("Mill Street", "Quay Street")
    phone.close()
    return profile


@pytest.fixture
def amiras(driver: Playwright, shop: Server, signed_in: Path, seed: Seed, tmp_path: Path) -> Iterator[Amiras]:
    """Her phone as it was after signing in, not yet opened."""
    made = Amiras(driver, shutil.copytree(signed_in, tmp_path / "phone"), shop.url, seed.world.people["amira"])
    yield made
    made.close()


@pytest.fixture
def desk_browser(driver: Playwright) -> Iterator[Browser]:
    opened = desk(driver)
    yield opened
    opened.close()


@pytest.fixture
def at_desk(desk_browser: Browser, server: Server) -> Callable[[str], Page]:
    """Somebody signed in at a desk: ``at_desk("chen")``."""
    return lambda name: at_desk_of(desk_browser, server.url, name)
