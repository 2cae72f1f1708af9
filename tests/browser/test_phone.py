"""What must not be lost and what must be said, one thing at a time, on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.photos import drawn
from tests.browser.server import Server
from tests.browser.visiting import Visiting

pytestmark = pytest.mark.browser
MILL, QUAY = "Mill Street", "Quay Street"
_PHOTO = re.compile("Add photo|needed")


@pytest.mark.timeout(240)
def test_a_running_stopwatch_survives_a_reload_and_a_kill(phone: Phone, inspector: Visiting, reopened: Callable[[str], Visiting]) -> None:
    inspector.start(MILL)
    inspector.open_question("greeted", visit := inspector.visit)
    inspector.tap("I step in: start")
    started = inspector.page.get_by_text(re.compile("^Started at")).inner_text()
    inspector.page.reload()
    expect(inspector.page.get_by_text(started)).to_be_visible()
    kept = inspector.record(visit)["stopwatches"]["greeted"]
    phone.kill()

    app = reopened(f"/app/#/visit/{visit}/question/greeted")
    expect(app.page.get_by_text(started)).to_be_visible()
    app.tap("I was greeted: stop")
    expect(app.page.get_by_role("button", name="Change")).to_be_visible()
    record = app.record(visit)
    assert record["timings"][0]["started_at"] == kept["at"]
    assert record["answers"]["greeted"]["value"] == record["timings"][0]["ms"] > 1000


@pytest.mark.timeout(240)
def test_who_has_just_signed_in_is_known_after_a_kill_without_a_server(phone: Phone, server: Server, reopened: Callable[[str], Visiting]) -> None:
    inspector = reopened("/app/")
    inspector.sign_in()
    inspector.wait_until_kept()
    phone.kill()
    server.stop()
    app = reopened("/app/")
    expect(app.page.get_by_role("heading", name="Today")).to_be_visible()
    expect(app.page.get_by_role("link", name=MILL)).to_be_visible()


@pytest.mark.timeout(240)
def test_the_list_catches_times_notes_and_photos_for_the_questions(inspector: Visiting, tmp_path: Path) -> None:
    inspector.start(MILL)
    page, visit = inspector.page, inspector.visit
    inspector.open(f"#/lists/{visit}")
    eggs = page.get_by_role("button", name=re.compile("^Eggs"))
    inspector.choose(re.compile("^Eggs"))
    eggs.click()
    expect(eggs).to_have_attribute("aria-pressed", "false")
    inspector.choose(re.compile("^Eggs"))
    inspector.choose(re.compile("^Grapes"))
    inspector.tap("Add something")
    page.get_by_role("textbox", name="Add something").fill("Milk by the door")
    page.keyboard.press("Enter")
    with page.expect_file_chooser() as chooser:
        inspector.tap("Receipt")
    chooser.value.set_files(drawn(tmp_path / "photo.jpg"))
    expect(page.get_by_text("3 left. 1 receipt.")).to_be_visible()
    assert page.title() == "Lists" and "Fieldscore" not in page.locator("body").inner_text()

    inspector.open(f"#/visit/{visit}/caught")
    for thing, question in (("Photo taken", "entrance_tidy"), ("Milk by the door", "floors_clean"), ("From entered to greeted", "greeted")):
        row = page.locator("li.row", has=page.get_by_label(re.compile(f"^Question for: {thing}")))
        row.get_by_role("combobox").select_option(question)
        row.get_by_role("button", name="Put it there").click()
        inspector.saved()
    expect(page.get_by_label(re.compile("^Question for: (Photo|Milk)"))).to_have_count(0)
    record = inspector.record(visit)
    assert [photo["question"] for photo in record["photos"]] == ["entrance_tidy"]
    assert record["answers"]["floors_clean"]["comment"] == "Milk by the door"
    marks = {mark["kind"]: mark["wall"] for mark in record["marks"]}
    assert abs(record["answers"]["greeted"]["value"] - (marks["greeted"] - marks["entered"])) < 50


def test_could_not_check_asks_why_and_not_applicable_does_not(inspector: Visiting) -> None:
    inspector.start(MILL)
    page, visit = inspector.page, inspector.visit
    inspector.open_question("toilets_clean", visit)
    inspector.choose("Not applicable")
    assert inspector.record(visit)["answers"]["toilets_clean"]["not_applicable"] is True
    inspector.choose("Could not check")
    inspector.open(f"#/visit/{visit}/review")
    asked = page.get_by_role("link", name="Could not check: say why")
    asked.click()
    page.wait_for_url("**/question/toilets_clean")
    inspector.write(page.get_by_label("Why could it not be checked?"), "Closed for repair.")
    assert inspector.record(visit)["answers"]["toilets_clean"]["could_not_check"] == "Closed for repair."
    inspector.open(f"#/visit/{visit}/review")
    expect(page.get_by_role("link", name="Take me to the first")).to_be_visible()
    expect(asked).to_have_count(0)


def test_the_review_says_what_is_missing_and_takes_one_there(inspector: Visiting) -> None:
    inspector.start(QUAY)
    page, visit = inspector.page, inspector.visit
    inspector.choose("Yes")
    inspector.open(f"#/visit/{visit}/review")
    expect(page.get_by_role("heading", name="2 things before you finish")).to_be_visible()
    expect(page.get_by_role("button", name="Finish")).to_have_count(0)
    page.get_by_role("link", name="Take me to the first").click()
    page.wait_for_url("**/question/look")
    page.get_by_role("button", name="4 of 5").click()
    inspector.saved()
    inspector.go_on()
    page.wait_for_url("**/question/price")
    inspector.choose("Yes")
    inspector.open(f"#/visit/{visit}/review")
    expect(page.get_by_role("heading", name="Nothing is missing")).to_be_visible()
    inspector.finish()


@pytest.mark.timeout(240)
def test_a_visit_nobody_planned_is_made_with_quick_check_and_sent(inspector: Visiting) -> None:
    page = inspector.page
    page.get_by_role("link", name="Start a visit that was not planned").click()
    page.get_by_label("Site").select_option("canal")
    page.get_by_label("Questionnaire").select_option(label="Quick check")
    inspector.tap("Start")
    page.get_by_role("link", name="Continue Canal Street").click()
    inspector.answer_all("quick-check", {})
    inspector.finish()
    expect(page.locator("p.facts", has_text="Receipt")).to_be_visible(timeout=60_000)


def test_only_one_of_two_tabs_writes(phone: Phone, inspector: Visiting) -> None:
    inspector.start(QUAY)
    address = inspector.page.url.split("/app/", 1)[1]
    second = Visiting(phone.open(f"/app/{address}"), inspector.person)
    expect(second.page.get_by_role("heading", name="This visit is open in another tab")).to_be_visible()
    second.tap("Continue here")
    second.choose("Yes")
    first = inspector.page
    first.bring_to_front()
    first.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.get_by_role("heading", name="This visit is open in another tab")).to_be_visible()
    first.get_by_role("button", name="Continue here").click()
    expect(first.get_by_role("button", name="Yes", exact=True)).to_have_attribute("aria-pressed", "true")


def test_what_is_no_photo_asks_for_another(inspector: Visiting, tmp_path: Path) -> None:
    inspector.start(QUAY)
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes(drawn(tmp_path / "photo.jpg").read_bytes()[:200] + b"\0" * 5000)
    (tmp_path / "empty.jpg").touch()
    for file, sentence in ((damaged, "not a photo that can be read"), (tmp_path / "empty.jpg", "Take it again")):
        with inspector.page.expect_file_chooser() as chooser:
            inspector.tap(_PHOTO, exact=False)
        chooser.value.set_files(file)
        expect(inspector.page.get_by_role("alert").filter(has_text=sentence).first).to_be_visible()
    assert inspector.record(inspector.visit)["photos"] == []
    inspector.add_photos([tmp_path / "photo.jpg"])


def test_an_address_that_changes_while_the_app_draws_itself_is_followed(inspector: Visiting) -> None:
    page = inspector.page
    page.add_init_script("""
        new MutationObserver((_, observer) => {
            if (!document.querySelector("#app main")) return;
            observer.disconnect();
            location.hash = "#/outbox";
        }).observe(document, { childList: true, subtree: true });
    """)
    page.reload()
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
