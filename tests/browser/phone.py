"""A phone: Chromium with a profile of its own that survives being killed."""

import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]
PIXEL = {"viewport": {"width": 412, "height": 915}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True, "locale": "en-GB",
         "timezone_id": "Europe/Budapest", "geolocation": {"latitude": 47.4979, "longitude": 19.0402, "accuracy": 12}, "permissions": ["geolocation"]}


def chromium() -> str | None:
    """The browser of this machine: ``CHROME_PATH``, or Chromium where Debian puts it."""
    named = os.environ.get("CHROME_PATH")
    return named if named and Path(named).exists() else shutil.which("chromium") or shutil.which("google-chrome")


def desk(driver: Playwright) -> Browser:
    """A browser for desk pages; every ``new_context`` is somebody's own."""
    return driver.chromium.launch(executable_path=chromium(), args=FLAGS)


class Phone:
    """Amira's phone. ``kill`` is what a flat battery does; ``open`` starts the same phone again."""

    def __init__(self, driver: Playwright, profile: Path, url: str, **options: Any) -> None:
        self._driver, self._profile, self._url = driver, profile, url
        self._options = {**PIXEL, "args": FLAGS, **options}
        self._context: BrowserContext | None = None

    @property
    def context(self) -> BrowserContext:
        self._context = self._context or self._driver.chromium.launch_persistent_context(
            self._profile, executable_path=chromium(), **self._options)
        return self._context

    def open(self, path: str = "/app/") -> Page:
        """The app in a tab, the first one where it is still empty."""
        empty = next((page for page in self.context.pages if page.url == "about:blank"), None)
        page = empty or self.context.new_page()
        page.set_default_timeout(30_000)
        page.goto(self._url + path)
        return page

    def network(self, *, up: bool) -> None:
        """What the phone itself believes; ``up`` makes the browser say ``online``."""
        self.context.set_offline(not up)

    def die(self) -> None:
        """SIGKILL to every process of this profile; from any thread, ``kill`` must follow."""
        for pid in self.pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """SIGKILL to every process of this profile, in the middle of whatever it does."""
        self.die()
        end = time.monotonic() + 10
        while self.pids() and time.monotonic() < end:
            time.sleep(0.05)
        self.close()

    def close(self) -> None:
        if self._context:
            with suppress(Error):  # it may have been killed
                self._context.close()
            self._context = None

    def pids(self) -> list[int]:
        """The living processes of this profile."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self._is_ours(_command_line(pid))]

    def _is_ours(self, arguments: list[bytes]) -> bool:
        return f"--user-data-dir={self._profile}".encode() in arguments


def _command_line(pid: int) -> list[bytes]:
    """The arguments of a living process; of a dead one, none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
