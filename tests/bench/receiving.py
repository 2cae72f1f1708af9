"""How fast visits are received, beside the floor, interleaved in one run; and what memory a worker needs."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from field.access import SYSTEM
from field.content import builtin
from field.models import Person
from field.operations.devices import begin_session
from field.operations.questionnaires import publish_questionnaire
from field.questionnaire import load
from tests.bench.answers import best, lenient, photo_question
from tests.bench.load import Target, visits_per_second
from tests.factories import revision
from tests.stores import filled

ROOT = Path(__file__).parents[2]
ROUNDS = 3


def measure(seconds: float = 2.0) -> None:
    """Prints the table: visits a second of the floor and of the product, with and without photos, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        target, environ = prepare(Path(folder))
        with server(environ, target.port), floor(Path(folder)) as floor_port:
            bare = Target(floor_port, target.cookie, target.template)
            print(f"{'visits/s':24}{'clients':>8}{'floor':>10}{'product':>10}{'ratio':>8}{'wanted':>8}")
            for photos, wanted in ((0, 0.35), (5, 0.5)):
                for clients in (1, 4, 16):
                    _row(bare, target, clients, photos, seconds, wanted)
            print(f"memory of the largest worker after all that: {largest_worker(target.port):.0f} MB (at most 200 wanted)")


def _row(bare: Target, target: Target, clients: int, photos: int, seconds: float, wanted: float) -> None:
    pairs = [tuple(visits_per_second(t, clients=clients, photos=photos, seconds=seconds) for t in (bare, target)) for _ in range(ROUNDS)]
    under, over = (statistics.median(side) for side in zip(*pairs, strict=True))
    name = f"with {photos} photos of 200 kB" if photos else "without photos"
    print(f"{name:24}{clients:>8}{under:>10.0f}{over:>10.0f}{statistics.median(p / f for f, p in pairs):>8.2f}{wanted:>8.2f}", flush=True)


def prepare(home: Path) -> tuple[Target, dict[str, str]]:
    """An empty product with one inspector signed in and the questionnaire that visits are made with."""
    port = free_port()
    environ = {"FIELDSCORE_HOME": str(home / "home"), "FIELDSCORE_RATE_LIMITS": "off", "FIELDSCORE_BASE_URL": f"http://127.0.0.1:{port}"}
    with filled(environ) as (_, session, world):
        document = lenient(next(d for _, d in builtin() if d["slug"] == "store-standards"))
        version = publish_questionnaire(session, SYSTEM, json.dumps(document).encode())
        token = begin_session(session, session.get(Person, world.people["amira"]), label="bench")
        world.slug, world.sha256 = version.slug, version.sha256
    template = {**revision(world), "answers": best(load(document)), "photo_question": photo_question(document)}
    return Target(port, f"fieldscore={token}", template), environ


@contextmanager
def server(environ: dict[str, str], port: int, workers: int = 2):
    """The product's own production server."""
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--port", str(port), "--workers", str(workers)]
    with process(command, environ, port) as running:
        yield running


@contextmanager
def floor(folder: Path):
    """The floor behind the same server with the same settings."""
    port = free_port()
    code = ("from granian import Granian; from granian.constants import Interfaces; from field.web.server import THREADS;"
            f"Granian('tests.bench.floor:application', port={port}, workers=2, interface=Interfaces.WSGI, blocking_threads=THREADS,"
            "backpressure=THREADS, websockets=False, log_level='critical').serve()")
    with process([sys.executable, "-c", code], {"FLOOR_HOME": str(folder), "PYTHONPATH": str(ROOT)}, port):
        yield port


@contextmanager
def process(command: list[str], environ: dict[str, str], port: int):
    """A command that serves on the port: there when it answers, ended afterwards."""
    running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, running)
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def _wait(port: int, running: subprocess.Popen) -> None:
    for _ in range(200):
        if running.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def largest_worker(port: int) -> float:
    """Resident megabytes of the largest process of the server on this port."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f"--port\0{port}".encode() in (status.parent / "cmdline").read_bytes() or _child_of(status, port):
                sizes.append(int(next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")).split()[1]) / 1024)
        except (OSError, StopIteration):
            continue
    return max(sizes)


def _child_of(status: Path, port: int) -> bool:
    parent = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("PPid"))
    return f"--port\0{port}".encode() in Path(f"/proc/{parent}/cmdline").read_bytes()


if __name__ == "__main__":
    print(json.dumps({"cores": os.cpu_count()}))
    measure(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
