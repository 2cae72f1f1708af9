"""How it should look, on a small phone in a basement: beside the question, and as wide as the page on a tap."""

import base64
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Playwright, expect

from tests.browser.phone import Phone
from tests.browser.seed import Seed
from tests.browser.server import Server
from tests.browser.test_axe import faults
from tests.browser.visiting import Visiting, questions

pytestmark = pytest.mark.browser
WIDTH, HEIGHT = 360, 740
SHOWN = questions("store-standards")["entrance_tidy"]
_PUT = """async ({ person, sha256, jpeg }) => {
  const open = indexedDB.open(`fieldscore-${person}`);
  const handle = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const work = handle.transaction(["thumbs"], "readwrite");
  work.objectStore("thumbs").put({ sha256, bytes: Uint8Array.from(atob(jpeg), (each) => each.charCodeAt(0)).buffer });
  await new Promise((resolve) => { work.oncomplete = resolve; });
  handle.close();
}"""


@pytest.fixture
def small(driver: Playwright, server: Server, tmp_path: Path) -> Iterator[Phone]:
    made = Phone(driver, tmp_path / "profile", server.url, viewport={"width": WIDTH, "height": HEIGHT})
    yield made
    made.close()


@pytest.mark.timeout(240)
def test_the_reference_photo_is_there_without_network(small: Phone, server: Server, seed: Seed) -> None:
    app = Visiting(small.open(), seed.world.people["amira"])
    app.sign_in()
    app.wait_until_kept("Mill Street")
    _wait_for(app, SHOWN["reference_photo"])
    server.stop()
    app.page.reload()
    app.start("Mill Street")
    app.open_question("entrance_tidy", app.visit)
    photo = app.page.get_by_role("button", name="As it should look")
    picture = photo.get_by_role("img", name=SHOWN["standard"]["en"])
    expect(picture).to_have_js_property("naturalWidth", 960)
    assert 90 <= picture.bounding_box()["height"] <= 120
    for answer in ("Yes", "No"):
        box = app.page.get_by_role("button", name=answer, exact=True).bounding_box()
        assert box["y"] + box["height"] <= HEIGHT

    photo.tap()
    expect(photo).to_have_attribute("aria-expanded", "true")
    assert picture.bounding_box()["width"] >= WIDTH - 32
    assert app.page.evaluate("document.documentElement.scrollWidth") == WIDTH
    assert faults(app.page, "photo enlarged") == []
    photo.press("Enter")
    expect(photo).to_have_attribute("aria-expanded", "false")
    assert faults(app.page, "photo small") == []

    app.open_question("floors_clean", app.visit)
    expect(app.page.get_by_role("heading", level=1)).to_contain_text("Floors")
    expect(photo).to_have_count(0)
    app.open(f"#/lists/{app.visit}")
    expect(app.page.locator("main img")).to_have_count(0)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("size", [(320, 960), (960, 240)])
def test_a_reference_photo_of_an_odd_shape_is_seen_whole(small: Phone, seed: Seed, size: tuple[int, int]) -> None:
    app = Visiting(small.open(), seed.world.people["amira"])
    app.sign_in()
    app.wait_until_kept("Mill Street")
    _wait_for(app, SHOWN["reference_photo"])
    Image.new("RGB", size, "teal").save(jpeg := io.BytesIO(), "JPEG")
    app.page.evaluate(_PUT, {"person": app.person, "sha256": SHOWN["reference_photo"], "jpeg": base64.b64encode(jpeg.getvalue()).decode()})
    app.start("Mill Street")
    app.open_question("entrance_tidy", app.visit)
    photo = app.page.get_by_role("button", name="As it should look")
    picture = photo.get_by_role("img")
    expect(picture).to_have_js_property("naturalWidth", size[0])
    assert picture.bounding_box()["width"] >= 80, "wide enough to be tapped"
    expect(picture).to_have_css("object-fit", "contain")

    photo.tap()
    expect(photo).to_have_attribute("aria-expanded", "true")
    box, dock = photo.bounding_box(), app.page.locator(".dock").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= dock["y"], "all of it between the head and the dock"
    assert app.page.evaluate("document.documentElement.scrollWidth") == WIDTH


def _wait_for(app: Visiting, sha256: str) -> None:
    end = time.monotonic() + 30
    while app.kept("thumbs", sha256) is None:
        assert time.monotonic() < end, "the phone fetched no reference photo"
        app.page.wait_for_timeout(100)
