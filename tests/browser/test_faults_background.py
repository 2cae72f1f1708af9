"""A phone that stops the app in the middle of an upload, because somebody looks at something else: it goes on when it is back."""

import os
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from field.models import Photo
from tests.browser.amiras import Amiras
from tests.browser.photos import drawn
from tests.browser.rows import count, receipts
from tests.browser.server import Server

_AWAY = 4.0


@pytest.mark.browser
@pytest.mark.timeout(120)
def test_an_upload_that_stops_with_the_app_in_the_background_goes_on_when_it_is_back(amiras: Amiras, shop: Server, tmp_path: Path) -> None:
    app = amiras.visiting()
    visit, held = app.visit, []

    def hold_the_first(route: Route) -> None:
        held.append(route.request.url)
        if len(held) > 1:
            route.continue_()

    amiras.context.route(f"**/visits/{visit}/photos/*", hold_the_first)
    app.add_photos([drawn(tmp_path / "photo.jpg")])
    app.answer_all("small", {})
    app.finish()
    while not held:
        app.page.wait_for_timeout(100)
    _send_to_the_background(amiras)
    assert receipts(shop, visit) == [] and count(shop, Photo, visit) == 0
    expect(app.page.locator("li", has_text="Canal Street").locator("p.facts").first).to_contain_text("Receipt", timeout=60_000)
    assert len(held) == 2 and len(set(held)) == 1, "the same photo, once more"
    assert len(receipts(shop, visit)) == count(shop, Photo, visit) == 1


def _send_to_the_background(phone: Amiras) -> None:
    """Stops every process of the browser for a while, as a phone does with an app that nobody looks at."""
    [group] = {os.getpgid(pid) for pid in phone.pids()}
    os.killpg(group, signal.SIGSTOP)
    try:
        time.sleep(_AWAY)
    finally:
        os.killpg(group, signal.SIGCONT)
