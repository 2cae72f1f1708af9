"""Phones stall all the time: while they do, everybody else is served."""

import hashlib
import socket
import threading
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from field import create_app
from field.models import Person
from field.operations.devices import begin_session
from tests.bench.load import Target, Wire
from tests.bench.receiving import prepare, server
from tests.factories import dumps, photo

STALLED = 40
CRAWLED = 20


@pytest.fixture(scope="module")
def stalls(tmp_path_factory: pytest.TempPathFactory):
    """Where phones send, and the same server as an administrator sees it."""
    made, environ = prepare(tmp_path_factory.mktemp("stalls"))
    token = administrator(environ)
    with server({**environ, "FIELDSCORE_SECOND_FACTOR": "optional"}, made.port):
        yield made, replace(made, cookie=f"fieldscore={token}")


@pytest.fixture(scope="module")
def target(stalls: tuple[Target, Target]) -> Target:
    return stalls[0]


def administrator(environ: dict[str, str]) -> str:
    app = create_app(environ)
    with app.extensions["database"].write() as session:
        token = begin_session(session, session.scalars(select(Person).where(Person.email == "eva@example.org")).one(), label="desk")
    app.extensions["decoder"].close()
    app.extensions["database"].dispose()
    return token


def test_everybody_is_served_while_forty_uploads_stall_and_one_crawls(stalls: tuple[Target, Target]):
    phones, desk = stalls
    stop = threading.Event()
    with ExitStack() as stack:
        for _ in range(STALLED):
            stack.enter_context(closing(stall(phones)))
        crawler = Worker(lambda: crawl(phones))
        exporter = Worker(lambda: fetch_until(desk, "/overview.csv", stop))
        health = Worker(lambda: fetch_until(phones, "/healthz", stop))
        senders = [Worker(lambda: send_until(phones, stop)) for _ in range(4)]
        crawled = crawler.result()
        stop.set()
        sent = [sender.result() for sender in senders]
    assert crawled == [201] * CRAWLED
    assert all(statuses and set(statuses) == {201} for statuses in sent), [set(s) for s in sent]
    took = sorted(health.result())
    assert took[len(took) * 95 // 100] < 1.0, took[-5:]  # other tests run beside this one
    assert exporter.result()


def test_a_stalled_upload_that_goes_on_is_still_accepted(target: Target):
    data = photo(77)
    with socket.create_connection(("127.0.0.1", target.port)) as connection:
        connection.sendall(head(target, f"/api/v1/visits/{uuid4()}/photos/{hashlib.sha256(data).hexdigest()}", len(data)) + data[:100])
        time.sleep(2)
        connection.sendall(data[100:])
        assert connection.recv(64).startswith(b"HTTP/1.1 201")


def test_a_body_that_ends_early_is_never_stored(target: Target):
    data, visit = photo(78), uuid4()
    sha256 = hashlib.sha256(data).hexdigest()
    with socket.create_connection(("127.0.0.1", target.port)) as connection:
        connection.sendall(head(target, f"/api/v1/visits/{visit}/photos/{sha256}", len(data)) + data[:-10])
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(4096)
    assert not answer.startswith(b"HTTP/1.1 2")
    assert get(target, f"/api/v1/visits/{visit}/photos/{sha256}") == 404


class Worker:
    """A function in a thread; its result, or what it raised."""

    def __init__(self, function) -> None:
        self._function, self._result, self._error = function, None, None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def result(self):
        self._thread.join(60)
        if self._error:
            raise self._error
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._function()
        except Exception as error:
            self._error = error


def head(target: Target, path: str, length: int) -> bytes:
    return (f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nCookie: {target.cookie}\r\n"
            f"X-Device: {target.template['device']}\r\nX-App-Build: 1-test\r\nX-Requested-With: fieldscore\r\n\r\n").encode()


def stall(target: Target) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", target.port))
    connection.sendall(head(target, f"/api/v1/visits/{uuid4()}/photos/{'0' * 64}", 200_000) + b"\xff\xd8")
    return connection


def crawl(target: Target) -> list[int]:
    """Twenty photos of one visit at 1 kB/s, one after the other."""
    statuses, visit = [], uuid4()
    for seed in range(1000, 1000 + CRAWLED):
        data = photo(seed, (64, 64))
        with socket.create_connection(("127.0.0.1", target.port)) as connection:
            connection.sendall(head(target, f"/api/v1/visits/{visit}/photos/{hashlib.sha256(data).hexdigest()}", len(data)))
            for start in range(0, len(data), 100):
                connection.sendall(data[start:start + 100])
                time.sleep(0.1)
            statuses.append(int(connection.recv(64)[9:12]))
    return statuses


def fetch_until(target: Target, path: str, stop: threading.Event) -> list[float]:
    """Seconds that each answer took."""
    took = []
    while not stop.is_set():
        began = time.monotonic()
        assert get(target, path) == 200
        took.append(time.monotonic() - began)
        time.sleep(0.05)
    return took


def get(target: Target, path: str) -> int:
    with socket.create_connection(("127.0.0.1", target.port), timeout=30) as connection:
        connection.sendall((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {target.cookie}\r\nX-Device: {target.template['device']}\r\n"
                            "X-App-Build: 1-test\r\nConnection: close\r\n\r\n").encode())
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return int(answer[9:12])


def send_until(target: Target, stop: threading.Event) -> list[int]:
    template, statuses = {name: value for name, value in target.template.items() if name != "photo_question"}, []
    with closing(Wire(target)) as wire:
        while not stop.is_set():
            visit = str(uuid4())
            statuses.append(wire.put(f"/api/v1/visits/{visit}/revisions/1", dumps({**template, "visit": visit}), digest=True))
    return statuses
