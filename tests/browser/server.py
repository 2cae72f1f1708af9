"""The product's own server and worker as processes, on a store of their own; stopped and started again on one port."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from field import create_app

ROOT = Path(__file__).parents[2]
#: Below those that a system gives to connections; drawn by lot, so that suites side by side stay apart.
_PORTS = range(20_000, 32_000)
_PATIENCE = 60


class Server:
    """``flask serve`` with ``workers``, and as many ``flask worker`` as ``jobs``. ``root`` is the checkout, or a copy of it."""

    def __init__(self, home: Path, *, root: Path = ROOT, workers: int = 2, jobs: int = 1, database: str | None = None) -> None:
        self.home, self.root, self.workers, self.jobs, self.database = home, root, workers, jobs, database
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._processes: list[subprocess.Popen] = []

    def environment(self) -> dict[str, str]:
        return settings(self.home, self.url, self.database)

    @property
    def running(self) -> bool:
        return bool(self._processes)

    def start(self) -> None:
        """Returns when the server says that it can serve."""
        serving = self._flask("serve", "--port", str(self.port), "--workers", str(self.workers))
        self._processes = [serving, *(self._flask("worker") for _ in range(self.jobs))]
        _until(self._is_ready, f"{self.url} did not become ready")

    def stop(self) -> None:
        """Kills server and worker at once, as when the power goes."""
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._processes = []

    def _flask(self, *arguments: str) -> subprocess.Popen:
        with (self.home / "server.log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", *arguments], cwd=self.root, stdout=log, stderr=log,
                                    env={**os.environ, **self.environment()}, start_new_session=True)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def settings(home: Path, url: str = "http://127.0.0.1:8700", database: str | None = None) -> dict[str, str]:
    chosen = {"FIELDSCORE_HOME": str(home), "FIELDSCORE_BASE_URL": url, "FIELDSCORE_RATE_LIMITS": "off", "FIELDSCORE_SECOND_FACTOR": "optional"}
    return {**chosen, "DATABASE_URL": database} if database else chosen


@contextmanager
def opened(environ: Mapping[str, str]) -> Iterator[Flask]:
    """The application in this process, to fill a store or to look into it."""
    app = create_app(environ)
    try:
        yield app
    finally:
        app.extensions["decoder"].close()
        app.extensions["database"].dispose()


def run_command(environ: Mapping[str, str], *arguments: str) -> str:
    """What a command of the product prints."""
    command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, check=True, capture_output=True, text=True).stdout


def _free_port() -> int:
    for port in random.sample(_PORTS, 100):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("No port is free.")


def _until(holds: Callable[[], bool], failure: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(failure)
        time.sleep(0.2)
