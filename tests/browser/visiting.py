"""What amira's thumb does in the app: sign in, answer by kind, take photos, go on."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from field.content import builtin
from tests.factories import PASSWORD, questionnaire

READ_STORE = """async ({person, store, key}) => {
  const open = indexedDB.open(`fieldscore-${person}`);
  const handle = await new Promise((resolve, reject) => { open.onsuccess = () => resolve(open.result); open.onerror = reject; });
  const asked = handle.transaction([store]).objectStore(store).get(key);
  const found = await new Promise((resolve, reject) => { asked.onsuccess = () => resolve(asked.result); asked.onerror = reject; });
  handle.close();
  return found === undefined ? null : JSON.parse(JSON.stringify(found, (_name, value) => value instanceof ArrayBuffer ? value.byteLength : value));
}"""

_CONTROLLED = """() => navigator.serviceWorker.controller !== null
  || new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true })).then(() => true)"""


def sign_in(page: Page, email: str, password: str) -> None:
    """At the sign-in page or on the way to it."""
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def questions(slug: str) -> dict[str, dict[str, Any]]:
    """The questions of a published document by key."""
    documents = {document["slug"]: document for _path, document in builtin()} | {"small": questionnaire()}
    return {question["key"]: question for section in documents[slug]["sections"] for question in section["questions"]}


class Visiting:
    """The app in one tab, as somebody who uses it."""

    def __init__(self, page: Page, person: str) -> None:
        self.page, self.person = page, person

    def sign_in(self, name: str = "amira", password: str = PASSWORD) -> None:
        self.page.get_by_role("link", name="Sign in", exact=True).first.click()
        sign_in(self.page, f"{name}@example.org", password)
        expect(self.page.get_by_role("heading", name="Today")).to_be_visible()

    def wait_until_kept(self, *sites: str) -> None:
        """Until the worker keeps the app and the phone keeps the questionnaires of these sites."""
        self.page.evaluate(_CONTROLLED)
        for site in sites:
            self.page.get_by_role("link", name=site).click()
            expect(self.page.get_by_role("button", name=f"Start {site}")).to_be_visible()
            expect(self.page.get_by_text("The questionnaire comes when the phone has network.")).to_have_count(0)
            self.page.get_by_role("link", name="Today").click()

    def start(self, site: str) -> None:
        self.page.get_by_role("link", name=site).click()
        self.page.get_by_role("button", name=f"Start {site}").click()
        self.page.wait_for_url("**/question/*")

    @property
    def visit(self) -> str:
        return re.search(r"/(?:visit|lists)/([^/]+)", self.page.url)[1]

    @property
    def here(self) -> str:
        """The key of the question on the screen."""
        return self.page.url.rsplit("/", 1)[1]

    def open(self, hash_: str) -> None:
        """An address of the app, as a link in it would open it."""
        self.page.evaluate("(hash) => { location.hash = hash; }", hash_)

    def open_question(self, key: str, visit: str) -> None:
        self.open(f"#/visit/{visit}/question/{key}")
        self.page.wait_for_url(f"**/question/{key}")

    def answer_all(self, slug: str, answers: dict[str, Any], *, until: Callable[[str], bool] = lambda key: False) -> None:
        """Answers question after question by ``answers`` (a good one where it says nothing), until the review or ``until``."""
        known = questions(slug)
        while "/question/" in self.page.url and not until(self.here):
            key = self.here
            given = answers.get(key, {})
            self.answer(known[key], given.get("value", GOOD[known[key]["kind"]](known[key])))
            if "comment" in given:
                self.comment(given["comment"])
            self.add_photos(given.get("photos", ()))
            self.go_on()

    def answer(self, question: dict[str, Any], value: Any) -> None:
        TAPS[question["kind"]](self, question, value)

    def tap(self, name: str | re.Pattern[str], *, exact: bool = True) -> Locator:
        button = self.page.get_by_role("button", name=name, exact=exact)
        button.click()
        return button

    def choose(self, name: str | re.Pattern[str]) -> None:
        """Taps a choice; it shows as chosen when it is on disk."""
        expect(self.tap(name)).to_have_attribute("aria-pressed", "true")

    def comment(self, text: str) -> None:
        self.write(self.page.get_by_label("Comment"), text)

    def write(self, box: Locator, text: str) -> None:
        """Types, leaves the box and waits until it is saved."""
        box.fill(text)
        box.blur()
        self.saved()

    def saved(self) -> None:
        expect(self.page.locator("p.saved[role=status]")).to_contain_text("Saved")

    def add_photos(self, paths: Iterable[Path]) -> None:
        for path in paths:
            there = self.page.locator(".photos img").count()
            with self.page.expect_file_chooser() as chooser:
                self.tap(re.compile("Add photo|needed"), exact=False)
            chooser.value.set_files(path)
            expect(self.page.locator(".photos img")).to_have_count(there + 1)

    def go_on(self) -> None:
        """The way onward under the thumb."""
        before = self.page.url
        self.page.locator(".dock a").filter(has_text=re.compile("Next open question|Review and finish")).click()
        self.page.wait_for_url(lambda address: address != before)

    def finish(self) -> None:
        self.tap("Finish")
        expect(self.page.get_by_role("heading", name="Outbox")).to_be_visible()

    def kept(self, store: str, key: Any) -> Any:
        """What this phone's storage holds, bytes as their number."""
        return self.page.evaluate(READ_STORE, {"person": self.person, "store": store, "key": key})

    def record(self, visit: str) -> dict[str, Any]:
        return self.kept("visits", visit)


def _text(content: dict[str, str]) -> str:
    return content["en"]


def _option(question: dict[str, Any], key: str) -> str:
    return next(_text(option["text"]) for option in question["options"] if option["key"] == key)


def _rate(app: Visiting, _question: dict[str, Any], value: int) -> None:
    button = app.page.locator(".rating button").nth(value - 1)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def _tick(app: Visiting, question: dict[str, Any], value: list[str]) -> None:
    for key in value:
        app.choose(_option(question, key))


def _type(app: Visiting, _question: dict[str, Any], value: str) -> None:
    app.write(app.page.locator("#number, #text"), value)


def _time(app: Visiting, question: dict[str, Any], value: int) -> None:
    app.tap(_text(question["labels"]["start"]))
    expect(app.page.get_by_role("timer")).not_to_have_text("0:00", timeout=value + 10_000)
    app.tap(_text(question["labels"]["stop"]))
    expect(app.page.get_by_role("button", name="Change")).to_be_visible()


def _nothing(_app: Visiting, _question: dict[str, Any], _value: None) -> None:
    """Its photos are the answer, or there is none."""


TAPS = {"yes_no": lambda app, _question, value: app.choose("Yes" if value else "No"),
        "choice": lambda app, question, value: app.choose(_option(question, value)),
        "choices": _tick, "rating": _rate, "number": _type, "text": _type, "duration": _time, "photo": _nothing, "note": _nothing}
GOOD: dict[str, Callable[[dict[str, Any]], Any]] = {
    "yes_no": lambda question: True, "choice": lambda question: question["options"][0]["key"],
    "choices": lambda question: [option["key"] for option in question["options"]], "rating": lambda question: question["scale"],
    "number": lambda question: question["max"], "text": lambda question: "Nothing more.", "duration": lambda question: 1000,
    "photo": lambda question: None, "note": lambda question: None,
}
