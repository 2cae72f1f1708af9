"""The product's own server as a process of its own, started, killed and stopped as often as wanted."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

import httpx

from field.faults import POINTS
from tests.faults.wire import free_port

ROOT = Path(__file__).parents[2]
SERVE = (sys.executable, "-m", "flask", "--app", "app", "serve", "--port")
#: The same without a master that starts workers again, with what ``PLANTED`` names. A worker that is told to stop while it
#: starts does not hear it: like the product, the master waits so many seconds and then ends it.
BARE = (sys.executable, "-m", "granian", "--interface", "wsgi", "--workers-kill-timeout", "20", "--factory", "tests.faults.planted:make", "--port")
_KILLED = b'"killed on purpose"'
_PATIENCE = 60.0


class Server:
    """Granian with its workers on a home of its own. ``command`` ends where the port follows."""

    def __init__(self, home: Path, environ: Mapping[str, str], *, command: tuple[str, ...] = SERVE, workers: int = 2) -> None:
        self.port, self.home = free_port(), home
        self._command, self._rest = command, (str(self.port), "--workers", str(workers))
        self.environ = {**environ, "FIELDSCORE_BASE_URL": f"http://127.0.0.1:{self.port}", "FIELDSCORE_TESTING": "yes"}
        self._log, self._process = home / "server.log", None
        self.whole_kills = 0

    @property
    def settings(self) -> dict[str, str]:
        """The environment of everything that runs here."""
        return {**os.environ, **self.environ}

    @property
    def kills(self) -> int:
        """How often all of it was killed from outside, and how often one of its workers killed itself at a named point."""
        return self.whole_kills + (self._log.read_bytes().count(_KILLED) if self._log.exists() else 0)

    def start(self, plan: str = "", command: tuple[str, ...] = ()) -> "Server":
        """Starts it, by another ``command`` than usual where one is given; ``plan`` arms named points."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([*(command or self._command), *self._rest], cwd=ROOT, env={**self.settings, "FIELDSCORE_FAULTS": plan},
                                             stdout=log, stderr=log, start_new_session=True)
        return self

    def until_ready(self) -> "Server":
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self.lives:
            with suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2).status_code == 200:
                    return self
            time.sleep(0.05)
        raise RuntimeError(f"the server does not serve: {self._log.read_text()[-2000:]}")

    @property
    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pids(self) -> list[int]:
        """All processes of it."""
        stats = (path.read_text() for path in Path("/proc").glob("[0-9]*/stat"))
        ours = (stat.split(" ", 1)[0] for stat in stats if stat.rsplit(")", 1)[1].split()[2] == str(self._process.pid))
        return [int(pid) for pid in ours]

    def kill(self) -> None:
        """SIGKILL for all of it at once, as the kernel does when memory runs out."""
        if self._process is not None:
            self.whole_kills += self.lives
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self, patience: float = 40.0, *, master_alone: bool = False) -> float:
        """SIGTERM for all of it, as systemd does at every update, or as a container does; seconds until it was gone."""
        began = time.monotonic()
        (os.kill if master_alone else os.killpg)(self._process.pid, signal.SIGTERM)
        self._process.wait(patience)
        return time.monotonic() - began

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()


class Killer:
    """Lives and deaths of a server: some killed from outside at any moment, some by their own hand at a named point."""

    def __init__(self, server: Server, random: Random, *, life: float = 1.0) -> None:
        self._server, self._random, self._life = server, random, life

    def one_life(self) -> None:
        """Starts the server, lets it serve a while or lose three workers, kills it."""
        self._server.start(self._plan()).until_ready()
        until, most = time.monotonic() + self._random.uniform(0.1, 1.9) * self._life, self._server.kills + 3
        while time.monotonic() < until and self._server.lives and self._server.kills < most:
            time.sleep(0.02)
        self._server.kill()

    def _plan(self) -> str:
        """Two points that a worker does not pass so often; the master starts another one then."""
        return " ".join(f"{point}=kill@{self._random.randrange(8, 60)}" for point in self._random.sample(POINTS, 2))
