"""A small stage for one case of the matrix: a server, a network, three phones with two visits each."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import httpx

from tests.factories import PASSWORD
from tests.faults.checker import Report, check
from tests.faults.killer import ROOT, Server
from tests.faults.phones import Answer, Ledger, Phone, Visit
from tests.faults.proxy import Fault, Proxy, passed
from tests.faults.wire import over_tcp
from tests.faults.worlds import Place, some_photos

#: How a phone delivers a visit.
Deliver = Callable[["Scene", Phone, Visit], None]
_PHONES = ("amira", "amira", "anna")
_TROUBLE, _SETTLING = 3.0, 60.0


class Scene:
    """What the values of a case act upon. ``place`` is a copy of the model's, so that each case begins alike."""

    def __init__(self, model: Place, folder: Path, seed: str) -> None:
        home = Path(shutil.copytree(model.home, folder / "home"))
        environ = {**model.environ, "FIELDSCORE_HOME": str(home), "DATABASE_URL": f"sqlite:///{home / 'fieldscore.db'}"}
        self.place, self.random, self.ledger = replace(model, home=home, environ=environ), Random(seed), Ledger()
        self.yesterday = home / "yesterday.db"
        self.forgiven = self.over = False
        self.cookies, self.disk, self.desk = dict(model.cookies), threading.Lock(), threading.Lock()
        self.server = Server(home, environ)

    @property
    def file(self) -> Path:
        return self.place.home / "fieldscore.db"

    def command(self, *words: str) -> tuple[str, ...]:
        return sys.executable, "-m", "flask", "--app", "app", *words

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What a command of the product says."""
        return subprocess.run(self.command(*words), cwd=ROOT, env={**self.server.settings, "FIELDSCORE_FAULTS": ""}, capture_output=True, text=True)

    def phone(self, name: str) -> Phone:
        """A phone of this person, which goes with the session that they have at the time."""
        def ask(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
            return over_tcp(self.proxy.port, self.cookies[name], timeout=1.5)(method, path, headers, body)
        return self.place.phone(name, ask, self.ledger, self.random)

    # People

    def whose(self, visit: Visit) -> str:
        inspector = json.loads(visit.body)["inspector"]
        return next(name for name in _PHONES if self.place.world.people[name] == inspector)

    def sign_in(self, name: str) -> None:
        """The person signs in by a network that works; once the server is there, they are in."""
        until = time.monotonic() + _SETTLING
        while time.monotonic() < until:
            with suppress(httpx.TransportError), httpx.Client(base_url=f"http://127.0.0.1:{self.proxy.upstream}", timeout=10) as browser:
                token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', browser.get("/sign-in").text)
                browser.post("/sign-in", data={"csrf_token": token and token[1], "email": f"{name}@example.org", "password": PASSWORD})
                if "fieldscore" in browser.cookies:
                    self.cookies[name] = f"fieldscore={browser.cookies['fieldscore']}"
                    return
            time.sleep(0.5)
        raise TimeoutError(f"{name} cannot sign in")

    def end_sessions(self, name: str) -> None:
        """Somebody revokes every device of the person."""
        self._change("UPDATE device_session SET revoked_at = '2026-11-22 10:00:00' WHERE person_id = ?", name)

    def switch(self, name: str, *, on: bool) -> None:
        """An administrator switches the person on, or off and with that signs them out everywhere."""
        self._change(f"UPDATE person SET disabled_at = {'NULL' if on else 'CURRENT_TIMESTAMP'} WHERE id = ?", name)
        if not on:
            self.end_sessions(name)

    def _change(self, statement: str, name: str) -> None:
        with self.disk, closing(sqlite3.connect(self.file, timeout=20)) as connection, connection:
            connection.execute(statement, (self.place.world.people[name],))

    # Playing

    def play(self, deliver: Deliver, faults: dict[Fault, int], plan: str, acts: list[Callable[["Scene"], None]], *, visits: int = 2) -> Report:
        """Phones send through the trouble while it happens, then everything settles and is checked."""
        shutil.copy(self.file, self.yesterday)
        with self.server, Proxy(self.server.port, self.random.randrange(2**32), faults) as self.proxy:
            self.server.start(plan).until_ready()
            threads = [threading.Thread(target=self._live, args=(name, deliver, visits), daemon=True) for name in _PHONES]
            for thread in threads:
                thread.start()
            time.sleep(0.3)
            for act in acts:
                act(self)
            self._calm_down(threads, plan)
            self._settle()
            self.server.stop()
        return check(self.ledger, self.place.database_url, self.place.photos, self.place.keys)

    def _live(self, name: str, deliver: Deliver, visits: int) -> None:
        for _ in range(visits):
            phone = self.phone(name)
            deliver(self, phone, phone.finish(some_photos(self.random, 1, 1)))

    def _calm_down(self, threads: list[threading.Thread], plan: str) -> None:
        until = time.monotonic() + _TROUBLE
        while time.monotonic() < until and any(thread.is_alive() for thread in threads):
            time.sleep(0.05)
        self.over = True
        self.proxy.faults = {passed: 1}
        if "=kill" in plan or not self.server.lives:
            self.server.kill()
            self.server.start().until_ready()
        for thread in threads:
            thread.join(_SETTLING)

    def _settle(self) -> None:
        """Everything that waits is sent; what the server forgot, because an older copy came back, is sent again."""
        phones = {name: self.phone(name) for name in _PHONES}
        by_person = {name: [visit for visit in self.ledger.visits if self.whose(visit) == name] for name in phones}
        for name, phone in phones.items():
            if self.cookies[name] != self.place.cookies[name]:
                self.sign_in(name)  # an older copy knows nothing of the last time
            if self.forgiven:
                send_again(phone, by_person[name])
            for visit in by_person[name]:
                if not visit.conflict:
                    phone.deliver(visit, most=40)
        if self.forgiven:
            self.ledger.broken_promises.clear()
            self._forget_what_phones_let_go()
            self._keep_on_the_phone([visit for visit in self.ledger.visits if visit.conflict])

    def _forget_what_phones_let_go(self) -> None:
        """A photo that a phone dropped before it finished is named by no visit: where an older copy forgot it, nobody can send it again."""
        held = {(visit.id, sha256) for visit in self.ledger.visits for sha256 in visit.photos}
        for key in self.ledger.photos.keys() - held:
            del self.ledger.photos[key]

    def _keep_on_the_phone(self, conflicts: list[Visit]) -> None:
        """Photos that only a visit without a receipt names are still on its phone: an older copy may have forgotten them."""
        for visit in conflicts:
            for sha256 in visit.photos:
                self.ledger.photos.pop((visit.id, sha256), None)

    def wait_for(self, happened: Callable[[], bool], most: float = 3.0) -> None:
        until = time.monotonic() + most
        with suppress(TimeoutError):
            while not happened() and time.monotonic() < until:
                time.sleep(0.02)


def send_again(phone: Phone, visits: list[Visit]) -> None:
    """Visits whose receipts the server has forgotten, and those that have none, begin anew; at most 200 at once."""
    held = {json.loads(visit.receipt)["receipt"]: visit for visit in visits if visit.receipt}
    unknown = phone.forgotten(list(held)) if held else []
    for visit in [each for receipt, each in held.items() if receipt in unknown] + [each for each in visits if not each.receipt]:
        visit.receipt = None
        visit.stored.clear()
