"""Whose turn it is to write: SQLite's own waiting sleeps and is unfair, so our writers wait for each other before it."""

import fcntl
import time
from pathlib import Path
from threading import Lock
from typing import IO

from field.errors import Problem

#: How long anybody waits to write, at all doors together. A phone gives a request up after 15 s and would not read the refusal.
PATIENCE_SECONDS = 10


class Turn:
    """One turn at a time over all threads and processes of this machine; a process that dies gives its turn back."""

    def __init__(self, database: Path | None) -> None:
        self._lock = Lock()
        self._path = database.with_name(f"{database.name}.turn") if database else None
        self._file: IO[bytes] | None = None

    def take(self) -> float:
        """Waits for the turn and says how many seconds; ``store.busy`` when the threads before us take too long."""
        began = time.monotonic()
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            raise Problem("store.busy")
        try:
            self._wait_for_other_processes()
        except BaseException:
            self._lock.release()
            raise
        return time.monotonic() - began

    def give(self) -> None:
        if self._file:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()

    def _wait_for_other_processes(self) -> None:
        if self._path:
            self._file = self._file or _open(self._path)
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def close(self) -> None:
        """Gives the file back; the next turn would open it anew."""
        if self._file:
            self._file.close()
            self._file = None


def _open(path: Path) -> IO[bytes]:
    """A file for the owner alone: whoever can open it could keep the turn."""
    path.touch(mode=0o600)
    return path.open("wb")
