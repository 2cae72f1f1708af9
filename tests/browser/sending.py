"""A visit on its way from amira's phone to the server: finished without it, sent, copied, received."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.amiras import Amiras
from tests.browser.photos import drawn
from tests.browser.server import Server
from tests.browser.visiting import Visiting

CANAL = "Canal Street"


def finish_offline(amiras: Amiras, shop: Server, tmp_path: Path) -> tuple[Visiting, str]:
    """A visit with a photo, finished while there is no server; and its id."""
    app = amiras.visiting()
    shop.stop()
    visit = app.visit
    app.add_photos([drawn(tmp_path / "photo.jpg")])
    app.answer_all("small", {})
    app.finish()
    return app, visit


def send_with_a_photo(amiras: Amiras, tmp_path: Path) -> tuple[Visiting, str]:
    """A visit with a photo that the server has; and its id."""
    app = amiras.visiting()
    app.add_photos([drawn(tmp_path / "photo.jpg")])
    visit = app.visit
    app.answer_all("small", {})
    app.finish()
    is_sent(app.page)
    return app, visit


def network_comes_back(amiras: Amiras) -> None:
    amiras.network(up=False)
    amiras.network(up=True)


def is_sent(page: Page) -> None:
    expect(page.locator("li", has_text=CANAL).locator("p.facts").first).to_contain_text("Receipt", timeout=60_000)


def backed_up(app: Visiting, visit: str) -> None:
    """Its copy and its photo have arrived."""
    def there() -> bool:
        record = app.record(visit)
        upload = app.kept("uploads", [visit, record["photos"][0]["sha256"]])
        return app.kept("meta", f"backup:{visit}") == record["rev"] and upload is not None and upload["state"] == "stored"
    until(app, there)


def until(app: Visiting, holds: Callable[[], bool]) -> None:
    for _ in range(60):
        if holds():
            return
        app.page.wait_for_timeout(500)
    raise AssertionError("it did not come about")
