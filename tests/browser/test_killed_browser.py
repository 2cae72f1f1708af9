"""A real browser killed at random moments while somebody scores and sends: what it called saved is there, and arrives once."""

import hashlib
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from field.models import Photo, Revision, Visit
from tests.browser.amiras import Amiras, begin
from tests.browser.photos import drawn
from tests.browser.rows import receipts
from tests.browser.server import Server, opened
from tests.browser.visiting import Visiting

_SEED = 20261122
_MOMENT = 1.0  # what was called saved longer ago than this must be there


@pytest.mark.browser
@pytest.mark.parametrize("kills", [
    pytest.param(5, marks=pytest.mark.timeout(240)), pytest.param(200, marks=[pytest.mark.soak, pytest.mark.timeout(3 * 3600)]),
])
def test_a_browser_killed_at_random_loses_nothing_and_doubles_nothing(amiras: Amiras, shop: Server, tmp_path: Path, kills: int) -> None:
    person = Person(amiras, Random(_SEED + kills), [drawn(tmp_path / f"{number}.jpg", number) for number in range(5)])
    for _ in range(kills):
        person.works_until_killed()
        person.finds_everything()
    person.finishes()
    assert len(person.finished) >= kills // 5, "somebody who never finishes shows nothing"
    for visit in person.finished:
        _arrived_once(shop, visit)


@dataclass
class Told:
    """What the screen called saved, and what was tried after it: one of these must be on the phone."""

    values: list[Any]
    at: float


@dataclass
class Person:
    """Somebody who answers, comments, takes photos, finishes and begins anew; ``told`` is by visit and question."""

    phone: Amiras
    random: Random
    photos: list[Path]
    told: dict[tuple[str, str], Told] = field(default_factory=dict)
    finished: dict[str, float] = field(default_factory=dict)
    visit: str | None = None
    killed_at: float = 0.0
    count: int = 0

    def works_until_killed(self) -> None:
        """Until the browser dies under the thumb."""
        app = self._opened()
        killer = threading.Timer(self.random.uniform(0.2, 4.0), self._kill)
        killer.start()
        with suppress(Error, AssertionError):
            while killer.is_alive():
                self._step(app)
        killer.join()
        self.phone.kill()

    def finds_everything(self) -> None:
        """On the same phone, after it was switched on again."""
        app = self.phone.app("/app/#/outbox")
        for (visit, question), told in self.told.items():
            if visit in self.finished or told.at > self.killed_at - _MOMENT:
                continue
            entry = app.record(visit)["answers"].get(question, {})
            assert entry.get("comment") in told.values or entry.get("value") in told.values, (visit, question, entry, told)
        for visit, at in self.finished.items():
            row = app.kept("revisions", [visit, 1])
            assert row or at > self.killed_at - _MOMENT, f"{visit} was finished"
        if self.visit and app.record(self.visit)["state"] != "draft":
            self.finished[self.visit] = self.killed_at  # it died between the tap and the word
            self.visit = None
        self.phone.close()

    def finishes(self) -> None:
        """Lets everything arrive."""
        app = self._opened()
        self._complete(app)
        app.open("#/outbox")
        for row in app.page.locator("ul.card > li").all():
            expect(row.locator("p.facts")).to_contain_text("Receipt", timeout=90_000)

    def _opened(self) -> Visiting:
        if self.visit is None:
            app = self.phone.visiting()
            self.visit = app.visit
            return app
        app = self.phone.app(f"/app/#/visit/{self.visit}/question/floors")
        expect(app.page.locator("h1.asked")).to_be_visible()
        return app

    def _kill(self) -> None:
        self.killed_at = time.monotonic()
        self.phone.die()

    def _step(self, app: Visiting) -> None:
        self.random.choices((self._comments, self._chooses, self._takes_a_photo, self._goes_on), weights=(5, 3, 2, 2))[0](app)

    def _comments(self, app: Visiting) -> None:
        question = self.random.choice(("floors", "look", "price"))
        app.open_question(question, self.visit)
        self.count += 1
        text = f"Remark {self.count}."
        self._tries(f"{question}", text)
        app.comment(text)
        self._said(question, text)

    def _chooses(self, app: Visiting) -> None:
        app.open_question("price", self.visit)
        app.choose(self.random.choice(("Yes", "No")))

    def _takes_a_photo(self, app: Visiting) -> None:
        app.open_question("floors", self.visit)
        if app.page.locator(".photos img").count() < 3:
            app.add_photos([self.random.choice(self.photos)])

    def _complete(self, app: Visiting) -> None:
        """Answers what is open and finishes."""
        app.open_question("floors", self.visit)
        app.answer_all("small", {})
        app.finish()
        self.finished[self.visit] = time.monotonic()
        self.visit = None

    def _goes_on(self, app: Visiting) -> None:
        """Finishes, and begins the next visit while this one is on its way."""
        self._complete(app)
        app.page.wait_for_timeout(self.random.choice((0, 300, 1500)))
        app.open("#/unplanned")
        self.visit = begin(app)

    def _tries(self, question: str, value: Any) -> None:
        told = self.told.get((self.visit, question))
        if told:
            told.values.append(value)

    def _said(self, question: str, value: Any) -> None:
        self.told[self.visit, question] = Told([value], time.monotonic())


def _arrived_once(shop: Server, visit: str) -> None:
    """One receipt, its photos whole in the store, its bytes those that the receipt names."""
    [receipt] = receipts(shop, visit)
    with opened(shop.environment()) as app, app.extensions["database"].read() as session:
        held = session.get(Visit, visit)
        body = session.get(Revision, (visit, 1)).body
        photos = set(session.query(Photo.sha256).filter(Photo.visit_id == visit).all())
        for (sha256,) in photos:
            assert hashlib.sha256(app.extensions["photo_store"].get(sha256)).hexdigest() == sha256
    assert held.revision == 1 and receipt["sha256"] == hashlib.sha256(body).hexdigest()
    assert set(receipt["photos"]) <= {sha256 for (sha256,) in photos}
