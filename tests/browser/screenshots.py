"""``make pictures``: the README's pictures, taken from the demo as it is served."""

import io
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from field.operations.demo_people import PASSWORD
from tests.browser.demo import address_of, take_review
from tests.browser.phone import Phone, chromium, desk
from tests.browser.server import Server, run_command, settings
from tests.browser.visiting import Visiting, sign_in

PICTURES = Path(__file__).parent / "pictures"
_THERE = {"latitude": 53.7121, "longitude": -1.8012, "accuracy": 12}
_PHONE = {"viewport": {"width": 360, "height": 740}, "geolocation": _THERE, "timezone_id": "Europe/London"}
_NO_OFFER = "localStorage.setItem('fieldscore.install-offered', '1')"
_SITE, _SHOP = "Bridge Street", "old-mill-arcade"
_COLOURS, _LARGEST = 128, 150_000


def main() -> None:
    """Writes every picture anew; without a browser it says so and writes none."""
    if chromium() is None:
        raise SystemExit("NO BROWSER: Chromium is neither installed nor named in CHROME_PATH.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        server = _demo(Path(folder) / "home")
        try:
            photo = _desk_pictures(driver, server, Path(folder))
            _phone_pictures(driver, server, Path(folder) / "profile", photo)
        finally:
            server.stop()


def _demo(home: Path) -> Server:
    run_command(settings(home), "init")
    run_command(settings(home), "demo")
    run_command(settings(home), "worker", "--once")
    server = Server(home, workers=1)
    server.start()
    return server


def _desk_pictures(driver: Playwright, server: Server, folder: Path) -> Path:
    """The desk's pages and both papers; gives a file with a photo of the demo."""
    browser = desk(driver)
    ben, chen = (_at_desk(browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800}, locale="en-GB").new_page(), who)
                 for who in ("ben", "chen"))
    ben.goto("/overview")
    _shot(ben, "overview")
    ben.goto(address_of(ben, "<site section>"))
    ben.locator(".column-2 a.step").nth(1).click()
    ben.locator("a.evidence img").first.evaluate("(image) => image.decode()")
    _shot(ben, "site")
    _paper(ben.request.get(f"/sites/{_SHOP}/scorecard.pdf").body(), "scorecard")
    visit = address_of(ben, "<whole visit>")
    _paper(ben.request.get(f"{visit}/report.pdf").body(), "report")
    take_review(chen)
    chen.wait_for_load_state("networkidle")
    _shot(chen, "reviewing")
    photo = folder / "photo.jpg"
    photo.write_bytes(chen.request.get(chen.locator("a.photo").nth(1).get_attribute("href")).body())
    browser.close()
    return photo


def _at_desk(page: Page, who: str) -> Page:
    sign_in(page, f"{who}@example.org", PASSWORD)
    return page


def _phone_pictures(driver: Playwright, server: Server, profile: Path, photo: Path) -> None:
    phone = Phone(driver, profile, server.url, **_PHONE)
    phone.context.add_init_script(_NO_OFFER)
    app = Visiting(phone.open(), "")
    app.sign_in(password=PASSWORD)
    _quick_check(app)
    app.open("#/")
    app.wait_until_kept(_SITE)
    app.start(_SITE)
    visit = app.visit
    seen = {"entrance_tidy": {"photos": [photo]}, "first_view": {"photos": [photo]}}
    app.answer_all("store-standards", seen, until=lambda key: key == "floors_clean")
    app.choose("No")
    app.add_photos([photo])
    app.comment("Wet leaves behind the door.")
    _shot(app.page, "question")
    app.go_on()
    app.answer_all("store-standards", {}, until=lambda key: key == "greeted")
    _list(app, visit)
    app.open(f"#/visit/{visit}/review")
    expect(app.page.get_by_role("link", name="Take me to the first")).to_be_visible()
    _shot(app.page, "review")
    app.open("#/")
    expect(app.page.get_by_role("link", name=f"Continue {_SITE}")).to_be_visible()
    _shot(app.page, "today")
    app.open("#/outbox")
    expect(app.page.locator("p.facts", has_text="Receipt")).to_be_visible(timeout=60_000)
    _shot(app.page, "outbox")
    phone.close()


def _quick_check(app: Visiting) -> None:
    """A small visit for the outbox."""
    app.page.get_by_role("link", name="Start a visit that was not planned").click()
    app.page.get_by_label("Site").select_option(index=1)
    app.page.get_by_label("Questionnaire").select_option(label="Quick check")
    app.tap("Start")
    app.page.locator(".dock a.filled").click()
    app.answer_all("quick-check", {})
    app.finish()


def _list(app: Visiting, visit: str) -> None:
    app.open(f"#/lists/{visit}")
    for item in ("Eggs", "Grapes", "Quiche"):
        app.page.get_by_role("button", name=item).click()
    app.tap("Add something")
    app.page.get_by_role("textbox", name="Add something").fill("Milk, second shelf")
    app.page.keyboard.press("Enter")
    expect(app.page.get_by_text("Milk, second shelf")).to_be_visible()
    _shot(app.page, "list")


def _shot(page: Page, name: str) -> None:
    page.evaluate("() => document.activeElement?.blur()")
    _save(Image.open(io.BytesIO(page.screenshot())), name)


def _paper(pdf: bytes, name: str) -> None:
    _save(pypdfium2.PdfDocument(pdf)[0].render(scale=110 / 72).to_pil(), name)


def _save(picture: Image.Image, name: str) -> None:
    """As small as it stays good: few colours, then fewer dots."""
    path = PICTURES / f"{name}.png"
    picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > _LARGEST:
        _save(picture.convert("RGB").resize((picture.width * 4 // 5, picture.height * 4 // 5), Image.Resampling.LANCZOS), name)


if __name__ == "__main__":
    main()
