"""Whose turn it is to write: SQLite's own waiting sleeps and is unfair, so our writers wait for each other before it."""

import fcntl
from pathlib import Path
from threading import Lock
from typing import IO

from field.errors import Problem

PATIENCE_SECONDS = 15


class Turn:
    """One turn at a time over all threads and processes of this machine; a process that dies gives its turn back."""

    def __init__(self, database: Path | None) -> None:
        self._lock = Lock()
        self._path = database.with_name(f"{database.name}.turn") if database else None
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Waits for the turn; ``store.busy`` when the threads before us take too long."""
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            raise Problem("store.busy")
        try:
            self._wait_for_other_processes()
        except BaseException:
            self._lock.release()
            raise

    def give(self) -> None:
        if self._file:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()

    def _wait_for_other_processes(self) -> None:
        if self._path:
            self._file = self._file or self._path.open("wb")
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def close(self) -> None:
        """Gives the file back; the next turn would open it anew."""
        if self._file:
            self._file.close()
            self._file = None
