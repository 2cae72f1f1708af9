"""What happens to photos between the camera and the disk, put in on purpose: none is dropped without a word."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.amiras import Amiras
from tests.browser.photos import drawn

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
_PHOTO = re.compile("Add photo|needed")

#: Photos take as long to be made small as ``globalThis.slowness`` says, in milliseconds.
_SLOW = """(() => {
  const real = Worker.prototype.postMessage;
  globalThis.slowness = 0;
  Worker.prototype.postMessage = function (...about) { setTimeout(() => real.apply(this, about), slowness); };
})();"""


def test_a_visit_is_finished_with_the_photo_that_was_still_being_saved(amiras: Amiras, tmp_path: Path) -> None:
    app = amiras.visiting(before=_SLOW)
    visit = app.visit
    app.answer_all("small", {})
    app.open_question("floors", visit)
    app.page.evaluate("() => { slowness = 6000; }")
    app.takes(_PHOTO, drawn(tmp_path / "photo.jpg"))
    expect(app.page.locator(".photos").get_by_text("Saving the photo.")).to_be_visible()
    app.open(f"#/visit/{visit}/review")
    expect(app.page.locator(".dock").get_by_text("Saving the photo.")).to_be_visible()
    app.tap("Finish")
    expect(app.page.get_by_role("heading", name="Outbox")).to_be_visible(timeout=20_000)
    assert len(app.record(visit)["photos"]) == 1 and len(app.kept("revisions", [visit, 1])["photos"]) == 1
    assert app.kept("meta", "pendingCapture") is None


def test_a_photo_refused_while_somebody_went_on_is_said_where_they_are_and_where_it_was_taken(amiras: Amiras, tmp_path: Path) -> None:
    app = amiras.visiting(before=_SLOW)
    visit = app.visit
    (none := tmp_path / "photo.jpg").write_text("no photo at all " * 100)
    app.page.evaluate("() => { slowness = 2000; }")
    app.takes(_PHOTO, none)
    app.open("#/outbox")
    refused = app.page.get_by_role("alert").filter(has_text="Not saved: this file is not a photo that can be read.")
    expect(refused).to_be_visible(timeout=20_000)
    link = app.page.get_by_role("link", name="Take again")
    link.click()
    app.page.wait_for_url(f"**/visit/{visit}/question/floors")
    expect(app.page.locator(".photos + .needs")).to_have_text("Not saved: this file is not a photo that can be read.")
    expect(link).to_have_count(0)
    app.add_photos([drawn(tmp_path / "good.jpg")])
    expect(refused).to_have_count(0)


def test_a_bad_photo_is_said_once_and_the_answers_stay_called_saved(amiras: Amiras, tmp_path: Path) -> None:
    app = amiras.visiting()
    app.choose("Yes")
    (none := tmp_path / "photo.jpg").write_text("no photo at all " * 100)
    app.takes(_PHOTO, none)
    expect(app.page.locator(".photos + .needs")).to_have_text("Not saved: this file is not a photo that can be read.")
    app.saved()
    expect(app.page.get_by_text("Not saved")).to_have_count(1)
    assert app.page.get_by_role("button", name=_PHOTO).is_visible()


def test_the_list_says_that_a_receipt_is_being_saved(amiras: Amiras, tmp_path: Path) -> None:
    app = amiras.visiting(before=_SLOW)
    app.open(f"#/lists/{app.visit}")
    app.page.evaluate("() => { slowness = 3000; }")
    app.takes("Receipt", drawn(tmp_path / "photo.jpg"))
    expect(app.page.locator(".dock p")).to_have_text("Saving 1 receipt.")
    expect(app.page.locator(".dock p")).to_have_text("5 left. 1 receipt.", timeout=20_000)


def test_a_phone_that_dies_with_its_camera_open_comes_back_to_that_question(amiras: Amiras, tmp_path: Path) -> None:
    app = amiras.visiting()
    app.choose("Yes")
    visit = app.visit
    app.page.get_by_label("Comment").fill("Typed, and the camera opened at once")
    with app.page.expect_file_chooser():
        app.tap(_PHOTO, exact=False)
    amiras.kill()
    app = amiras.app()
    app.page.wait_for_url(f"**/visit/{visit}/question/floors")
    expect(app.page.get_by_text("The photo did not arrive. Take it again.")).to_be_visible()
    assert app.record(visit)["answers"]["floors"]["comment"] == "Typed, and the camera opened at once"
    app.add_photos([drawn(tmp_path / "again.jpg")])


def test_a_phone_that_dies_with_its_camera_open_comes_back_to_the_list(amiras: Amiras) -> None:
    app = amiras.visiting()
    visit = app.visit
    app.open(f"#/lists/{visit}")
    with app.page.expect_file_chooser():
        app.tap("Receipt")
    amiras.kill()
    app = amiras.app()
    app.page.wait_for_url(f"**/lists/{visit}")
    expect(app.page.get_by_role("alert")).to_have_text("The photo did not arrive. Take it again.")


def test_a_photo_that_the_picker_takes_away_is_asked_for_again(amiras: Amiras, tmp_path: Path) -> None:
    app = amiras.visiting(before="""(() => {
      const real = File.prototype.arrayBuffer;
      let gone = 1;
      File.prototype.arrayBuffer = function () { return gone-- > 0 ? Promise.reject(new DOMException("gone", "NotReadableError")) : real.call(this); };
    })();""")
    photo = drawn(tmp_path / "photo.jpg")
    app.takes(_PHOTO, photo)
    expect(app.page.get_by_role("alert").filter(has_text="The photo went away before it was saved. Take it again.").first).to_be_visible()
    app.add_photos([photo])
    photo.unlink()
    app.page.reload()
    expect(app.page.locator(".photos img")).to_have_count(1)


@pytest.mark.parametrize("broken", ["", "globalThis.Worker = class { constructor() { throw new Error('no workers'); } };",
                                    "OffscreenCanvas.prototype.convertToBlob = undefined;"])
def test_a_photo_stands_upright_however_it_is_made_small(amiras: Amiras, tmp_path: Path, broken: str) -> None:
    app = amiras.visiting(before=broken)
    app.add_photos([drawn(tmp_path / "sideways.jpg")])
    [photo] = app.record(app.visit)["photos"]
    assert (photo["width"], photo["height"], photo["type"]) == (1200, 1600, "image/jpeg")


def test_a_note_on_the_list_is_kept_as_it_is_typed(amiras: Amiras) -> None:
    app = amiras.visiting()
    visit = app.visit
    app.open(f"#/lists/{visit}")
    app.tap("Add something")
    app.page.get_by_role("textbox", name="Add something").press_sequentially("Anna did not greet")
    app.page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))")
    app.page.wait_for_timeout(500)
    amiras.kill()
    app = amiras.app(f"/app/#/lists/{visit}")
    expect(app.page.get_by_text("Anna did not greet")).to_be_visible()
    app.tap("Add something")
    expect(app.page.get_by_role("textbox", name="Add something")).to_be_focused()
    app.page.keyboard.type("Milk")
    app.page.keyboard.press("Enter")
    expect(app.page.locator(".jotted p")).to_have_text(["Anna did not greet", "Milk"])
    assert [note["text"] for note in app.record(visit)["notes"]] == ["Anna did not greet", "Milk"]
