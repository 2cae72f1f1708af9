"""What a server does that is told to stop, that is killed while it writes, or whose database or disk gives way."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from field import clock
from field.db import Database, engine
from field.jobs.tasks import sweep
from field.jobs.work import Work
from tests.factories import World, photo, revision
from tests.faults.checker import check
from tests.faults.killer import Server
from tests.faults.phones import Ledger, Phone, Visit
from tests.faults.worlds import Place, digest_of, some_photos
from tests.web.pages import put
from tests.web.places import digest

BareServer = Callable[[str], Server]


@pytest.fixture
def served(place: Place) -> Iterator[Callable[[str], Server]]:
    """Starts the product as it is deployed, with a plan of faults."""
    with Server(place.home, place.environ) as server:
        yield lambda plan="": server.start(plan).until_ready()


def faults(place: Place, ledger: Ledger) -> list[str]:
    return check(ledger, place.database_url, place.photos, place.keys).faults


def in_thread(phone: Phone, visit: Visit) -> threading.Thread:
    thread = threading.Thread(target=phone.step, args=(visit,))
    thread.start()
    return thread


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.soak)])
def test_a_server_that_is_told_to_stop_lets_requests_finish(place: Place, served: Callable[[str], Server], times: int) -> None:
    ledger = Ledger()
    for number in range(times):
        server = served("api.put_revision.committing=sleep:0.4")
        senders = [place.tcp_phone("amira", server.port, ledger, Random(f"{number}/{phone}"), timeout=30) for phone in range(4)]
        visits = [phone.finish([]) for phone in senders]
        threads = [in_thread(phone, visit) for phone, visit in zip(senders, visits, strict=True)]
        time.sleep(0.6)
        assert server.stop(master_alone=number % 2 == 1) < 30
        for thread in threads:
            thread.join()
        assert [visit.receipt is not None for visit in visits] == [True] * 4
    assert faults(place, ledger) == []


def test_a_server_that_was_killed_serves_again_and_the_rest_of_a_photo_is_swept(place: Place, served: Callable[[str], Server]) -> None:
    server, ledger = served("photo.written=kill@1"), Ledger()
    phone = place.tcp_phone("amira", server.port, ledger, Random(1), timeout=10)
    visit = phone.finish(some_photos(Random(2), least=1))
    phone.step(visit)
    left = [*place.photos.rglob("*.part")]
    server.kill()
    assert visit.receipt is None and len(left) > 0
    server.start().until_ready()
    assert phone.deliver(visit) and faults(place, ledger) == []


def test_what_was_left_half_written_is_swept_when_it_is_old_and_nothing_else(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    work.store.put(digest_of(photo()), photo())
    (whole,) = Path(work.store.root).glob("original/*/*")
    shard = whole.parent
    old, new = shard / "0123456789abcdef.part", shard / "fedcba9876543210.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7 * 3600,) * 2)
    sweep.sweep_store(work)
    assert {*shard.iterdir()} == {new, whole}
    tomorrow = clock.now() + timedelta(hours=7)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    sweep.sweep_store(work)
    assert list(shard.iterdir()) == [whole]


# The database itself, not a fault of ours in its place.

@pytest.fixture
def sqlite_file(app: Flask) -> Path:
    url = app.config["FIELDSCORE"].database_url
    if not url.startswith("sqlite"):
        pytest.skip("SQLite's own ways to fail")
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def impatient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The application's database, which waits for others half a second only."""
    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 0.5)
    database = app.extensions["database"]
    database.dispose()
    database.__init__(app.config["FIELDSCORE"].database_url)
    return database


def send(client: FlaskClient, body: dict) -> tuple[int, str, bool]:
    """Status, code where it is a problem, and whether it says when to come back."""
    answer = put(client, f"/visits/{body['visit']}/revisions/1", body)
    return answer.status_code, answer.get_json().get("code", ""), "Retry-After" in answer.headers


def test_a_database_that_somebody_locks_for_long_is_busy(amira: FlaskClient, world: World, impatient: Database, sqlite_file: Path) -> None:
    body = revision(world)
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert send(amira, body) == (503, "store.busy", True)
        other.execute("ROLLBACK")
    assert send(amira, body)[0] == 201


def test_a_database_that_somebody_locks_for_a_moment_is_waited_for(amira: FlaskClient, world: World, sqlite_file: Path) -> None:
    with closing(sqlite3.connect(sqlite_file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        unlocking = threading.Timer(0.5, other.execute, ["ROLLBACK"])
        unlocking.start()
        assert send(amira, revision(world))[0] == 201
        unlocking.join()


def test_a_database_without_room_is_full_and_nothing_is_half_written(amira: FlaskClient, world: World, database: Database, sqlite_file: Path) -> None:
    body, before = revision(world, answers={**revision(world)["answers"], "remarks": {"value": "long " * 700}}), digest(database)
    database.dispose()

    @event.listens_for(database.engine, "connect")
    def _no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    assert send(amira, body) == (507, "store.full", True)
    assert digest(database) == before
    event.remove(database.engine, "connect", _no_room)
    database.dispose()
    assert send(amira, body)[0] == 201


def test_a_database_that_is_away_is_busy_and_served_when_it_is_back(amira: FlaskClient, world: World, database: Database, sqlite_file: Path) -> None:
    body, away = revision(world), sqlite_file.with_name("away")
    database.dispose()
    sqlite_file.rename(away)
    sqlite_file.mkdir()
    assert send(amira, body) == (503, "store.busy", True)
    sqlite_file.rmdir()
    away.rename(sqlite_file)
    assert send(amira, body)[0] == 201


def test_postgresql_that_ends_our_connections_is_served_again(app: Flask, amira: FlaskClient, world: World, database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL's own ways to fail")
    body = revision(world)
    with database.engine.connect() as other:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        killing = threading.Timer(0.05, other.exec_driver_sql, [others])
        killing.start()
        told = [send(amira, {**body, "visit": revision(world)["visit"]}) for _ in range(20)]
        killing.join()
    assert {status for status, _, _ in told} <= {201, 503} and send(amira, body)[0] == 201
    app.extensions["database"].dispose()
    database.__init__(str(database.engine.url.set(host="127.0.0.1", port=1).render_as_string(hide_password=False)))
    assert send(amira, body) == (503, "store.busy", True)
