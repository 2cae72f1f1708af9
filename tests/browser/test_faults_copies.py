"""What the copies are for: a phone that is gone or was emptied, a returned visit on a new one, a server that went back a day."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from sqlalchemy import select

from field.access import SYSTEM
from field.models import Assignment, Draft, Photo, Revision, Visit
from field.operations import reviews
from field.operations.assignments import cancel_assignment
from tests.browser.amiras import Amiras
from tests.browser.photos import drawn
from tests.browser.rows import count, receipts
from tests.browser.seed import Seed
from tests.browser.sending import backed_up, is_sent, send_with_a_photo, until
from tests.browser.server import Server, opened
from tests.factories import actor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180), pytest.mark.usefixtures("shop_again")]


@pytest.fixture
def another(driver: Playwright, shop: Server, seed: Seed, signed_in: Path, tmp_path: Path) -> Iterator[Callable[[], Amiras]]:
    """Gives amira another phone, which has nothing of the first."""
    made: list[Amiras] = []

    def make() -> Amiras:
        made.append(Amiras(driver, shutil.copytree(signed_in, tmp_path / "other"), shop.url, seed.world.people["amira"]))
        return made[-1]
    yield make
    for phone in made:
        phone.close()


def _return(shop: Server, seed: Seed, visit: str) -> None:
    with opened(shop.environment()) as made, made.extensions["database"].write() as session:
        chen, held = actor(session, seed.world.people["chen"]), session.get(Visit, visit)
        reviews.open_review(session, chen, held)
        reviews.return_visit(session, chen, held, reasons=[reviews.Reason("floors", "Which floor?")])


def test_a_phone_that_was_emptied_offers_the_copy_that_the_server_has(amiras: Amiras, tmp_path: Path) -> None:
    app = amiras.visiting()
    app.add_photos([drawn(tmp_path / "photo.jpg")])
    app.choose("Yes")
    app.comment("Before the browser was emptied.")
    visit = app.visit
    backed_up(app, visit)
    session = amiras.context.new_cdp_session(app.page)
    session.send("Storage.clearDataForOrigin", {"origin": amiras.url, "storageTypes": "indexeddb,local_storage,service_workers,cache_storage"})
    app.page.goto(amiras.url + f"/app/#/visit/{visit}")
    app.page.reload()
    expect(app.page.get_by_text("Begun elsewhere, last saved at")).to_be_visible(timeout=15_000)
    expect(app.page.get_by_text("or here before this browser was emptied")).to_be_visible()
    app.tap("Continue here")
    app.page.get_by_role("link", name="Continue").click()
    app.open_question("floors", visit)
    expect(app.page.get_by_label("Comment")).to_have_value("Before the browser was emptied.")
    expect(app.page.locator(".photos img")).to_have_count(1)


def test_a_visit_whose_plan_is_gone_goes_on_on_a_new_phone_under_its_name(
        amiras: Amiras, another: Callable[[], Amiras], shop: Server, seed: Seed, tmp_path: Path) -> None:
    app = amiras.app()
    app.start("Quay Street")
    app.add_photos([drawn(tmp_path / "photo.jpg")])
    app.choose("Yes")
    visit = app.visit
    backed_up(app, visit)
    amiras.kill()
    with opened(shop.environment()) as made, made.extensions["database"].write() as session:
        cancel_assignment(session, SYSTEM, session.scalars(select(Assignment).where(Assignment.visit_id == visit)).one())
    app = another().app()
    app.page.get_by_role("link", name="Quay Street").click()
    expect(app.page.get_by_role("button", name="Start")).to_have_count(0)
    expect(app.page.get_by_role("button", name="Continue here")).to_have_class("button filled")
    app.tap("Continue here")
    expect(app.page.get_by_role("link", name="Continue Quay Street")).to_be_visible()
    assert app.record(visit)["answers"]["floors"]["value"] is True


def test_a_returned_visit_is_corrected_on_a_new_phone_with_its_photos(
        amiras: Amiras, another: Callable[[], Amiras], shop: Server, seed: Seed, tmp_path: Path) -> None:
    _, visit = send_with_a_photo(amiras, tmp_path)
    amiras.close()
    _return(shop, seed, visit)
    app = another().app(f"/app/#/visit/{visit}")
    app.tap("Correct it")
    app.page.wait_for_url("**/question/floors")
    expect(app.page.locator(".photos img")).to_have_count(1)
    app.comment("The one at the back.")
    app.open(f"#/visit/{visit}/review")
    app.finish()
    is_sent(app.page)
    first, second = receipts(shop, visit)
    assert first["photos"] == second["photos"] and len(first["photos"]) == 1


def test_corrections_go_on_on_a_new_phone_and_become_the_next_revision(
        amiras: Amiras, another: Callable[[], Amiras], shop: Server, seed: Seed, tmp_path: Path) -> None:
    app, visit = send_with_a_photo(amiras, tmp_path)
    _return(shop, seed, visit)
    app.page.goto(amiras.url + f"/app/#/visit/{visit}")
    app.page.reload()
    app.tap("Correct it")
    app.page.wait_for_url("**/question/floors")
    app.comment("The one at the back.")
    backed_up(app, visit)
    amiras.kill()
    app = another().app(f"/app/#/visit/{visit}")
    expect(app.page.get_by_role("button", name="Correct it")).to_have_class("link")
    expect(app.page.get_by_role("heading", name="What to expect")).to_have_count(0)
    expect(app.tap("Continue here")).to_have_count(0)
    app.open_question("floors", visit)
    expect(app.page.get_by_label("Comment")).to_have_value("The one at the back.")
    app.open(f"#/visit/{visit}/review")
    app.finish()
    is_sent(app.page)
    first, second = receipts(shop, visit)
    assert (first["revision"], second["revision"]) == (1, 2) and first["photos"] == second["photos"]
    with opened(shop.environment()) as made, made.extensions["database"].read() as session:
        body = json.loads(session.get(Revision, (visit, 2)).body)
    assert body["base_receipt"] == first["receipt"] and body["answers"]["floors"]["comment"] == "The one at the back."


@pytest.fixture
def a_day_back(shop: Server, tmp_path: Path) -> Callable[[], None]:
    """Gives the server back what it had when the test began."""
    shop.stop()
    shutil.copytree(shop.home, tmp_path / "yesterday")
    shop.start()

    def restore() -> None:
        shop.stop()
        shutil.rmtree(shop.home)
        shutil.copytree(tmp_path / "yesterday", shop.home)
        shop.start()
    return restore


def test_after_a_restored_backup_the_phone_sends_again_what_the_server_forgot(
        a_day_back: Callable[[], None], amiras: Amiras, shop: Server, tmp_path: Path) -> None:
    app, visit = send_with_a_photo(amiras, tmp_path)
    [first] = receipts(shop, visit)
    a_day_back()
    app.page.reload()
    until(app, lambda: len(receipts(shop, visit)) == 1)
    [second] = receipts(shop, visit)
    assert second["receipt"] != first["receipt"] and second["sha256"] == first["sha256"] and second["photos"] == first["photos"]
    assert app.kept("receipts", first["receipt"]) and app.kept("receipts", second["receipt"]), "the phone keeps both"


def test_after_a_restored_backup_an_open_visit_is_copied_again_with_its_photo(
        a_day_back: Callable[[], None], amiras: Amiras, shop: Server, tmp_path: Path) -> None:
    app = amiras.visiting()
    app.add_photos([drawn(tmp_path / "photo.jpg")])
    app.choose("Yes")
    visit = app.visit
    backed_up(app, visit)
    rev = app.record(visit)["rev"]
    a_day_back()
    assert count(shop, Draft, visit) == count(shop, Photo, visit) == 0
    app.page.reload()
    until(app, lambda: (count(shop, Draft, visit), count(shop, Photo, visit)) == (1, 1))
    assert app.record(visit)["rev"] == rev, "nobody had to change anything"
