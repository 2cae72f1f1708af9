"""Limits that machines share, and what holds while Redis is away."""

import socket
import time
from contextlib import suppress

import pytest
from limits import parse

from field import create_app
from field.config import BadSettings
from field.web import limits
from field.web.limits import Together
from tests.conftest import API
from tests.redis_server import free_port, redis_server

TWICE = parse("2/minute")


def test_two_workers_count_together():
    with redis_server() as port:
        one, other = (Together(f"redis://127.0.0.1:{port}/0") for _ in range(2))
        assert [one.hit(TWICE, "a"), other.hit(TWICE, "a"), one.hit(TWICE, "a"), other.hit(TWICE, "a")] == [True, True, False, False]
        assert one.hit(TWICE, "b")


def test_a_worker_counts_with_the_others_again_when_redis_is_back(monkeypatch):
    monkeypatch.setattr(limits, "_AWAY_SECONDS", 0.0)
    port = free_port()
    worker = Together(f"redis://127.0.0.1:{port}/0")
    assert [worker.hit(TWICE, "a") for _ in range(3)] == [True, True, False]
    with redis_server(port):
        assert worker.hit(TWICE, "a")
    assert not worker.hit(TWICE, "a")
    with redis_server(port):
        assert worker.hit(TWICE, "a")


def test_a_redis_that_is_away_stops_nobody_and_is_left_alone_for_a_while(tmp_path, new_database):
    """It accepts and never answers, which takes longest."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        app = create_app({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": new_database(), "REDIS_URL": f"redis://127.0.0.1:{silent.getsockname()[1]}/0"})
        began, client = time.monotonic(), app.test_client()
        assert [client.get("/links/guess", headers=API).status_code for _ in range(31)] == [410] * 30 + [429]
        assert time.monotonic() - began < 20
        assert asked_at(silent) < 5
    app.extensions["decoder"].close()
    app.extensions["database"].dispose()


def asked_at(silent: socket.socket) -> int:
    """How many connections wait there."""
    silent.setblocking(False)
    number = 0
    with suppress(BlockingIOError):
        while True:
            silent.accept()[0].close()
            number += 1
    return number


@pytest.mark.parametrize("url", ["redis://host:port/0", "redis://[::1"])
def test_an_address_of_redis_that_cannot_be_one_is_named(tmp_path, new_database, url):
    with pytest.raises(BadSettings, match="REDIS_URL must be"):
        create_app({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": new_database(), "REDIS_URL": url})
