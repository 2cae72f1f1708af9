"""What phones do to storage, cameras and tabs, put in on purpose: nothing is lost, and each is said in plain words."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, expect

from tests.browser.amiras import Amiras
from tests.browser.photos import large
from tests.browser.visiting import Visiting

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
_PHOTO = re.compile("Add photo|needed")

#: Openings of a person's own store that do as told: ``hang`` for ever, ``blocked`` by an older tab, or ``refused``.
_OPENING = """(() => {
  const real = indexedDB.open.bind(indexedDB);
  let left = %(times)s;
  indexedDB.open = (name, version) => {
    if (!name.startsWith("fieldscore-") || left <= 0) return real(name, version);
    left -= 1;
    if ("%(how)s" === "refused") throw new DOMException("forbidden", "SecurityError");
    const never = real(`held-${crypto.randomUUID()}`, 1);
    const silent = new EventTarget();
    if ("%(how)s" === "blocked") setTimeout(() => silent.dispatchEvent(new IDBVersionChangeEvent("blocked", { oldVersion: 1, newVersion: 2 })), 10);
    return Object.setPrototypeOf(silent, Object.create(IDBOpenDBRequest.prototype, { result: { get: () => never.result } }));
  };
})();"""

#: Remembers every connection, and fails the next ``globalThis.failing`` transactions.
_CONNECTIONS = """(() => {
  globalThis.connections = [];
  globalThis.failing = [];
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...about) {
    if (!connections.includes(this)) connections.push(this);
    const fault = about[1] === "readwrite" && failing.shift();
    if (fault) throw new DOMException("Connection to Indexed Database server lost.", fault);
    return transaction.apply(this, about);
  };
})();"""

#: Another connection holds the store of visits for so many seconds: until then no transaction over it answers.
_HOLD = """async ({ name, seconds }) => {
  const open = indexedDB.open(name);
  await new Promise((resolve) => { open.onsuccess = resolve; });
  const until = Date.now() + seconds * 1000;
  const visits = open.result.transaction(["visits"], "readwrite").objectStore("visits");
  const again = () => { if (Date.now() < until) visits.count().onsuccess = again; else open.result.close(); };
  await new Promise((resolve) => { visits.count().onsuccess = () => { resolve(); again(); }; });
}"""


def opening(how: str, times: int | str = "Infinity") -> str:
    return _OPENING % {"how": how, "times": times}


def test_storage_that_does_not_open_at_first_is_asked_again(amiras: Amiras) -> None:
    app = amiras.app(before=opening("hang", times=1))
    expect(app.page.get_by_role("heading", name="Opening what is saved here")).to_be_visible()
    expect(app.page.get_by_role("heading", name="Today")).to_be_visible(timeout=15_000)


def test_storage_that_never_opens_is_said_to_be_safe_and_is(amiras: Amiras) -> None:
    visit = _one_answer(amiras)
    amiras.close()
    app = amiras.app(before=opening("hang"))
    expect(app.page.get_by_text("The phone does not open what was saved. It is still there.")).to_be_visible(timeout=20_000)
    amiras.close()
    app = amiras.app()
    expect(app.page.get_by_role("link", name="Continue Canal Street")).to_be_visible()
    assert app.record(visit)["answers"]["floors"]["value"] is True


def test_storage_that_another_tab_holds_up_names_the_tab(amiras: Amiras) -> None:
    app = amiras.app(before=opening("blocked"))
    expect(app.page.get_by_text("Fieldscore is open in another tab with an older version.")).to_be_visible(timeout=20_000)


def test_a_browser_that_keeps_nothing_is_not_begun_with(amiras: Amiras) -> None:
    app = amiras.app(before=opening("refused"))
    expect(app.page.get_by_text("This browser keeps nothing here, as in private browsing.")).to_be_visible()
    expect(app.page.get_by_text("Start")).to_have_count(0)


def test_a_connection_that_breaks_or_is_closed_loses_no_answer(amiras: Amiras) -> None:
    app = amiras.visiting(before=_CONNECTIONS)
    for fault, choice in (("UnknownError", "Yes"), ("InvalidStateError", "No"), ("AbortError", "Yes")):
        app.page.evaluate("(fault) => { failing = [fault]; }", fault)
        app.choose(choice)
    app.page.evaluate("() => connections.forEach((connection) => connection.close())")
    app.choose("No")
    assert app.record(app.visit)["answers"]["floors"]["value"] is False


def test_storage_lost_in_the_middle_says_so_and_the_answer_is_there_after_loading_again(amiras: Amiras) -> None:
    app = amiras.visiting(before=_CONNECTIONS)
    app.choose("Yes")
    app.page.evaluate("() => { failing = Array(40).fill('UnknownError'); }")
    app.tap("No")
    expect(app.page.get_by_role("alert").filter(has_text="What was saved before stays. Load the page again.")).to_be_visible()
    expect(app.page.get_by_text("Not saved", exact=True)).to_be_visible()
    app.page.reload()
    expect(app.page.get_by_role("button", name="No", exact=True)).to_have_attribute("aria-pressed", "true")
    assert app.record(app.visit)["answers"]["floors"]["value"] is False


def test_a_transaction_that_does_not_answer_is_taken_back_and_the_answer_is_still_saved(amiras: Amiras) -> None:
    app = amiras.visiting(before=_CONNECTIONS)
    app.choose("Yes")
    _hold(app, 12)
    before = app.page.evaluate("connections.length")
    app.tap("No")
    expect(app.page.get_by_role("button", name="No", exact=True)).to_have_attribute("aria-pressed", "true", timeout=20_000)
    expect(app.page.get_by_text("Not saved")).to_have_count(0)
    assert app.page.evaluate("connections.length") > before, "on a connection of its own, not on the one that was mute"
    assert app.record(app.visit)["answers"]["floors"]["value"] is False


def test_storage_that_stays_mute_is_never_called_saved_and_the_answer_is_there_after_loading_again(amiras: Amiras) -> None:
    app = amiras.visiting()
    app.choose("Yes")
    _hold(app, 60)
    app.tap("No")
    expect(app.page.get_by_text(re.compile("^Saved "))).to_have_count(0)
    expect(app.page.get_by_role("alert").filter(has_text="What was saved before stays. Load the page again.")).to_be_visible(timeout=30_000)
    expect(app.page.get_by_text("Not saved", exact=True)).to_be_visible()
    app.page.reload()
    expect(app.page.get_by_role("button", name="No", exact=True)).to_have_attribute("aria-pressed", "true")
    assert app.record(app.visit)["answers"]["floors"]["value"] is False


def test_a_full_phone_keeps_answers_and_says_what_to_do_with_photos(amiras: Amiras, tmp_path: Path) -> None:
    disk = Disk(amiras)
    disk.leave(40_000)
    app = amiras.visiting()
    photo = large(tmp_path / "photo.jpg")
    app.takes(_PHOTO, photo)
    expect(app.page.get_by_role("alert").filter(has_text="this phone is full. What was saved before stays.").first).to_be_visible()
    for number in range(12):
        app.comment(f"{number} " + "with a full phone " * 300)
    app.choose("Yes")
    record = app.record(visit := app.visit)
    assert record["answers"]["floors"]["value"] is True and record["answers"]["floors"]["comment"].startswith("11 ") and record["photos"] == []
    assert app.kept("meta", "reserve") is None, "the reserve went before an answer did"
    app.open("#/outbox")
    expect(app.page.get_by_text("This phone is full.", exact=True)).to_be_visible()

    disk.free()
    app.page.reload()
    app.open(f"#/visit/{visit}/question/floors")
    app.add_photos([photo])
    app.open("#/outbox")
    expect(app.page.get_by_role("heading", name="This phone")).to_be_visible()
    expect(app.page.get_by_text("This phone is full.", exact=True)).to_have_count(0)


def test_little_room_is_said_before_a_visit_begins(amiras: Amiras) -> None:
    app = amiras.app(before="navigator.storage.estimate = async () => ({ usage: 80_000_000, quota: 100_000_000 });")
    app.page.get_by_role("link", name="Mill Street").click()
    expect(app.page.get_by_text("This phone is nearly full.")).to_be_visible()
    expect(app.page.get_by_text("20 MB are free.")).to_be_visible()
    expect(app.page.get_by_role("button", name="Start Mill Street")).to_be_visible()


def test_the_list_says_what_was_not_saved(amiras: Amiras, tmp_path: Path) -> None:
    disk = Disk(amiras)
    disk.leave(40_000)
    app = amiras.visiting()
    app.open(f"#/lists/{app.visit}")
    app.takes("Receipt", large(tmp_path / "photo.jpg"))
    expect(app.page.get_by_role("alert")).to_have_text(re.compile("^Not saved: this phone is full"))
    assert "Fieldscore" not in app.page.locator("body").inner_text()
    disk.free()
    app.page.reload()
    app.takes("Receipt", large(tmp_path / "photo.jpg"))
    expect(app.page.get_by_text("1 receipt.")).to_be_visible()


def test_a_visit_that_cannot_be_read_yet_is_never_overwritten(amiras: Amiras) -> None:
    visit = _one_answer(amiras)
    amiras.close()
    app = amiras.app(f"/app/#/visit/{visit}/question/floors", before="""(() => {
      const real = IDBObjectStore.prototype.get;
      globalThis.unreadable = true;
      IDBObjectStore.prototype.get = function (key) {
        if (unreadable && this.name === "visits") throw new DOMException("not now", "DataError");
        return real.call(this, key);
      };
    })();""")
    app.page.wait_for_timeout(1_500)
    expect(app.page.get_by_role("button", name="Yes", exact=True)).to_have_count(0)
    app.page.evaluate("() => { unreadable = false; }")
    assert app.record(visit)["answers"]["floors"]["value"] is True


def test_a_browser_tab_on_an_iphone_asks_to_be_installed_before_the_first_visit(amiras: Amiras) -> None:
    app = amiras.app(before="Object.defineProperty(Navigator.prototype, 'standalone', { get: () => false });")
    expect(app.page.get_by_text("Add to Home Screen, then sign in there.")).to_be_visible()
    expect(app.page.get_by_role("link", name="Mill Street")).to_be_visible()


def _one_answer(amiras: Amiras) -> str:
    app = amiras.visiting()
    app.choose("Yes")
    return app.visit


def _hold(app: Visiting, seconds: int) -> None:
    app.page.evaluate(_HOLD, {"name": f"fieldscore-{app.person}", "seconds": seconds})


class Disk:
    """How much this phone gives the app."""

    def __init__(self, phone: Amiras) -> None:
        self._phone, self._about = phone, {"origin": phone.url}

    def leave(self, size: int) -> None:
        """So many bytes more than are used now. The browser looks half a minute apart: so it is told before the app opens its store."""
        expect(self._phone.app().page.get_by_role("heading", name="Today")).to_be_visible()
        used = self._session().send("Storage.getUsageAndQuota", self._about)["usage"]
        self._phone.close()
        self._session().send("Storage.overrideQuotaForOrigin", {**self._about, "quotaSize": used + size})

    def free(self) -> None:
        self._session().send("Storage.overrideQuotaForOrigin", self._about)

    def _session(self) -> CDPSession:
        return self._phone.context.new_cdp_session(self._phone.context.pages[0])
