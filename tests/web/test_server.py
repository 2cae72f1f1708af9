"""The production server before it serves, and what still answers when every place waits."""

import errno
import hashlib
import io
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest

from field.web import gateway, server
from field.web.gateway import Gateway
from tests.factories import photo


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ports that the production server would have begun to serve."""
    ports: list[int] = []

    class Granian:
        def __init__(self, _target: str, *, port: int, **_given: object) -> None:
            self.port = port

        def serve(self) -> None:
            ports.append(self.port)
    monkeypatch.setattr(server, "Granian", Granian)
    return ports


@pytest.fixture
def taken() -> Iterator[int]:
    """A port where somebody listens who would share it."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_a_second_server_on_a_port_says_so_and_does_not_start(started: list[int], taken: int, host: str) -> None:
    with pytest.raises(SystemExit, match=f"port {taken}: Address already in use"):
        server.run(host=host, port=taken, workers=1)
    assert started == []


def test_a_port_is_free_again_as_soon_as_its_server_is_gone(started: list[int], taken: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            listener.accept()[0].close()  # closed by the server first: its side lingers
    server.run(host="127.0.0.1", port=port, workers=1)
    assert started == [port]


def test_an_address_of_another_machine_is_named(started: list[int]) -> None:
    with pytest.raises(SystemExit, match="Cannot serve at 192.0.2.1, port 8000: Cannot assign"):
        server.run(host="192.0.2.1", port=8000, workers=1)


def test_that_the_process_lives_is_said_while_every_place_waits() -> None:
    busy, done = threading.Semaphore(0), threading.Event()

    def application(environ, start_response):
        if environ["PATH_INFO"] != "/healthz":
            busy.release()
            done.wait(20)
        return [environ["PATH_INFO"].encode()]
    held = Gateway(application, places=2)
    asks = [threading.Thread(target=held, args=({"REQUEST_METHOD": "GET", "PATH_INFO": "/overview"}, None)) for _ in range(2)]
    for each in asks:
        each.start()
        assert busy.acquire(timeout=10)
    answers: list[list[bytes]] = []
    asking = threading.Thread(target=lambda: answers.append(held({"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz"}, None)))
    asking.start()
    asking.join(5)
    done.set()
    assert answers == [[b"/healthz"]]
    for each in (*asks, asking):
        each.join()


def test_that_the_process_lives_is_said_at_once_while_somebody_has_the_database(app, amira) -> None:
    url = app.config["FIELDSCORE"].database_url
    if not url.startswith("sqlite"):
        pytest.skip("on PostgreSQL readers never wait")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert amira.get("/healthz").status_code == 200
        assert time.monotonic() - began < 2
        other.execute("ROLLBACK")


@pytest.mark.parametrize("moment", ["write", "seek", "close"])
def test_a_large_body_that_finds_no_room_on_the_disk_is_asked_for_again(amira, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    large = photo(1) + bytes(700_000)
    address = f"/api/v1/visits/{uuid4()}/photos/{hashlib.sha256(large).hexdigest()}"

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")
    fails = {"seek": full, "close": full} if moment == "close" else {moment: full}
    Full = type("Full", (io.BytesIO,), fails)
    with monkeypatch.context() as patch:
        patch.setattr(gateway, "SpooledTemporaryFile", lambda **_given: Full())
        refused = amira.put(address, data=large)
    assert (refused.status_code, refused.json["code"], "Retry-After" in refused.headers) == (507, "store.full", True)
    assert amira.put(address, data=large).status_code == 201
