"""What a phone has to fetch: compressed bodies, counted as they come over the wire."""

import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Playwright, Request, expect

from tests.browser.phone import PIXEL, desk
from tests.browser.server import Server
from tests.browser.visiting import Visiting, sign_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser
KB = 1000
FIRST_SCREEN, KEPT_OFFLINE, MANAGERS_SCRIPT, INSPECTORS_STYLE = 60 * KB, 120 * KB, 5 * KB, 6 * KB


def test_the_first_screen_is_light(driver: Playwright, server: Server) -> None:
    browser = desk(driver)
    page = browser.new_context(base_url=server.url).new_page()
    sign_in(page, "amira@example.org", PASSWORD)
    empty = browser.new_context(base_url=server.url, service_workers="block", **PIXEL)
    empty.add_cookies(page.context.cookies())
    fresh = empty.new_page()
    bodies = _counted(fresh, lambda request: True)
    fresh.goto("/app/")
    expect(fresh.get_by_text("Mill Street")).to_be_visible()
    fresh.wait_for_load_state("networkidle")
    heavy = {path: size for path, size in bodies.items() if "/questionnaires/" not in path}
    browser.close()
    assert "static/js/inspector.js" in heavy and sum(heavy.values()) <= FIRST_SCREEN, _said(heavy)
    assert sum(size for path, size in bodies.items() if path.endswith(".css")) <= INSPECTORS_STYLE, _said(bodies)


def test_what_the_worker_keeps_is_light(server: Server, inspector: Visiting) -> None:
    addresses = inspector.page.evaluate("""async () => {
        const names = (await caches.keys()).filter((name) => name.startsWith("shell-"));
        const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return kept.flat().map((request) => request.url);
    }""")
    sizes = {address.removeprefix(server.url): _fetched(address) for address in addresses}
    assert "/app/" in sizes and len(sizes) > 30
    assert sum(sizes.values()) <= KEPT_OFFLINE, _said(sizes)


@pytest.mark.parametrize("address", ["/overview", "/sites/mill", "/sites", "/compare", "/questionnaires"])
def test_pages_of_managers_carry_little_script(at_desk: Callable[[str], Page], address: str) -> None:
    ben = at_desk("ben")
    page = ben.context.browser.new_context(storage_state=ben.context.storage_state()).new_page()
    scripts = _counted(page, lambda request: request.resource_type == "script")
    page.goto(ben.url.split("/overview")[0] + address, wait_until="networkidle")
    assert 0 < sum(scripts.values()) <= MANAGERS_SCRIPT, _said(scripts)


def _counted(page: Page, wanted: Callable[[Request], bool]) -> dict[str, int]:
    """Sizes of bodies by path, filled as the page gets them."""
    found: dict[str, int] = {}

    def note(request: Request) -> None:
        if wanted(request):
            found[request.url.split("?")[0].split("/", 3)[3]] = request.sizes()["responseBodySize"]

    page.on("requestfinished", note)
    return found


def _fetched(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return len(answer.read())


def _said(sizes: dict[str, int]) -> str:
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:12]
    return f"{sum(sizes.values())} bytes in {len(sizes)} files; the largest: {largest}"
