"""Every page of the desk and every screen of the app, one after the other, to be looked at."""

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.visiting import Visiting

#: Pages by who opens them. ``<name>`` is where a link of another page leads.
DESK = {
    None: ("/sign-in", "/no-such-page"),
    "chen": ("/reviews", "<waiting visit>", "<review>", "/devices", "/me", "/me/second-factor", "/sign-out"),
    "ben": ("/overview", "/overview?sort=-change", "/overview?from=2001-01-01&to=2001-02-01", "/compare", "<compare>", "/sites", "<site>",
            "<site visit>", "<site section>", "<site question>", "<site table>", "<whole visit>", "/questionnaires", "<questionnaire>",
            "/assignments", "/assignments/new"),
    "dora": ("/sites", "<site>", "<site visit>", "<whole visit>"),
    "eva": ("/people", "/people/new", "<person>", "/regions", "/regions/new", "<region>", "/sites/new", "<site edit>", "/questionnaires/new",
            "/questionnaires/new/spreadsheet", "/imports/regions", "/imports/people"),
}
_LINKS = {
    "<site>": ("/sites", "main a[href^='/sites/']:not([href*='.csv']):not([href*='.pdf']):not([href*='/new'])"),
    "<site visit>": ("<site>", ".column-0 a.step"),
    "<site section>": ("<site visit>", ".column-1 a.step"),
    "<site question>": ("<site section>", ".column-2 a.step"),
    "<site table>": ("<site>", ".site-links a[href*='as=table']"),
    "<site edit>": ("<site>", "a[href$='/edit']"),
    "<whole visit>": ("<site visit>", ".step-more a"),
    "<compare>": ("<site>", ".site-links a[href*='compare']"),
    "<questionnaire>": ("/questionnaires", "main a[href^='/questionnaires/']:not([href$='/new'])"),
    "<person>": ("/people", "main a[href^='/people/']:not([href$='/new'])"),
    "<region>": ("/regions", "main a[href^='/regions/']:not([href$='/new'])"),
    "<waiting visit>": ("/reviews", "main a[href^='/visits/']"),
}


def desk_pages(page: Page, who: str | None) -> Iterator[str]:
    """Opens each page of this person in turn and gives its name."""
    for name in DESK[who]:
        if name == "<review>":
            take_review(page)
        else:
            page.goto(address_of(page, name))
        yield name


def address_of(page: Page, name: str) -> str:
    """The address itself, or where the link leads that the name stands for."""
    if name not in _LINKS:
        return name
    start, link = _LINKS[name]
    page.goto(address_of(page, start))
    if name == "<site>" and "/sites/" in page.url:
        return page.url  # who has one site only is taken there
    return page.locator(link).first.get_attribute("href")


def take_review(page: Page) -> None:
    """Opens the first waiting visit for review."""
    page.goto(address_of(page, "<waiting visit>"))
    if "/review" not in page.url:
        page.locator("main .actions .filled").click()
        page.wait_for_url("**/review")


def app_screens(app: Visiting, site: str, photo: Path) -> Iterator[str]:
    """Goes through the app, from before the first sign-in to the question who leaves; gives each screen's name."""
    yield "sign in first"
    app.sign_in()
    yield "today"
    app.page.get_by_role("link", name=site).click()
    expect(app.page.get_by_role("button", name=f"Start {site}")).to_be_visible()
    yield "planned visit"
    app.tap(f"Start {site}")
    app.page.wait_for_url("**/question/*")
    yield from _questions(app, photo)
    yield from _list(app, photo)
    app.open(f"#/visit/{app.visit}/review")
    expect(app.page.get_by_role("link", name="Take me to the first")).to_be_visible()
    yield "review"
    app.open(f"#/visit/{app.visit}")
    expect(app.page.get_by_role("link", name=f"Continue {site}")).to_be_visible()
    yield "begun visit"
    app.open("#/")
    expect(app.page.get_by_role("link", name=f"Continue {site}")).to_be_visible()
    yield "today with a draft"
    app.page.get_by_role("link", name="not planned").click()
    expect(app.page.get_by_role("button", name="Start")).to_be_visible()
    yield "unplanned"
    yield from _outbox(app)


def _questions(app: Visiting, photo: Path) -> Iterator[str]:
    visit = app.visit
    yield "note"
    for key in ("entrance_tidy", "shelves_tidy", "exits_clear", "badges_worn", "signs_present", "in_stock", "greeted", "remarks"):
        app.open_question(key, visit)
        expect(app.page.locator("h1.asked")).to_be_visible()
        yield f"question {key}"
    app.open_question("greeted", visit)
    app.tap("I step in: start")
    expect(app.page.get_by_role("timer")).to_be_visible()
    yield "stopwatch"
    app.tap("Enter by hand")
    yield "by hand"
    app.open_question("entrance_tidy", visit)
    app.choose("No")
    app.add_photos([photo])
    yield "answered with a photo"
    app.page.locator(".photos button").first.click()
    expect(app.page.get_by_label("What it shows")).to_be_visible()
    yield "photo opened"
    app.open_question("toilets_clean", visit)
    app.choose("Could not check")
    yield "could not check"


def _list(app: Visiting, photo: Path) -> Iterator[str]:
    visit = app.visit
    app.open(f"#/lists/{visit}")
    app.choose(re.compile("^Eggs"))
    app.choose(re.compile("^Grapes"))
    app.tap("Add something")
    app.page.get_by_role("textbox", name="Add something").fill("Milk, from the back")
    app.page.keyboard.press("Enter")
    expect(app.page.get_by_text("Milk, from the back")).to_be_visible()
    with app.page.expect_file_chooser() as chooser:
        app.tap("Receipt")
    chooser.value.set_files(photo)
    expect(app.page.get_by_text("1 receipt.")).to_be_visible()
    yield "list"
    app.tap("Edit")
    yield "list, editing"
    app.open(f"#/visit/{visit}/caught")
    expect(app.page.locator("img.picture")).to_be_visible()
    yield "caught"


def _outbox(app: Visiting) -> Iterator[str]:
    app.open("#/outbox")
    expect(app.page.get_by_role("heading", name="This phone")).to_be_visible()
    yield "outbox"
    app.tap("Sign out")
    expect(app.page.get_by_role("alertdialog")).to_be_visible()
    yield "sign out"
