"""The worker: claims a job, does it, ends it, until told to stop."""

import logging
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from threading import Event, current_thread, main_thread

from sqlalchemy.exc import DBAPIError

from field import clock
from field.jobs.queue import LEASE_SECONDS, LeaseLost, claim, enqueue, fail, finish, is_due
from field.jobs.tasks import TASKS
from field.jobs.work import Work
from field.models import Job

_LOG = logging.getLogger("field.jobs")
_SHORTEST_WAIT, _LONGEST_WAIT = 0.2, 2.0


def run_worker(work: Work, *, once: bool = False, lease_seconds: float = LEASE_SECONDS) -> int:
    """Does jobs as they come due, until SIGTERM or SIGINT, and finishes the one at hand; says how many it did.

    ``once`` returns when nothing is due. Several workers may run side by side, on one machine or on many.
    """
    stop = Event()
    name = f"{socket.gethostname()[:40]}:{os.getpid()}:{token_hex(4)}"
    if not once:
        _stop_on_signals(stop)
        _plan_housekeeping(work)
    done, told, wait = 0, 0, _SHORTEST_WAIT
    while not stop.is_set():
        if _do_next(work, name, lease_seconds):
            done, wait = done + 1, _SHORTEST_WAIT
            continue
        if done > told:
            _LOG.info("queue empty", extra={"count": done - told})
            told = done
        if once:
            break
        work.bell.wait(stop, wait)
        wait = min(_LONGEST_WAIT, wait * 1.5)
    return done


def drain(work: Work) -> int:
    """Does all that is due now; for tests and for commands that must see the end."""
    return run_worker(work, once=True)


def _stop_on_signals(stop: Event) -> None:
    if current_thread() is main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())


def _plan_housekeeping(work: Work) -> None:
    with _patience(), work.database.write() as session:
        enqueue(session, "sweep", key="sweep")


def _do_next(work: Work, name: str, lease_seconds: float) -> bool:
    """Whether there was a job."""
    with _patience():
        job = _claim(work, name, lease_seconds)
        if job is not None:
            _do(work, job)
            return True
    return False


@contextmanager
def _patience() -> Iterator[None]:
    """A database that is busy, away for a moment or not there yet only means waiting."""
    try:
        yield
    except DBAPIError as error:
        _LOG.warning("database unavailable", extra={"code": type(error).__name__})


def _claim(work: Work, name: str, lease_seconds: float) -> Job | None:
    with work.database.read() as session:
        if not is_due(session, clock.now()):
            return None
    with work.database.write() as session:
        return claim(session, name, clock.now(), lease_seconds)


def _do(work: Work, job: Job) -> None:
    started = time.monotonic()
    try:
        writing = TASKS[job.kind](work, **job.args)
        with work.database.write() as session:
            if writing is not None:
                writing(session)
            finish(session, job)
    except LeaseLost:
        _LOG.warning("lease lost", extra={"job": job.kind})
    except Exception as error:
        _LOG.exception("job failed", extra={"job": job.kind, "code": type(error).__name__})
        _put_back(work, job, error)
    else:
        _LOG.debug("job done", extra={"job": job.kind, "ms": round((time.monotonic() - started) * 1000)})


def _put_back(work: Work, job: Job, error: Exception) -> None:
    try:
        with work.database.write() as session:
            fail(session, job, error, clock.now())
    except LeaseLost:
        _LOG.warning("lease lost", extra={"job": job.kind})
