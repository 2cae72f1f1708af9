"""What happens between a phone and its server over days: people, plans, versions and backups change, and nothing is lost or doubled."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Request, expect
from sqlalchemy import select, text

from field.access import SYSTEM
from field.models import Assignment, Photo, QuestionnaireVersion, Visit
from field.operations.assignments import cancel_assignment
from field.operations.questionnaires import publish_questionnaire
from tests.browser.amiras import Amiras
from tests.browser.photos import drawn
from tests.browser.rows import change, count, last_seen, receipts
from tests.browser.seed import Seed
from tests.browser.sending import finish_offline, is_sent, network_comes_back, until
from tests.browser.server import Server, opened, run_command
from tests.browser.visiting import sign_in
from tests.factories import PASSWORD, dumps, questionnaire

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180), pytest.mark.usefixtures("shop_again")]


def test_who_may_no_longer_sign_in_hands_the_visit_over_as_a_file(amiras: Amiras, shop: Server, seed: Seed, tmp_path: Path) -> None:
    app, visit = finish_offline(amiras, shop, tmp_path)
    page, amira = app.page, seed.world.people["amira"]
    try:
        change(shop, "UPDATE person SET disabled_at = '2026-01-01 00:00:00' WHERE id = :id", id=amira)
        shop.start()
        network_comes_back(amiras)
        expect(page.get_by_text("Sign in to send 1 visit.")).to_be_visible(timeout=30_000)
        app.tap("Sign out")
        app.tap("Save as a file")
        with page.expect_download() as download:
            page.get_by_role("link", name="Save the file").click()
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
        expect(page.get_by_role("status").filter(has_text="They also stay saved here.")).to_be_visible()
        assert app.kept("revisions", [visit, 1])["state"] == "queued"
        damaged = tmp_path / "damaged.zip"
        with zipfile.ZipFile(saved) as whole:
            photo = next(entry for entry in whole.infolist() if "/photos/" in entry.filename)
        data = bytearray(saved.read_bytes())
        data[photo.header_offset + 3000] ^= 1
        damaged.write_bytes(data)
        with opened(shop.environment()) as made, made.app_context():
            refused = made.test_cli_runner().invoke(args=["visit", "import", str(damaged)])
        assert refused.exit_code == 1 and photo.filename in refused.output and not receipts(shop, visit)
        printed = run_command(shop.environment(), "visit", "import", str(saved))
    finally:
        change(shop, "UPDATE person SET disabled_at = NULL WHERE id = :id", id=amira)
    [receipt] = receipts(shop, visit)
    assert printed.startswith(f"{visit}\treceived\t{receipt['receipt']}")
    assert f"known\t{receipt['receipt']}" in run_command(shop.environment(), "visit", "import", str(saved))
    app.tap("Cancel")
    page.get_by_role("link", name="Sign in", exact=True).first.click()
    sign_in(page, "amira@example.org", PASSWORD)
    app.page.goto(shop.url + "/app/#/outbox")
    is_sent(page)
    assert [each["receipt"] for each in receipts(shop, visit)] == [receipt["receipt"]], "the phone got the receipt that the file had got"


def test_two_tabs_send_what_waits_once(amiras: Amiras, shop: Server, tmp_path: Path) -> None:
    app, visit = finish_offline(amiras, shop, tmp_path)
    second = amiras.app("/app/#/outbox")
    expect(second.page.get_by_text("Saved on this phone at").first).to_be_visible()
    puts: list[str] = []
    amiras.network(up=False)
    shop.start()
    amiras.context.on("request", lambda request: puts.append(_short(request)) if request.method == "PUT" and visit in request.url else None)
    amiras.network(up=True)
    is_sent(app.page)
    second.page.reload()
    is_sent(second.page)
    assert sorted(puts) == ["photos", "revisions"], puts
    assert len(receipts(shop, visit)) == 1


def test_photos_go_up_while_the_visit_is_open_and_never_again(amiras: Amiras, shop: Server, tmp_path: Path) -> None:
    app = amiras.visiting()
    puts: list[str] = []
    amiras.context.on("request", lambda request: puts.append(_short(request)) if request.method == "PUT" else None)
    app.add_photos([drawn(tmp_path / f"{number}.jpg", number) for number in range(3)])
    visit = app.visit
    until(app, lambda: count(shop, Photo, visit) == 3)
    assert app.record(visit)["state"] == "draft"
    app.answer_all("small", {})
    app.finish()
    is_sent(app.page)
    assert puts.count("photos") == 3 and puts.count("revisions") == 1, puts


def test_a_visit_whose_assignment_was_cancelled_meanwhile_is_still_received(amiras: Amiras, shop: Server, seed: Seed) -> None:
    app, visit = amiras.app(), seed.visits["quay"]
    app.start("Quay Street")
    shop.stop()
    app.choose("Yes")
    _cancel(shop, visit)
    shop.start()
    app.open("#/")
    app.page.reload()
    said = app.page.get_by_text("This visit is no longer planned; what you did stays saved here and can still be sent.")
    expect(said).to_be_visible(timeout=60_000)
    app.open(f"#/visit/{visit}")
    expect(app.page.get_by_role("link", name="Today")).to_be_visible()
    expect(said).to_be_visible()
    app.open_question("floors", visit)
    app.answer_all("small", {})
    app.finish()
    expect(app.page.locator("li", has_text="Quay Street").locator("p.facts")).to_contain_text("Receipt", timeout=60_000)
    [receipt] = receipts(shop, visit)
    assert receipt["flags"] == ["assignment.cancelled"]


def test_a_visit_that_is_no_longer_planned_stands_back_and_may_be_deleted(amiras: Amiras, shop: Server) -> None:
    app = amiras.app()
    app.start("Mill Street")
    visit = app.visit
    _cancel(shop, visit)
    app.open("#/")
    app.page.reload()
    expect(app.page.get_by_text("This visit is no longer planned")).to_be_visible(timeout=60_000)
    onward = app.page.get_by_role("link", name="Continue Mill Street")
    expect(onward).to_have_class("button")
    app.open(f"#/visit/{visit}")
    asks, delete = app.page.get_by_role("alertdialog"), "Delete this visit"
    app.tap(delete)
    expect(asks).to_contain_text("What was already copied over the network is not deleted.")
    app.tap("Cancel")
    expect(asks).to_have_count(0)
    assert app.record(visit)
    app.tap(delete)
    asks.get_by_role("button", name=delete).click()
    expect(app.page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    expect(onward).to_have_count(0)
    assert app.record(visit) is None


def _cancel(shop: Server, visit: str) -> None:
    with opened(shop.environment()) as made, made.extensions["database"].write() as session:
        cancel_assignment(session, SYSTEM, session.scalars(select(Assignment).where(Assignment.visit_id == visit)).one())


@pytest.mark.parametrize("days", [pytest.param(5, marks=pytest.mark.soak), 60])
def test_days_without_network_lose_nothing(amiras: Amiras, shop: Server, tmp_path: Path, days: int) -> None:
    """The phone's clock stood so many days back when the visit was made; after sixty the session has ended."""
    amiras.context.clock.set_fixed_time(datetime.now(UTC) - timedelta(days=days))
    app, visit = finish_offline(amiras, shop, tmp_path)
    amiras.kill()
    last_seen(shop, days)
    try:
        shop.start()
        app = amiras.app("/app/#/outbox")
        if days == 60:
            expect(app.page.get_by_text("Sign in to send 1 visit.")).to_be_visible(timeout=30_000)
            app.page.get_by_role("link", name="Sign in", exact=True).first.click()
            sign_in(app.page, "amira@example.org", PASSWORD)
            app.page.goto(amiras.url + "/app/#/outbox")
        is_sent(app.page)
    finally:
        last_seen(shop, 0)
    assert len(receipts(shop, visit)) == 1


@pytest.mark.parametrize("hours", [-26, pytest.param(26, marks=pytest.mark.soak)])
def test_a_phone_whose_clock_is_wrong_sends_and_says_by_how_much(amiras: Amiras, shop: Server, hours: int) -> None:
    amiras.context.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))
    app = amiras.visiting()
    visit = app.visit
    app.answer_all("small", {})
    app.finish()
    is_sent(app.page)
    with opened(shop.environment()) as made, made.extensions["database"].read() as session:
        body = json.loads(session.execute(text("SELECT body FROM revision WHERE visit_id = :id"), {"id": visit}).scalar_one())
    assert abs(body["clock"]["server_offset_ms"] + hours * 3_600_000) < 60_000


def test_a_new_version_of_the_questionnaire_leaves_an_open_visit_as_it_was_begun(amiras: Amiras, shop: Server) -> None:
    """The last test: from here on the server offers the second version."""
    app = amiras.visiting()
    app.choose("Yes")
    visit = app.visit
    document = questionnaire(version=2)
    document["sections"][0]["questions"][0]["text"]["en"] = "Floors shine."
    with opened(shop.environment()) as made, made.extensions["database"].write() as session:
        publish_questionnaire(session, SYSTEM, dumps(document), unplanned=True)
    app.page.reload()
    expect(app.page.get_by_role("heading", name="Floors are clean.")).to_be_visible()
    app.answer_all("small", {})
    app.finish()
    is_sent(app.page)
    with opened(shop.environment()) as made, made.extensions["database"].read() as session:
        held = session.get(Visit, visit)
        assert session.get(QuestionnaireVersion, held.version_id).version == 1 and held.state == "submitted"


def _short(request: Request) -> str:
    return next((word for word in ("photos", "revisions", "draft") if f"/{word}" in request.url), request.url)
