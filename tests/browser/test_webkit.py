"""Capture, kill, restart, send in WebKitGTK, which shares its storage and workers with the iPhone's browser; it is no iPhone."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.browser.photos import drawn
from tests.browser.rows import receipts
from tests.browser.seed import Seed
from tests.browser.server import Server
from tests.browser.visiting import READ_STORE
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.soak, pytest.mark.timeout(300)]
NO_WEBKIT = "NO WEBKIT: WebKitGTK, its Python or Xvfb is not installed, so nothing was tested in the iPhone's family of browsers."
_PYTHON, _WINDOW = "/usr/bin/python3", Path(__file__).with_name("webkit_window.py")
_TAP = """const wanted = %s;
const found = [...document.querySelectorAll("a, button")].find((each) => each.textContent.trim().startsWith(wanted));
found?.click();
return Boolean(found);"""


@pytest.fixture
def webkit(server: Server, tmp_path: Path) -> Iterator["WebKit"]:
    if not _is_there():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_WEBKIT)
    made = WebKit(tmp_path / "webkit", drawn(tmp_path / "photo.jpg"), server.url)
    yield made
    made.kill()


def test_capture_kill_restart_send(webkit: "WebKit", server: Server, seed: Seed) -> None:
    visit, amira = seed.visits["quay"], seed.world.people["amira"]
    _sign_in(webkit)
    webkit.until("return (await caches.keys()).length > 0 && navigator.serviceWorker.controller !== null")
    webkit.tap("Quay Street")
    webkit.sees("Start Quay Street")
    webkit.until("return !document.body.textContent.includes('The questionnaire comes when the phone has network.')")
    server.stop()
    webkit.tap("Start Quay Street")
    webkit.sees("Floors are clean.")
    webkit.press(".photos .add")
    webkit.until("return document.querySelectorAll('.photos img').length === 1")
    webkit.tap("Yes")
    webkit.until("return document.querySelector('[aria-pressed=true]') !== null")
    before = webkit.kept(amira, "visits", visit)
    webkit.kill()

    webkit.open(f"/app/#/visit/{visit}/question/floors")
    webkit.until("return document.querySelectorAll('.photos img').length === 1")
    assert webkit.kept(amira, "visits", visit) == before and len(before["photos"]) == 1
    assert webkit.kept(amira, "photos", before["photos"][0]["sha256"])["bytes"] == before["photos"][0]["bytes"]
    webkit.show(f"#/visit/{visit}/question/look")
    webkit.until("const rating = document.querySelectorAll('.rating button'); rating[3]?.click(); return rating.length === 5")
    webkit.until("return document.querySelector('[aria-pressed=true]') !== null")
    webkit.show(f"#/visit/{visit}/question/price")
    webkit.tap("Yes")
    webkit.until("return document.querySelector('[aria-pressed=true]') !== null")
    webkit.show(f"#/visit/{visit}/review")
    webkit.tap("Finish")
    webkit.sees("Saved on this phone at")
    server.start()
    webkit.run("dispatchEvent(new Event('online'))")
    webkit.sees("Receipt")
    [receipt] = receipts(server, visit)
    assert receipt["photos"] == [before["photos"][0]["sha256"]]


def _is_there() -> bool:
    if not shutil.which("xvfb-run") or not Path(_PYTHON).exists():
        return False
    asked = "import gi; gi.require_version('WebKit2', '4.1')"
    return subprocess.run([_PYTHON, "-c", asked], capture_output=True, check=False).returncode == 0


def _sign_in(webkit: "WebKit") -> None:
    webkit.open("/app/")
    webkit.tap("Sign in")
    fill = f"""const form = document.querySelector("form[method=post]");
        form.querySelector("[name=email]").value = "amira@example.org";
        form.querySelector("[name=password]").value = {json.dumps(PASSWORD)};
        form.requestSubmit();"""
    webkit.until("return document.querySelector('[name=password]') !== null")
    webkit.run(fill)
    webkit.sees("Today")
    webkit.sees("Quay Street")


class WebKit:
    """One phone's browser; ``kill`` is what a flat battery does, the next ``open`` starts it again."""

    def __init__(self, profile: Path, photo: Path, url: str) -> None:
        self._profile, self._photo, self._url = profile, photo, url
        self._process: subprocess.Popen[str] | None = None

    def open(self, path: str) -> None:
        if self._process is None:
            environment = {**os.environ, "XDG_RUNTIME_DIR": str(self._profile.parent), "NO_AT_BRIDGE": "1"}
            command = ["xvfb-run", "-a", _PYTHON, str(_WINDOW), str(self._profile), str(self._photo)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                             env=environment, start_new_session=True)
        self._ask({"go": "about:blank"})
        self._ask({"go": self._url + path})

    def show(self, hash_: str) -> None:
        """An address of the app, as a link in it would open it."""
        self.run(f"location.hash = {json.dumps(hash_)}")
        time.sleep(0.5)

    def run(self, script: str) -> Any:
        return self._ask({"run": script})

    def until(self, script: str, seconds: float = 40) -> None:
        """Asks again until the script says true."""
        end = time.monotonic() + seconds
        while not self.run(script):
            if time.monotonic() > end:
                raise AssertionError(f"{script}\nThe page says: {self.run('return document.body.innerText')}")
            time.sleep(0.2)

    def tap(self, text: str) -> None:
        self.until(_TAP % json.dumps(text))

    def press(self, selector: str) -> None:
        """A finger on the middle of it."""
        place = f"const box = document.querySelector({json.dumps(selector)})?.getBoundingClientRect();"
        x, y = self.run(place + "return [box.x + box.width / 2, box.y + box.height / 2];")
        self._ask({"click": [x, y]})

    def sees(self, text: str) -> None:
        self.until(f"return document.body.textContent.includes({json.dumps(text)})")

    def kept(self, person: str, store: str, key: Any) -> Any:
        return self.run(f"return await ({READ_STORE})({json.dumps({'person': person, 'store': store, 'key': key})})")

    def kill(self) -> None:
        """SIGKILL to the window, its web process and its network process."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
        self._process = None

    def _ask(self, asked: dict[str, Any]) -> Any:
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            print(answer["error"], file=sys.stderr)
        return answer.get("is")
