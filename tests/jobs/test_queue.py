"""A job is a row that nobody loses and two workers never share."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from field import clock
from field.db import Database
from field.jobs.queue import MAX_ATTEMPTS, LeaseLost, claim, enqueue, fail, finish, is_due, retry_failed
from field.models import Job

LATER = timedelta(seconds=121)


def _count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Job))


def _enqueue(database: Database, kind: str = "derivatives", **options: object) -> None:
    with database.write() as session:
        enqueue(session, kind, **options)


def _claim(database: Database, worker: str = "w1", after: timedelta = timedelta()) -> Job | None:
    with database.write() as session:
        return claim(session, worker, clock.now() + after)


def test_a_job_comes_with_its_arguments(database: Database) -> None:
    _enqueue(database, sha256="ab", size=400)
    job = _claim(database)
    assert (job.kind, job.args, job.attempts, job.leased_by) == ("derivatives", {"sha256": "ab", "size": 400}, 1, "w1")


def test_a_job_is_gone_with_the_transaction_that_asked_for_it(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as session:
        enqueue(session, "derivatives")
        raise RuntimeError
    assert _count(database) == 0


def test_asking_twice_with_a_key_is_one_job(database: Database) -> None:
    _enqueue(database, key="rollup:1")
    _enqueue(database, key="rollup:1")
    _enqueue(database, key="rollup:2")
    assert _count(database) == 2


def test_a_key_is_free_again_when_its_job_has_started(database: Database) -> None:
    _enqueue(database, key="rollup:1")
    _claim(database)
    _enqueue(database, key="rollup:1")
    assert _count(database) == 2


def test_a_claimed_job_is_nobody_elses_until_its_lease_runs_out(database: Database) -> None:
    _enqueue(database)
    first = _claim(database, "w1")
    assert _claim(database, "w2") is None
    again = _claim(database, "w2", LATER)
    assert (again.id, again.attempts) == (first.id, 2)


def test_a_job_waits_for_its_time(database: Database) -> None:
    _enqueue(database, run_at=clock.now() + timedelta(seconds=60))
    with database.read() as session:
        assert not is_due(session, clock.now()) and is_due(session, clock.now() + LATER)
    assert _claim(database) is None and _claim(database, after=LATER) is not None


def test_the_job_that_waited_longest_comes_first(database: Database) -> None:
    _enqueue(database, "young", run_at=clock.now() - timedelta(seconds=1))
    _enqueue(database, "old", run_at=clock.now() - timedelta(seconds=9))
    assert [_claim(database).kind, _claim(database).kind] == ["old", "young"]


def test_a_finished_job_is_gone(database: Database) -> None:
    _enqueue(database)
    job = _claim(database)
    with database.write() as session:
        finish(session, job)
    assert _count(database) == 0


@pytest.mark.parametrize("worker", ["w1", "w2"])
def test_a_worker_that_lost_its_lease_ends_nothing(database: Database, worker: str) -> None:
    _enqueue(database)
    late = _claim(database, "w1")
    _claim(database, worker, LATER)
    for end in (lambda session: finish(session, late), lambda session: fail(session, late, ValueError(), clock.now())):
        with pytest.raises(LeaseLost), database.write() as session:
            end(session)
    assert _count(database) == 1


def test_a_failing_job_waits_longer_each_time_and_is_kept_in_the_end(database: Database) -> None:
    _enqueue(database)
    now, waits = clock.now(), []
    for _ in range(MAX_ATTEMPTS):
        with database.write() as session:
            job = claim(session, "w1", now)
            fail(session, job, ValueError("the answer was 42"), now)
        with database.read() as session:
            row = session.scalars(select(Job)).one()
        waits.append(round((row.run_at - now).total_seconds()))
        now = row.run_at + timedelta(seconds=1)
    assert waits == [10, 40, 160, 640, 2560, 3600, 3600, 3600]
    assert row.failed_at is not None and row.error == "ValueError"
    assert _claim(database, after=timedelta(days=9)) is None


def test_jobs_given_up_can_be_made_due_again(database: Database) -> None:
    test_a_failing_job_waits_longer_each_time_and_is_kept_in_the_end(database)
    with database.write() as session:
        assert retry_failed(session, clock.now()) == 1
    assert _claim(database).attempts == 1


def test_workers_side_by_side_do_every_job_once(database: Database) -> None:
    for number in range(40):
        _enqueue(database, number=number)
    done: list[int] = []

    def labour(worker: str) -> None:
        while job := _claim(database, worker):
            done.append(job.args["number"])
            with database.write() as session:
                finish(session, job)

    workers = [Thread(target=labour, args=(f"w{i}",)) for i in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == list(range(40)) and _count(database) == 0
