"""Workers are woken by who wrote a job, on any machine; without Redis they only look less soon."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask

from field import create_app
from field.jobs.bell import Bell
from field.jobs.queue import enqueue
from tests.conftest import SETTINGS
from tests.redis_server import free_port, redis_server


@pytest.fixture
def rung() -> Iterator[str]:
    with redis_server() as port:
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def joined(tmp_path: Path, new_database: Callable[[], str], rung: str) -> Iterator[Flask]:
    """An application whose machines are joined by Redis."""
    app = create_app({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": new_database(), **SETTINGS, "REDIS_URL": rung})
    yield app
    app.extensions["decoder"].close()
    app.extensions["database"].dispose()


def _waiting(bell: Bell, seconds: float) -> tuple[threading.Thread, list[float]]:
    took: list[float] = []

    def wait() -> None:
        began = time.monotonic()
        bell.wait(threading.Event(), seconds)
        took.append(time.monotonic() - began)
    thread = threading.Thread(target=wait)
    thread.start()
    return thread, took


@pytest.mark.parametrize("as_requests_do", [True, False])
def test_a_worker_is_woken_when_a_job_is_committed(joined: Flask, rung: str, as_requests_do: bool) -> None:
    thread, took = _waiting(Bell(rung), 4)
    with joined.extensions["database"].write() as session:
        enqueue(session.connection() if as_requests_do else session, "sweep")
        time.sleep(0.3)
        assert took == []
    thread.join()
    assert took[0] < 3


def test_only_a_job_rings_and_rings_do_not_heap_up(joined: Flask, rung: str) -> None:
    database, other = joined.extensions["database"], redis.from_url(rung)
    with database.write() as session:
        session.connection()
    assert other.llen("fieldscore:jobs") == 0
    for _ in range(20):
        with database.write() as session:
            enqueue(session, "sweep")
    assert other.llen("fieldscore:jobs") == 16
    other.close()


def test_without_redis_and_while_it_is_away_a_worker_waits_as_long_as_it_was_told() -> None:
    for bell in (Bell(), Bell(f"redis://127.0.0.1:{free_port()}/0")):
        bell.ring()
        thread, took = _waiting(bell, 0.4)
        thread.join()
        assert 0.4 <= took[0] < 3


def test_a_worker_told_to_stop_does_not_wait() -> None:
    stop, began = threading.Event(), time.monotonic()
    stop.set()
    Bell().wait(stop, 20)
    assert time.monotonic() - began < 2
