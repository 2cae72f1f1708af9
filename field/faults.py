"""Named moments of receiving at which a test may make the server fail.

Nothing happens at any of them unless the environment armed it when the process began (``config.py``); no request can.
A plan is words such as ``photo.written=kill@3 api.put_revision.committed=sleep:0.5``: at a point, what, and at which
passing of this process alone (every one without a number).
"""

import errno
import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from itertools import count
from types import MappingProxyType

from sqlalchemy.exc import OperationalError

_RECEIVING = ("api.put_photo", "api.put_revision", "api.put_draft")
#: Every point, in the order in which a request comes by.
POINTS = (
    *(f"photo.{step}" for step in ("read", "opened", "written", "synced", "renamed", "stored", "kept")),
    *(f"revision.{step}" for step in ("read", "judged", "kept", "sealed")),
    *(f"{endpoint}.{step}" for endpoint in _RECEIVING for step in ("committing", "committed", "answered")),
)
_WORD = re.compile(r"(?P<point>[a-z_.]+)=(?P<what>[a-z]+)(?::(?P<seconds>\d+(?:\.\d+)?))?(?:@(?P<nth>[1-9]\d*))?\Z")


def at(subject: str, step: str) -> None:
    """A named moment: ``arm`` puts another function in the place of this one."""


_nothing = at


def arm(plan: str) -> None:
    """Makes the plan happen in this process; an empty one disarms. ValueError says which word is wrong."""
    global at
    armed = parse(plan)
    at = _Armed(armed).at if armed else _nothing


def parse(plan: str) -> dict[str, tuple[Callable[[], None], int | None]]:
    """What happens at each point, and at which passing alone."""
    return dict(_parsed(word) for word in plan.split())


def _parsed(word: str) -> tuple[str, tuple[Callable[[], None], int | None]]:
    found = _WORD.match(word)
    if not found or found["point"] not in POINTS or found["what"] not in _ACTS:
        raise ValueError(f"does not know {word!r}: write point=what, point=what@3 or point=sleep:0.5")
    seconds, act = float(found["seconds"] or 1), _ACTS[found["what"]]
    return found["point"], (lambda: act(seconds), int(found["nth"]) if found["nth"] else None)


class _Armed:
    """Counts the passings of each point and acts at those that were planned."""

    def __init__(self, plan: dict[str, tuple[Callable[[], None], int | None]]) -> None:
        self._plan = {point: (act, nth, count(1)) for point, (act, nth) in plan.items()}

    def at(self, subject: str, step: str) -> None:
        act, nth, passings = self._plan.get(f"{subject}.{step}", (None, None, None))
        if act and nth in (None, next(passings)):
            act()


def _kill(_seconds: float) -> None:
    os.write(2, b'{"event": "killed on purpose"}\n')
    os.kill(os.getpid(), signal.SIGKILL)


def _failing(number: int) -> Callable[[float], None]:
    def fail(_seconds: float) -> None:
        raise OSError(number, os.strerror(number))
    return fail


def _no_memory(_seconds: float) -> None:
    raise MemoryError


def _database(says: str, *, lost: bool = False) -> Callable[[float], None]:
    def fail(_seconds: float) -> None:
        raise OperationalError("", {}, sqlite3.OperationalError(says), connection_invalidated=lost)
    return fail


_ACTS: MappingProxyType[str, Callable[[float], None]] = MappingProxyType({
    "kill": _kill, "sleep": time.sleep, "memory": _no_memory,
    "full": _failing(errno.ENOSPC), "broken": _failing(errno.EIO), "readonly": _failing(errno.EROFS), "files": _failing(errno.EMFILE),
    "busy": _database("database is locked"), "lost": _database("server closed the connection", lost=True),
    "dbfull": _database("database or disk is full"),
})
