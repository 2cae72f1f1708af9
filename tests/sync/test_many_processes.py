"""Two server processes and two job workers on one database: everything arrives once, is chained, and every job is done."""

import base64
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from flask import Flask
from sqlalchemy import func, select

from field.db import Database
from field.models import Job, Person, Photo, Receipt
from field.operations.devices import begin_session
from field.sync.verifying import Walk, verify
from tests.conftest import API
from tests.factories import World, content_digest, dumps, photo, photo_entry, revision

ROOT = Path(__file__).parents[2]
VISITS, PHONES = 24, 6


@pytest.fixture
def address(app: Flask, tmp_path: Path) -> Iterator[str]:
    """The address of a server of two processes, with two job workers, on the database of ``app``."""
    port = _free_port()
    environ = {**os.environ, "FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": app.config["FIELDSCORE"].database_url,
               "FIELDSCORE_RATE_LIMITS": "off", "FIELDSCORE_SECOND_FACTOR": "optional", "FIELDSCORE_BASE_URL": f"http://127.0.0.1:{port}"}
    commands = (["serve", "--port", str(port), "--workers", "2"], ["worker"], ["worker"])
    running = [subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", *command], cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
               for command in commands]
    try:
        _wait(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(timeout=40)


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _wait(url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(url)


def test_processes_side_by_side_lose_and_double_nothing(app: Flask, database: Database, world: World, address: str) -> None:
    with database.write() as session:
        token = begin_session(session, session.get(Person, world.people["amira"]), label="test")
    with ThreadPoolExecutor(PHONES) as phones:
        statuses = list(phones.map(lambda number: _send(address, token, world, number), range(VISITS)))
    assert statuses == [[201, 201, 200]] * VISITS
    _until_idle(database)
    with database.read() as session:
        assert session.scalars(select(Receipt.number).order_by(Receipt.number)).all() == list(range(1, VISITS + 1))
        assert session.execute(select(Photo.state, func.count()).group_by(Photo.state)).all() == [("readable", VISITS)]
    keys = {key["key"]: base64.b64decode(key["public"]) for key in app.extensions["signer"].public_keys()}
    assert list(verify(Walk(database.read, app.extensions["photo_store"], keys))) == []


def _send(address: str, token: str, world: World, number: int) -> list[int]:
    """A photo, the visit, and the visit again."""
    data = photo(number)
    body = revision(world, photos=[photo_entry(data)])
    visit, raw = body["visit"], dumps(body)
    with httpx.Client(base_url=f"{address}/api/v1/visits/{visit}", headers=API, cookies={"fieldscore": token}, timeout=30) as phone:
        sent = [phone.put(f"/photos/{sha256(data).hexdigest()}", content=data)]
        sent += [phone.put("/revisions/1", content=raw, headers={"Content-Digest": content_digest(raw)}) for _ in range(2)]
    return [answer.status_code for answer in sent]


def _until_idle(database: Database) -> None:
    """Waits until all jobs but the hourly one are done."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with database.read() as session:
            if not session.scalar(select(func.count()).select_from(Job).where(Job.kind == "derivatives")):
                return
        time.sleep(0.2)
    raise TimeoutError("jobs are left over")
