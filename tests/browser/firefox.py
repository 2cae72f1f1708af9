"""A phone's screen in Firefox, through the protocol that it shares with the driver; it has no touch and no small frame of its own."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.phone import Phone

NO_FIREFOX = "NO FIREFOX: firefox-esr is neither installed nor named in FIREFOX_PATH, so the app was tested in Chromium alone."
_SIZE = {"width": 412, "height": 839}
_PREFERENCES = {"geo.prompt.testing": True, "geo.prompt.testing.allow": False}


def firefox() -> str | None:
    """The browser of this machine: ``FIREFOX_PATH``, or Firefox where Debian puts it."""
    named = os.environ.get("FIREFOX_PATH")
    return named if named and Path(named).exists() else shutil.which("firefox-esr") or shutil.which("firefox")


def firefox_phone() -> type[Phone]:
    """The phone with Firefox on it; without one the test skips loudly, and with ``CI=true`` fails."""
    if firefox() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_FIREFOX)
    return FirefoxPhone


class FirefoxPhone(Phone):
    """The same phone with another browser on it."""

    @property
    def context(self) -> BrowserContext:
        if not self._context:
            self._profile.mkdir(exist_ok=True, parents=True)
            self._context = self._driver.firefox.launch_persistent_context(
                self._profile, channel="moz-firefox", executable_path=firefox(), viewport=_SIZE, firefox_user_prefs=_PREFERENCES,
                **{name: self._options[name] for name in ("locale", "timezone_id")})
        return self._context

    def network(self, *, up: bool) -> None:
        """Firefox cannot be told that it has no network: the app is told alone."""
        for page in self.context.pages:
            page.evaluate("(up) => dispatchEvent(new Event(up ? 'online' : 'offline'))", up)

    def _is_ours(self, arguments: list[bytes]) -> bool:
        return str(self._profile).encode() in arguments
