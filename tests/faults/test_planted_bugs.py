"""The harness is sharp: each of eight planted bugs is caught by a short scenario that the product itself passes."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from field import create_app
from tests.faults.checker import check
from tests.faults.killer import Server
from tests.faults.phones import Answer, Ask, Ledger
from tests.faults.planted import PLANTS
from tests.faults.wire import in_process
from tests.faults.worlds import Place, some_photos
from tests.house import ROOT

MOST_SECONDS = 5.0
BareServer = Callable[[str], Server]


@pytest.fixture
def product(place: Place) -> Iterator[Flask]:
    app = create_app(place.environ)
    yield app
    app.extensions["decoder"].close()
    app.extensions["database"].dispose()


def faults(place: Place, ledger: Ledger) -> list[str]:
    return check(ledger, place.database_url, place.photos, place.keys).faults


def unanswered(ask: Ask) -> Ask:
    """The first answer to each request is lost on its way."""
    seen: set[str] = set()

    def lossy(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        answer, first = ask(method, path, headers, body), path not in seen
        seen.add(path)
        return None if first else answer
    return lossy


def damaging(ask: Ask) -> Ask:
    """The first request of each path arrives with a bit of its body changed, in a word that somebody wrote."""
    seen: set[str] = set()

    def noisy(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        first = path not in seen
        seen.add(path)
        at = max(body.find(b"Spotless"), 0) or len(body) - 1
        return ask(method, path, headers, body[:at] + bytes([body[at] ^ 1]) + body[at + 1:] if first else body)
    return noisy


# Scenarios in one process: what each gives is what the checker found.

def answers_are_lost(place: Place, ask: Ask) -> list[str]:
    phone = place.phone("amira", unanswered(ask), Ledger(), Random(1))
    phone.deliver(phone.finish([]), most=4)
    return faults(place, phone.ledger)


def photos_arrive_damaged(place: Place, ask: Ask) -> list[str]:
    phone = place.phone("amira", damaging(ask), Ledger(), Random(2))
    phone.deliver(phone.finish(some_photos(Random(), least=1)), most=4)
    return faults(place, phone.ledger)


def revisions_arrive_damaged(place: Place, ask: Ask) -> list[str]:
    phone = place.phone("amira", damaging(ask), Ledger(), Random(2))
    phone.deliver(phone.finish([]), most=4)
    return faults(place, phone.ledger)


def two_phones_send_one_visit(place: Place, ask: Ask) -> list[str]:
    ledger, random = Ledger(), Random(4)
    one, other = (place.phone("amira", ask, ledger, random) for _ in range(2))
    first = one.finish([])
    second = other.finish([], visit=first.id, started={"at": "2026-11-20T10:05:00Z", "offset_min": 60})
    one.deliver(first, most=2)
    other.deliver(second, most=2)
    return faults(place, ledger)


IN_PROCESS = {"no_deduplication": answers_are_lost, "no_hash_check": photos_arrive_damaged, "no_digest_check": revisions_arrive_damaged,
              "revision_reuse": two_phones_send_one_visit}


@pytest.mark.parametrize("bug", IN_PROCESS)
def test_a_bug_that_shows_in_one_process_is_caught(place: Place, product: Flask, monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    scenario, ask = IN_PROCESS[bug], in_process(product, place.cookies["amira"])
    began = time.monotonic()
    assert scenario(place, ask) == []
    PLANTS[bug](monkeypatch.setattr)
    assert scenario(place, ask) != []
    assert time.monotonic() - began < 2 * MOST_SECONDS


# Scenarios with a server that is killed the moment it has acknowledged something.

def killed_after_a_visit(place: Place, server: Server) -> list[str]:
    return _killed(place, server, [])


def killed_after_photos(place: Place, server: Server) -> list[str]:
    return _killed(place, server, some_photos(Random(), least=1))


def _killed(place: Place, server: Server, photos: list[tuple[bytes, dict]]) -> list[str]:
    phone = place.tcp_phone("amira", server.port, Ledger(), Random(6), timeout=10)
    visit = phone.finish(photos)
    assert all(phone.send_photo(visit, sha256) for sha256 in visit.photos) if photos else phone.step(visit)
    server.kill()
    return faults(place, phone.ledger)


KILLED = {"answer_before_commit": killed_after_a_visit, "photo_before_rename": killed_after_photos}


@pytest.mark.parametrize("bug", KILLED)
def test_a_bug_that_only_a_killed_process_shows_is_caught(place: Place, bare_server: BareServer, bug: str) -> None:
    assert KILLED[bug](place, bare_server("")) == []
    server, began = bare_server(bug), time.monotonic()
    assert KILLED[bug](place, server) != []
    assert time.monotonic() - began < MOST_SECONDS


# The phone's own code, in a copy where a line is changed.

#: File, line and what is put before it.
_CLEARED = (
    ("static/js/sync/backup.js", "  const settled =", "  if (answer.status >= 500) await outbox.forget(visit.id);\n"),
    ("static/js/store/outbox.js", "  photo(sha256) {", '  forget(id) { return this.#db.write(["visits"], (tx) => tx.objectStore("visits").delete(id)); }\n'),
)


def test_a_phone_that_clears_a_draft_on_a_5xx_is_caught(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for part in ("static", "tests/js", "tests/faults"):
        shutil.copytree(ROOT / part, copy / part)
    assert _drafts_are_kept(copy).returncode == 0, _drafts_are_kept(copy).stdout
    for path, line, planted in _CLEARED:
        text = (copy / path).read_text()
        assert text.count(line) == 1
        (copy / path).write_text(text.replace(line, planted + line))
    began = time.monotonic()
    told = _drafts_are_kept(copy)
    assert told.returncode == 1 and "the draft is gone" in told.stdout, told.stdout
    assert time.monotonic() - began < MOST_SECONDS


def _drafts_are_kept(copy: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["node", "--test", "tests/faults/drafts.test.mjs"], cwd=copy, capture_output=True, text=True, timeout=60)


def test_every_planted_bug_has_its_scenario() -> None:
    assert {*IN_PROCESS, *KILLED, "no_fsync"} == set(PLANTS)
