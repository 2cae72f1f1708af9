"""Text twice as large on a small phone: nothing is cut off and nothing reaches over the page's edge."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.amiras import Amiras
from tests.browser.phone import FLAGS
from tests.browser.photos import drawn
from tests.browser.seed import Seed
from tests.browser.server import Server
from tests.browser.visiting import Visiting

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

#: What is wider than the page or than the box it stands in, higher than a box that hides the rest, or breaks a word to fit.
_CUT = """() => {
  const name = (each) => `${each.className || each.tagName}: ${each.innerText.slice(0, 30)}`;
  const outside = ({ left, right }) => left < 0 || right > innerWidth + 1;
  const broken = (text) => [...text.data.matchAll(/[\\p{L}\\p{N}]+/gu)].some(({ 0: word, index }) => {
    const range = new Range();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
  });
  const seen = [...document.querySelectorAll(".screen *")].filter((each) => each.checkVisibility() && !(each instanceof SVGElement)
    && !each.closest(".heard"));
  return seen.filter((each) => (!each.closest(".photos") && outside(each.getBoundingClientRect()))
    || (each.matches("button, a, p, dt, dd, h1, h2") && (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0
        || each.matches(".photo") && each.scrollHeight > each.clientHeight + 1))
    || [...each.childNodes].some((node) => node instanceof Text && broken(node))).map(name);
}"""


@pytest.fixture
def reader(driver: Playwright, shop: Server, signed_in: Path, seed: Seed, tmp_path: Path) -> Iterator[Amiras]:
    """Her phone with a screen of 360 pixels, set to text twice as large."""
    made = Amiras(driver, copytree(signed_in, tmp_path / "phone"), shop.url, seed.world.people["amira"],
                  viewport={"width": 360, "height": 740}, args=[*FLAGS, "--blink-settings=defaultFontSize=32"])
    yield made
    made.close()


def test_nothing_is_cut_off_at_twice_the_text_size(reader: Amiras, tmp_path: Path) -> None:
    app = reader.visiting()
    visit = app.visit
    app.choose("No")
    assert _cut(app) == [], "a question without photos"
    app.add_photos([drawn(tmp_path / "photo.jpg")])
    assert _cut(app) == [], "a question with one"

    app.open(f"#/lists/{visit}")
    app.tap("Eggs")
    expect(app.page.get_by_role("button", name="Eggs")).to_have_attribute("aria-pressed", "true")
    assert _cut(app) == [], "the list"

    app.open_question("floors", visit)
    app.answer_all("small", {})
    app.finish()
    expect(app.page.get_by_text("Space used")).to_be_visible()
    assert _cut(app) == [], "the outbox"


def _cut(app: Visiting) -> list[str]:
    return app.page.evaluate(_CUT)
