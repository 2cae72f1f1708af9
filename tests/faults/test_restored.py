"""A backup taken while phones keep sending, restored elsewhere: all that was acknowledged is there, the rest is sent again."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.faults.checker import Report, check
from tests.faults.killer import ROOT, Server
from tests.faults.phones import Ledger, Phone, Visit
from tests.faults.scene import send_again
from tests.faults.worlds import PEOPLE, Place, digest_of, some_photos

CLIENTS, PHOTOS = 4, 5


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("visits", [20, pytest.param(1_000, marks=pytest.mark.soak)])
def test_a_backup_under_load_brings_everything_back(
    place: Place, new_database: Callable[[], str], tmp_path: Path, record_property: Callable[[str, object], None], visits: int,
) -> None:
    ledger, file, times = Ledger(), tmp_path / "all.tar", {}
    with Server(place.home, place.environ) as server:
        server.start().until_ready()
        _send(place, server.port, ledger, lambda: sum(visit.receipt is not None for visit in ledger.visits) >= visits)
        before = _as_it_is(ledger)
        backing_up = threading.Thread(target=lambda: times.update(backup=_timed(place.environ, "backup", str(file))))
        backing_up.start()
        _send(place, server.port, ledger, lambda: not backing_up.is_alive())
        server.stop()
    restored = _restored(tmp_path / "restored", new_database(), place, file, times)
    told = _checked(restored, before, ledger)
    record_property("figures", f"  {visits} visits with {PHOTOS} photos each, {len(ledger.visits)} at the end; seconds: {times}\n{told}")
    assert told.faults == [] and told.acknowledged >= visits
    after = _sent_again(restored, ledger)
    assert after.faults == [] and after.unfinished == 0 and after.acknowledged == len(ledger.visits)


def _send(place: Place, port: int, ledger: Ledger, enough: Callable[[], bool]) -> None:
    """Four clients send visits, one after the other, until there was enough."""
    def client(number: int) -> None:
        random = Random(f"{number}/{len(ledger.visits)}")
        phone = place.tcp_phone(PEOPLE[number % 2], port, ledger, random, timeout=20)
        while not enough():
            phone.deliver(_finished(phone, random))
    clients = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()


def _finished(phone: Phone, random: Random) -> Visit:
    """A visit with five photos: three stand at its question, two more are sent and stand nowhere."""
    taken = some_photos(random, PHOTOS, PHOTOS, size=4_000)
    visit = phone.finish(taken[:3])
    visit.photos |= {digest_of(data): data for data, _ in taken[3:]}
    return visit


def _as_it_is(ledger: Ledger) -> Ledger:
    return Ledger([replace(visit) for visit in ledger.visits], photos=dict(ledger.photos))


def _timed(environ: Mapping[str, str], *words: str) -> float:
    began = time.monotonic()
    told = subprocess.run([sys.executable, "-m", "flask", "--app", "app", *words], cwd=ROOT, env={**os.environ, **environ},
                          capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    return round(time.monotonic() - began, 1)


def _restored(home: Path, database_url: str, place: Place, file: Path, times: dict[str, float]) -> Place:
    home.mkdir()
    environ = {**place.environ, "FIELDSCORE_HOME": str(home), "DATABASE_URL": database_url}
    times["restore"] = _timed(environ, "restore", str(file))
    times["verify"] = _timed(environ, "verify")
    return replace(place, home=home, environ=environ)


def _checked(restored: Place, before: Ledger, ledger: Ledger) -> Report:
    """What was acknowledged before the backup began must be there; what came later may be."""
    known = {visit.id for visit in before.visits if visit.receipt}
    later = [replace(visit, receipt=None) for visit in ledger.visits if visit.id not in known]
    first = [visit for visit in before.visits if visit.id in known]
    return check(Ledger(first + later, photos=before.photos), restored.database_url, restored.photos, restored.keys)


def _sent_again(restored: Place, ledger: Ledger) -> Report:
    """Phones ask which of their receipts are known and send the rest again, photos and the same bytes."""
    with Server(restored.home, restored.environ) as server:
        server.start().until_ready()
        for name in PEOPLE:
            phone = restored.tcp_phone(name, server.port, ledger, Random(name), timeout=20)
            mine = [visit for visit in ledger.visits if restored.world.people[name].encode() in visit.body]
            for at in range(0, len(mine), 200):
                send_again(phone, mine[at:at + 200])
            for visit in mine:
                phone.deliver(visit, most=10)
        server.stop()
    ledger.broken_promises.clear()
    return check(ledger, restored.database_url, restored.photos, restored.keys)
