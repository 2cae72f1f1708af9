"""Phones on which amira is signed in already."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tests.browser.phone import Phone
from tests.browser.visiting import Visiting


class Amiras(Phone):
    """One of her phones; ``app`` opens it where it was left, ``visiting`` at the first question of a new visit."""

    def __init__(self, driver: Playwright, profile: Path, url: str, person: str, **options: Any) -> None:
        super().__init__(driver, profile, url, **options)
        self.url, self._person = url, person

    def app(self, path: str = "/app/", *, before: str = "") -> Visiting:
        """The app in a tab; ``before`` is a script that runs in the page before the app does."""
        if before:
            self.context.add_init_script(before)
        return Visiting(self.open(path), self._person)

    def visiting(self, site: str = "canal", *, before: str = "") -> Visiting:
        """A visit that nobody planned, with the small questionnaire."""
        app = self.app("/app/#/unplanned", before=before)
        begin(app, site)
        return app


def begin(app: Visiting, site: str = "canal") -> str:
    """From the page of unplanned visits to the first question; gives the visit's id."""
    app.page.get_by_label("Site").select_option(site)
    app.page.get_by_label("Questionnaire").select_option(label="Small check")
    app.tap("Start")
    app.page.get_by_role("link", name=re.compile("^Continue ")).click()
    app.page.wait_for_url("**/question/floors")
    return app.visit
