"""A worker ends what it began, or another one does."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from field.jobs.queue import enqueue
from field.jobs.tasks import TASKS
from field.jobs.work import Work
from field.jobs.worker import drain
from field.models import Base, Job

CHECKOUT = Path(__file__).parents[2]
SLOW = """
import sys, time
from pathlib import Path
from field.db import Database
from field.jobs.tasks import TASKS
from field.jobs.work import Work
from field.jobs.worker import run_worker

folder = Path(sys.argv[1])

def slow(work, *, name):
    (folder / f"{name}.begun").touch()
    time.sleep(float(sys.argv[2]))
    return lambda session: (folder / f"{name}.done").touch()

TASKS["slow"] = slow
run_worker(Work(Database(sys.argv[3]), store=None, decoder=None), lease_seconds=0.5)
"""


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable], None]:
    """Registers a task of the kind "tried"."""
    return lambda function: monkeypatch.setitem(TASKS, "tried", function)


def _ask(work: Work, kind: str = "tried", **args: object) -> None:
    with work.database.write() as session:
        enqueue(session, kind, **args)


def _jobs(work: Work) -> list[Job]:
    with work.database.read() as session:
        return list(session.scalars(select(Job).where(Job.kind != "sweep")))


def test_what_a_task_returns_is_written_with_the_end_of_its_job(work: Work, task: Callable) -> None:
    task(lambda work: lambda session: enqueue(session, "next", run_at=None))
    TASKS_NEXT = {"next": lambda work: None}
    TASKS.update(TASKS_NEXT)
    try:
        _ask(work)
        assert drain(work) == 2 and _jobs(work) == []
    finally:
        TASKS.pop("next")


def test_a_task_that_fails_while_writing_leaves_nothing_written(work: Work, task: Callable) -> None:
    def writing(session: object) -> None:
        enqueue(session, "never")
        raise ValueError("no")

    task(lambda work: writing)
    _ask(work)
    drain(work)
    assert [(job.kind, job.error) for job in _jobs(work)] == [("tried", "ValueError")]


def test_one_bad_job_does_not_hold_up_the_others(work: Work, task: Callable) -> None:
    done: list[int] = []
    task(lambda work, number: done.append(100 // number))
    for number in (0, 1, 2):
        _ask(work, number=number)
    drain(work)
    assert sorted(done) == [50, 100] and len(_jobs(work)) == 1


def test_an_unknown_kind_of_job_is_kept_for_a_newer_worker(work: Work) -> None:
    _ask(work, "from the future")
    drain(work)
    assert [job.error for job in _jobs(work)] == ["KeyError"]


def test_logs_name_neither_arguments_nor_messages(work: Work, task: Callable, caplog: pytest.LogCaptureFixture) -> None:
    task(lambda work, secret: {}[secret])
    _ask(work, secret="CANARY")
    logging.getLogger("field").propagate = True
    with caplog.at_level(logging.INFO):
        drain(work)
    assert caplog.records
    for record in caplog.records:
        assert "CANARY" not in record.getMessage() and "CANARY" not in str(vars(record).get("job"))
    assert [job.error for job in _jobs(work)] == ["KeyError"]


def test_many_jobs_make_one_line_in_the_log(work: Work, task: Callable, caplog: pytest.LogCaptureFixture) -> None:
    task(lambda work: None)
    for _ in range(20):
        _ask(work)
    logging.getLogger("field").propagate = True
    with caplog.at_level(logging.INFO):
        drain(work)
        drain(work)
    assert [(record.getMessage(), record.count) for record in caplog.records] == [("queue empty", 20)]


def test_a_database_that_is_busy_for_a_moment_only_delays(work: Work, task: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    task(lambda work: done.append(1))
    _ask(work)
    real, calls = work.database.write, []

    def busy_once() -> object:
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        return real()

    monkeypatch.setattr(work.database, "write", busy_once)
    assert drain(work) == 0 and drain(work) == 1 and done == [1]


def test_a_worker_that_is_started_before_the_database_has_its_tables_waits(
    work: Work, tmp_path: Path, start: Callable,
) -> None:
    Base.metadata.drop_all(work.database.engine)
    worker = start(0)
    time.sleep(2)
    assert worker.poll() is None
    Base.metadata.create_all(work.database.engine)
    _ask(work, "slow", name="a")
    _until((tmp_path / "a.done").exists)


@pytest.fixture
def start(work: Work, tmp_path: Path):
    """Starts real workers in processes of their own; each job takes the given seconds."""
    started = []

    def start(seconds: float) -> subprocess.Popen[bytes]:
        url = work.database.engine.url.render_as_string(hide_password=False)
        worker = subprocess.Popen([sys.executable, "-c", SLOW, str(tmp_path), str(seconds), url], cwd=CHECKOUT)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def test_a_killed_worker_loses_nothing(work: Work, tmp_path: Path, start: Callable) -> None:
    _ask(work, "slow", name="a")
    killed = start(60)
    _until((tmp_path / "a.begun").exists)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert len(_jobs(work)) == 1 and not (tmp_path / "a.done").exists()
    start(0)
    _until(lambda: _jobs(work) == [])
    assert (tmp_path / "a.done").exists()


def test_a_worker_told_to_stop_finishes_the_job_at_hand(work: Work, tmp_path: Path, start: Callable) -> None:
    _ask(work, "slow", name="a")
    worker = start(0.3)
    _until((tmp_path / "a.begun").exists)
    _ask(work, "slow", name="b")
    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    assert (tmp_path / "a.done").exists() and not (tmp_path / "b.begun").exists()
    assert [job.args for job in _jobs(work)] == [{"name": "b"}]
