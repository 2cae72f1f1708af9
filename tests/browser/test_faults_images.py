"""Photos that a phone cannot make small as it should: workers that die or hang, canvases that come out black, many at once."""

import base64
import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.amiras import Amiras
from tests.browser.photos import drawn
from tests.browser.visiting import Visiting

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

#: The first photo meets a worker that is no help; waiting 20 s for one becomes half a second.
_WORKER = """(() => {
  const wait = setTimeout;
  globalThis.setTimeout = (work, ms, ...about) => wait(work, ms === 20_000 ? 500 : ms, ...about);
  let left = 1;
  globalThis.Worker = class extends Worker {
    postMessage(...about) {
      if (left-- > 0) %s;
      else super.postMessage(...about);
    }
  };
})();"""
_DIES = 'wait(() => this.dispatchEvent(new ErrorEvent("error", { message: "Out of memory" })), 50)'
_HANGS = "this.terminate()"

#: Nothing is drawn on any canvas of a photo's size, as when memory runs out: what is written is black.
_BLACK = """(() => {
  const context = globalThis.%s.prototype;
  const draw = context.drawImage;
  context.drawImage = function (...about) {
    if (this.canvas.width <= 320) draw.apply(this, about);
  };
})()"""
_ON_PAGE = _BLACK % "CanvasRenderingContext2D"
_IN_WORKER = _BLACK % "OffscreenCanvasRenderingContext2D"

_KEPT = """async ({person, sha256}) => {
  const open = indexedDB.open(`fieldscore-${person}`);
  const handle = await new Promise((resolve, reject) => { open.onsuccess = () => resolve(open.result); open.onerror = reject; });
  const asked = handle.transaction(["photos"]).objectStore("photos").get(sha256);
  const { bytes } = await new Promise((resolve, reject) => { asked.onsuccess = () => resolve(asked.result); asked.onerror = reject; });
  handle.close();
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
}"""

#: Hands all files over at once; gives of each what came of it, and its colour in the middle.
_ALL_AT_ONCE = """async (input) => {
  const { shrink } = await import("/static/js/store/shrink.js");
  const colour = async (bytes) => {
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.drawImage(bitmap, bitmap.width / 2, bitmap.height / 2, 1, 1, 0, 0, 1, 1);
    bitmap.close();
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const one = async (file) => {
    const { bytes, thumbnail, ...about } = await shrink(await file.arrayBuffer());
    return { ...about, bytes: bytes.byteLength, colour: await colour(bytes), small: await colour(thumbnail) };
  };
  return Promise.all([...input.files].map(one));
}"""


@pytest.mark.parametrize("how", [pytest.param(_DIES, id="dies"), pytest.param(_HANGS, id="hangs")])
def test_a_photo_whose_worker_is_lost_is_made_small_all_the_same_and_the_next_has_a_new_one(amiras: Amiras, tmp_path: Path, how: str) -> None:
    app = amiras.visiting(before=_WORKER % how)
    app.add_photos([drawn(tmp_path / "lost.jpg", 1)])
    assert app.page.workers == []
    app.add_photos([drawn(tmp_path / "next.jpg", 2)])
    assert len(app.page.workers) == 1
    for photo in app.record(app.visit)["photos"]:
        assert (photo["width"], photo["height"], photo["type"]) == (1200, 1600, "image/jpeg")
        assert _shows_something(app, photo)


def test_a_worker_that_draws_black_is_replaced_by_the_page(amiras: Amiras, tmp_path: Path) -> None:
    app = _black_worker(amiras, tmp_path)
    app.add_photos([drawn(tmp_path / "black.jpg", 2)])
    photo = app.record(app.visit)["photos"][1]
    assert (photo["width"], photo["height"]) == (1200, 1600) and _shows_something(app, photo)


def test_where_every_canvas_is_black_the_photo_goes_as_it_was_taken(amiras: Amiras, tmp_path: Path) -> None:
    app = _black_worker(amiras, tmp_path)
    app.page.evaluate(_ON_PAGE)
    taken = drawn(tmp_path / "black.jpg", 2)
    with app.page.expect_file_chooser() as chooser:
        app.tap(app.either("Add photo", "{n} needed"), exact=False)
    chooser.value.set_files(taken)
    expect(app.page.locator(".photos button[aria-expanded]")).to_have_count(2)
    photo = app.record(app.visit)["photos"][1]
    assert photo["sha256"] == hashlib.sha256(taken.read_bytes()).hexdigest()
    assert _bytes(app, photo) == taken.read_bytes()


def test_forty_photos_of_twelve_megapixels_at_once_are_all_made_small(amiras: Amiras, tmp_path: Path) -> None:
    colours = [(200, 30 * number, 60) for number in range(8)]
    files = [_large(tmp_path / f"{number}.jpg", colour) for number, colour in enumerate(colours)]
    app = amiras.app()
    expect(app.page.get_by_role("heading", name="Today")).to_be_visible()
    field = app.page.evaluate_handle("() => document.body.appendChild(Object.assign(document.createElement('input'), { type: 'file', multiple: true }))")
    field.as_element().set_input_files(files * 5)
    made = app.page.evaluate(_ALL_AT_ONCE, field)
    assert [(each["width"], each["height"], each["type"]) for each in made] == [(1440, 1920, "image/jpeg")] * 40
    for each, colour in zip(made, colours * 5, strict=True):
        assert all(abs(a - b) < 12 for shown in (each["colour"], each["small"]) for a, b in zip(shown, colour, strict=True)), each


def _black_worker(amiras: Amiras, tmp_path: Path) -> Visiting:
    """A visit with one good photo, whose worker draws black from here on."""
    app = amiras.visiting()
    app.add_photos([drawn(tmp_path / "good.jpg", 1)])
    [worker] = app.page.workers
    worker.evaluate(_IN_WORKER)
    return app


def _bytes(app: Visiting, photo: dict[str, Any]) -> bytes:
    """As they lie on the phone."""
    return base64.b64decode(app.page.evaluate(_KEPT, {"person": app.person, "sha256": photo["sha256"]}))


def _shows_something(app: Visiting, photo: dict[str, Any]) -> bool:
    low, high = Image.open(BytesIO(_bytes(app, photo))).convert("L").getextrema()
    return high - low > 50


def _large(path: Path, colour: tuple[int, int, int]) -> Path:
    """Twelve megapixels on their side, as a phone takes them."""
    picture = Image.effect_noise((400, 300), 60).resize((4000, 3000)).convert("RGB")
    picture.paste(colour, (1500, 1000, 2500, 2000))
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(path, "JPEG", quality=88, exif=exif)
    return path
