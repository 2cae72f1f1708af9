"""Visits that do not go by themselves: said where people look, with something to tap that works."""

import pytest
from playwright.sync_api import expect

from tests.browser.amiras import Amiras
from tests.browser.visiting import Visiting

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

_REFUSE = """async ({ name, visit, code }) => {
  const open = indexedDB.open(name);
  await new Promise((resolve) => { open.onsuccess = resolve; });
  const tx = open.result.transaction(["revisions"], "readwrite");
  const rows = tx.objectStore("revisions");
  rows.get([visit, 1]).onsuccess = ({ target }) => rows.put({ ...target.result, state: "attention", code });
  await new Promise((resolve) => { tx.oncomplete = resolve; });
  open.result.close();
}"""


def test_a_visit_that_needs_attention_is_said_on_today_and_nothing_says_that_it_goes(amiras: Amiras) -> None:
    app, visit = _refused(amiras, "visit.owner_mismatch")
    app.open("#/")
    expect(app.page.get_by_text("Needs attention:")).to_be_visible()
    expect(app.page.get_by_text("It goes by itself.")).to_have_count(0)
    app.page.get_by_role("status").get_by_role("link", name="Canal Street").click()
    app.page.wait_for_url(f"**/visit/{visit}")
    expect(app.page.get_by_text("the visit belongs to somebody else.")).to_be_visible()
    expect(app.page.get_by_role("button", name="Open it again")).to_be_visible()


def test_beside_another_phones_bytes_only_what_works_is_offered(amiras: Amiras) -> None:
    app, visit = _refused(amiras, "revision.differs")
    app.open(f"#/visit/{visit}")
    expect(app.page.get_by_text("it was also sent from another phone.")).to_be_visible()
    for useless in ("Open it again", "Try to send it again"):
        expect(app.page.get_by_role("button", name=useless)).to_have_count(0)
    app.tap("Save as a file")
    expect(app.page.get_by_role("link", name="Save the file")).to_be_visible()


def _refused(amiras: Amiras, code: str) -> tuple[Visiting, str]:
    """A finished visit that the server refused, and its id."""
    app = amiras.visiting()
    amiras.network(up=False)
    visit = app.visit
    app.answer_all("small", {})
    app.finish()
    app.page.evaluate(_REFUSE, {"name": f"fieldscore-{app.person}", "visit": visit, "code": code})
    app.page.reload()
    expect(app.page.get_by_role("heading", name="Outbox")).to_be_visible()
    return app, visit
