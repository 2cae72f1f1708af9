"""A real browser killed at random moments while somebody scores and sends: what it called saved is there, and arrives once."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from tests.browser.told import PHOTOS, Thing, Told
from tests.browser.visiting import GOOD, Visiting, questions

#: The digests of all photos on this phone, computed from the bytes that are there.
_DIGESTS = """async (person) => {
  const open = indexedDB.open(`fieldscore-${person}`);
  const handle = await new Promise((resolve, reject) => { open.onsuccess = () => resolve(open.result); open.onerror = reject; });
  const asked = handle.transaction(["photos"]).objectStore("photos").getAll();
  const rows = await new Promise((resolve, reject) => { asked.onsuccess = () => resolve(asked.result); asked.onerror = reject; });
  handle.close();
  const digests = await Promise.all(rows.map(({ bytes }) => crypto.subtle.digest("SHA-256", bytes)));
  return digests.map((digest) => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
}"""
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
        assert [*person.told.faults(visit, _arrived_once(shop, visit))] == []
    assert person.told.checked == {"comment", "value", "photos"}, "somebody who never did one of these shows nothing of it"


@dataclass
class Person:
    """Somebody who answers, comments, takes photos, finishes and begins anew."""

    phone: Amiras
    random: Random
    photos: list[Path]
    told: Told = field(default_factory=Told)
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
        app = self.phone.app(f"/app/#/visit/{self.visit}/question/floors" if self.visit else "/app/#/outbox")
        for visit, at in self.finished.items():
            row = app.kept("revisions", [visit, 1])
            assert row or at > self.killed_at - _MOMENT, f"{visit} was finished"
        if self.visit:
            self._finds_the_open_visit(app, app.record(self.visit))
        self.phone.close()

    def _finds_the_open_visit(self, app: Visiting, record: dict[str, Any]) -> None:
        assert [*self.told.faults(self.visit, record, self.killed_at - _MOMENT)] == []
        self.told.begins_again(self.visit, record)
        if record["state"] != "draft":
            self.finished[self.visit] = self.killed_at  # it died between the tap and the word
            self.visit = None
            return
        assert {photo["sha256"] for photo in record["photos"]} <= {*app.page.evaluate(_DIGESTS, app.person)}
        expect(app.page.locator(".photos img")).to_have_count(len(record["photos"]))

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
        self.random.choices((self._comments, self._chooses, self._takes_a_photo, self._goes_on), weights=(5, 4, 4, 2))[0](app)

    def _comments(self, app: Visiting) -> None:
        question = self.random.choice(("floors", "look", "price"))
        app.open_question(question, self.visit)
        self.count += 1
        with self._shown((question, "comment"), text := f"Remark {self.count}."):
            app.comment(text)

    def _chooses(self, app: Visiting) -> None:
        question = self.random.choice(("floors", "price"))
        app.open_question(question, self.visit)
        self._answers(app, question, self.random.choice((True, False)))

    def _answers(self, app: Visiting, question: str, value: Any) -> None:
        with self._shown((question, "value"), value):
            app.answer(questions("small")[question], value)

    def _takes_a_photo(self, app: Visiting) -> None:
        app.open_question("floors", self.visit)
        shown = app.page.locator(".photos img")
        expect(shown).to_have_count(there := len(app.record(self.visit)["photos"]))
        if there < 3:
            tried = self.told.tried(self.visit, PHOTOS)
            app.add_photos([self.random.choice(self.photos)])
            tried.shown(time.monotonic(), tuple(photo["sha256"] for photo in app.record(self.visit)["photos"]))

    def _complete(self, app: Visiting) -> None:
        """Answers what is open and finishes."""
        app.open_question("floors", self.visit)
        while "/question/" in app.page.url:
            question = questions("small")[app.here]
            self._answers(app, app.here, GOOD[question["kind"]](question))
            app.go_on()
        app.finish()
        self.finished[self.visit] = time.monotonic()
        self.visit = None

    def _goes_on(self, app: Visiting) -> None:
        """Finishes, and begins the next visit while this one is on its way."""
        self._complete(app)
        app.page.wait_for_timeout(self.random.choice((0, 300, 1500)))
        app.open("#/unplanned")
        self.visit = begin(app)

    @contextmanager
    def _shown(self, thing: Thing, value: Any) -> Iterator[None]:
        """What is done inside is tried before, and shown as saved once it is through."""
        tried = self.told.tried(self.visit, thing, value)
        yield
        tried.shown(time.monotonic())


def _arrived_once(shop: Server, visit: str) -> dict[str, Any]:
    """What arrived: one receipt for its bytes and exactly its photos, which are whole in the store."""
    [receipt] = receipts(shop, visit)
    with opened(shop.environment()) as app, app.extensions["database"].read() as session:
        held = session.get(Visit, visit)
        body = session.get(Revision, (visit, 1)).body
        for (sha256,) in session.query(Photo.sha256).filter(Photo.visit_id == visit).all():
            assert hashlib.sha256(app.extensions["photo_store"].get(sha256)).hexdigest() == sha256
    arrived = json.loads(body)
    assert held.revision == 1 and receipt["sha256"] == hashlib.sha256(body).hexdigest()
    assert receipt["photos"] == sorted({photo["sha256"] for photo in arrived["photos"]})
    return arrived
