"""The app at six-fold CPU slow-down: how soon an answer is on disk, and how soon it opens without a server."""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.phone import Phone, chromium
from tests.browser.seed import Seed, make_seed
from tests.browser.server import Server
from tests.browser.visiting import Visiting

SLOWDOWN = 6
TAPS, STARTS = 15, 5
_SITE = "Quay Street"

#: Notes, from each tap on: when the next writing transaction was complete, and when "Saved" was on the screen.
_WATCH_TAPS = """() => {
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const made = open.call(this, stores, mode, options);
    if (mode === "readwrite") made.addEventListener("complete", () => { if (tapped) disk ??= performance.now() - tapped; });
    return made;
  };
  let tapped = 0, disk = null;
  window.taps = [];
  document.addEventListener("click", (event) => { [tapped, disk] = [event.timeStamp, null]; }, true);
  new MutationObserver(() => {
    if (!tapped || disk === null || !document.querySelector("p.saved")?.textContent.includes("Saved")) return;
    window.taps.push({ disk, shown: performance.now() - tapped });
    tapped = 0;
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}"""
_WATCH_START = """() => {
  const look = () => {
    const there = document.querySelector("main h1")?.textContent.includes("Today") && document.querySelector("main .card .visit-name");
    if (there) window.today ??= performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
}"""


def measure() -> None:
    """Prints the rows; says so where there is no browser."""
    print(f"{f'phone, {SLOWDOWN} times slower':34}{'median':>10}{'worst':>10}{'wanted':>10}")
    if chromium() is None:
        print("NO BROWSER: Chromium is neither installed nor named in CHROME_PATH.")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        seed = make_seed(Path(folder) / "seed")
        server = Server(seed.copied(Path(folder) / "home"))
        phone = Phone(driver, Path(folder) / "profile", server.url)
        try:
            server.start()
            taps = _taps(phone, seed)
            _row("answer on disk", [tap["disk"] for tap in taps], 100)
            _row("answer shown as saved", [tap["shown"] for tap in taps], None)
            phone.close()
            server.stop()
            _row("start without a server", _starts(phone, server), 1000)
        finally:
            phone.close()
            server.stop()


def _taps(phone: Phone, seed: Seed) -> list[dict[str, float]]:
    app = Visiting(phone.open(), seed.world.people["amira"])
    app.sign_in()
    app.wait_until_kept(_SITE)
    app.start(_SITE)
    expect(app.page.get_by_role("button", name="Yes", exact=True)).to_be_visible()
    app.page.evaluate(_WATCH_TAPS)
    _slow(phone, app.page)
    for number in range(TAPS):
        app.page.get_by_role("button", name="No" if number % 2 else "Yes", exact=True).tap()
        while app.page.evaluate("() => window.taps.length") <= number:
            app.page.wait_for_timeout(20)
    return app.page.evaluate("() => window.taps")


def _starts(phone: Phone, server: Server) -> list[float]:
    found = []
    for _start in range(STARTS):
        page = phone.context.new_page()
        page.add_init_script(f"({_WATCH_START})()")
        _slow(phone, page)
        page.goto(f"{server.url}/app/")
        page.locator("main .card .visit-name").first.wait_for()
        found.append(page.evaluate("() => window.today"))
        phone.close()
    return found


def _slow(phone: Phone, page: Page) -> None:
    phone.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})


def _row(name: str, milliseconds: list[float], wanted: int | None) -> None:
    limit = f"{wanted} ms" if wanted else ""
    print(f"{name:34}{statistics.median(milliseconds):>7.0f} ms{max(milliseconds):>7.0f} ms{limit:>10}", flush=True)


if __name__ == "__main__":
    measure()
