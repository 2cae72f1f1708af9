"""What amira's thumb does in the app: sign in, answer by kind, take photos, go on."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from field.content import builtin
from tests.browser.saying import ENGLISH, Saying
from tests.factories import PASSWORD, questionnaire

READ_STORE = """async ({person, store, key}) => {
  const open = indexedDB.open(`fieldscore-${person}`);
  const handle = await new Promise((resolve, reject) => { open.onsuccess = () => resolve(open.result); open.onerror = reject; });
  const asked = handle.transaction([store]).objectStore(store).get(key);
  const found = await new Promise((resolve, reject) => { asked.onsuccess = () => resolve(asked.result); asked.onerror = reject; });
  handle.close();
  return found === undefined ? null : JSON.parse(JSON.stringify(found, (_name, value) => value instanceof ArrayBuffer ? value.byteLength : value));
}"""

_A_VERSION_WAITS = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 100));
}"""
_KEPT_WORDS = "(language) => caches.match(`/static/locale/${language}.json`)"
_CONTROLLED = """() => navigator.serviceWorker.controller !== null
  || new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true })).then(() => true)"""


def sign_in(page: Page, email: str, password: str, say: Saying = ENGLISH) -> None:
    """At the sign-in page or on the way to it."""
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.get_by_label(say.desk("E-mail")).fill(email)
    page.get_by_label(say.desk("Password")).fill(password)
    page.get_by_role("button", name=say.desk("Sign in"), exact=True).click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def at_desk_of(browser: Browser, url: str, name: str, say: Saying = ENGLISH) -> Page:
    """Somebody signed in on a wide screen, in a browser that asks for their language."""
    page = browser.new_context(base_url=url, viewport={"width": 1280, "height": 800}, locale=say.locale).new_page()
    sign_in(page, f"{name}@example.org", PASSWORD, say)
    return page


def questions(slug: str) -> dict[str, dict[str, Any]]:
    """The questions of a published document by key."""
    documents = {document["slug"]: document for _path, document in builtin()} | {"small": questionnaire()}
    return {question["key"]: question for section in documents[slug]["sections"] for question in section["questions"]}


class Visiting:
    """The app in one tab, as somebody who uses it in a language."""

    def __init__(self, page: Page, person: str, say: Saying = ENGLISH) -> None:
        self.page, self.person, self.say = page, person, say

    def sign_in(self, name: str = "amira", password: str = PASSWORD) -> None:
        self.page.get_by_role("link", name=self.say("Sign in"), exact=True).first.click()
        sign_in(self.page, f"{name}@example.org", password, self.say)
        expect(self.page.get_by_role("heading", name=self.say("Today"), exact=True)).to_be_visible()

    def wait_until_kept(self, *sites: str) -> None:
        """Until the worker keeps the app and its words, and the phone keeps the questionnaires of these sites."""
        self.page.evaluate(_CONTROLLED)
        if self.say.language != "en":
            self.page.wait_for_function(_KEPT_WORDS, arg=self.say.language)
        for site in sites:
            self.page.get_by_role("link", name=site).click()
            expect(self.page.get_by_role("button", name=self.say("Start {site}", site=site))).to_be_visible()
            expect(self.page.get_by_text(self.say("The questionnaire comes when the phone has network."))).to_have_count(0)
            self.page.get_by_role("link", name=self.say("Today")).click()

    def start(self, site: str) -> None:
        self.page.get_by_role("link", name=site).click()
        self.page.get_by_role("button", name=self.say("Start {site}", site=site)).click()
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
        self.write(self.page.get_by_label(self.say("Comment")), text)

    def write(self, box: Locator, text: str) -> None:
        """Types, leaves the box and waits until it is saved."""
        box.fill(text)
        box.blur()
        self.saved()

    def saved(self) -> None:
        expect(self.page.locator("p.saved[role=status]")).to_contain_text(self.say.like("Saved {time}"))

    def add_photos(self, paths: Iterable[Path]) -> None:
        for path in paths:
            there = self.page.locator(".photos img").count()
            self.takes(self.either("Add photo", "{n} needed"), path)
            expect(self.page.locator(".photos img")).to_have_count(there + 1)

    def takes(self, button: str | re.Pattern[str], path: Path) -> None:
        """Taps what opens the camera, which gives this file."""
        with self.page.expect_file_chooser() as chooser:
            self.tap(button, exact=False)
        chooser.value.set_files(path)

    def go_on(self) -> None:
        """The way onward under the thumb."""
        before = self.page.url
        self.page.locator(".dock a").filter(has_text=self.either("Next open question", "Review and finish")).click()
        self.page.wait_for_url(lambda address: address != before)

    def finish(self) -> None:
        self.tap(self.say("Finish"))
        expect(self.page.get_by_role("heading", name=self.say("Outbox"))).to_be_visible()

    def either(self, *texts: str) -> re.Pattern[str]:
        return re.compile("|".join(self.say.like(text).pattern for text in texts))

    def until_a_version_waits(self) -> None:
        self.page.evaluate(_A_VERSION_WAITS)

    def kept(self, store: str, key: Any) -> Any:
        """What this phone's storage holds, bytes as their number."""
        return self.page.evaluate(READ_STORE, {"person": self.person, "store": store, "key": key})

    def record(self, visit: str) -> dict[str, Any]:
        return self.kept("visits", visit)


def _option(app: Visiting, question: dict[str, Any], key: str) -> str:
    return next(app.say.content(option["text"]) for option in question["options"] if option["key"] == key)


def _rate(app: Visiting, _question: dict[str, Any], value: int) -> None:
    button = app.page.locator(".rating button").nth(value - 1)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def _tick(app: Visiting, question: dict[str, Any], value: list[str]) -> None:
    for key in value:
        app.choose(_option(app, question, key))


def _type(app: Visiting, _question: dict[str, Any], value: str) -> None:
    app.write(app.page.locator("#number, #text"), value)


def _time(app: Visiting, question: dict[str, Any], value: int) -> None:
    app.tap(app.say.content(question["labels"]["start"]))
    expect(app.page.get_by_role("timer")).not_to_have_text("0:00", timeout=value + 10_000)
    app.tap(app.say.content(question["labels"]["stop"]))
    expect(app.page.get_by_role("button", name=app.say("Change"))).to_be_visible()


def _nothing(_app: Visiting, _question: dict[str, Any], _value: None) -> None:
    """Its photos are the answer, or there is none."""


TAPS = {"yes_no": lambda app, _question, value: app.choose(app.say("Yes" if value else "No")),
        "choice": lambda app, question, value: app.choose(_option(app, question, value)),
        "choices": _tick, "rating": _rate, "number": _type, "text": _type, "duration": _time, "photo": _nothing, "note": _nothing}
GOOD: dict[str, Callable[[dict[str, Any]], Any]] = {
    "yes_no": lambda question: True, "choice": lambda question: question["options"][0]["key"],
    "choices": lambda question: [option["key"] for option in question["options"]], "rating": lambda question: question["scale"],
    "number": lambda question: question["max"], "text": lambda question: "Nothing more.", "duration": lambda question: 1000,
    "photo": lambda question: None, "note": lambda question: None,
}
