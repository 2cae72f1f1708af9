"""axe finds nothing: every page and every screen, light and dark, on a phone and on a desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, Playwright, expect

from field.operations.demo_people import PASSWORD
from tests.browser.demo import DESK, app_screens, desk_pages
from tests.browser.phone import Phone, desk
from tests.browser.photos import drawn
from tests.browser.seed import Seed
from tests.browser.server import Server, run_command, settings
from tests.browser.visiting import Visiting, sign_in

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in ((412, 915), (1280, 800))]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo, served; nothing here changes what the others see."""
    home = tmp_path_factory.mktemp("demo") / "home"
    run_command(settings(home), "init")
    run_command(settings(home), "demo")
    server = Server(home, workers=1)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def visitor(driver: Playwright, demo: Server) -> Iterator[Callable[[str | None], Page]]:
    browser = desk(driver)

    def enter(who: str | None) -> Page:
        page = browser.new_context(base_url=demo.url, locale="en-GB").new_page()
        if who:
            sign_in(page, f"{who}@example.org", PASSWORD)
        return page

    yield enter
    browser.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", DESK)
def test_no_page_of_the_desk_shuts_anybody_out(visitor: Callable[[str | None], Page], who: str | None) -> None:
    page = visitor(who)
    found = [fault for name in desk_pages(page, who) for fault in faults(page, name)]
    assert not found, "\n".join(found)


@pytest.mark.timeout(600)
def test_no_screen_of_the_app_shuts_anybody_out(phone: Phone, seed: Seed, tmp_path: Path) -> None:
    app = Visiting(phone.open(), seed.world.people["amira"])
    screens = app_screens(app, "Mill Street", drawn(tmp_path / "photo.jpg"))
    found = [fault for name in screens for fault in faults(app.page, name)]
    assert not found, "\n".join(found)


def faults(page: Page, name: str) -> list[str]:
    """What axe says about the page as it stands, once for each rule, with the looks in which it says so."""
    expect(page.locator("main h1").first).to_be_visible()
    said: dict[str, list[str]] = {}
    for scheme, (width, height) in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        for violation in _violations(page):
            nodes = "; ".join(f"{' '.join(map(str, node['target']))} ({_why(node)})" for node in violation["nodes"][:3])
            said.setdefault(f"{name} [{violation['id']}] {nodes}", []).append(f"{scheme} {width}")
    return [f"{what} in {', '.join(looks)}" for what, looks in said.items()]


def _violations(page: Page) -> list[dict]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate("(tags) => axe.run({ runOnly: tags }).then((result) => result.violations)", TAGS)


def _why(node: dict) -> str:
    return " ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))[:160]
