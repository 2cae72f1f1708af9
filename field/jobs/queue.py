"""The queue: jobs enqueued in an operation's transaction, claimed by lease, deleted when done.

Nothing here commits.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from field import clock
from field.models import Job, new_id

MAX_ATTEMPTS = 8
LEASE_SECONDS = 120
#: What a connection is marked with that wrote a job, for whoever wakes workers when it has committed.
ENQUEUED = "job enqueued"

_JOB = Job.__table__
_INSERT = insert(_JOB)
_INSERT_ONCE = {name: dialect.insert(_JOB).on_conflict_do_nothing(index_elements=["key"])
                for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))}


class LeaseLost(Exception):
    """Another worker has the job by now: what this one found must not be written."""


def enqueue(session: Session | Connection, kind: str, *, key: str | None = None, run_at: datetime | None = None,
            **args: object) -> None:
    """Writes a job in the caller's transaction; with a ``key``, nothing when one with it already waits."""
    run_at = run_at or clock.now()
    connection = session if isinstance(session, Connection) else session.connection()
    connection.info[ENQUEUED] = True
    row = {"id": new_id(), "kind": kind, "args": args, "key": key, "run_at": run_at, "attempts": 0}
    connection.execute(_INSERT if key is None else _INSERT_ONCE[connection.dialect.name], row)


def is_due(session: Session, now: datetime) -> bool:
    """Whether a job could be claimed; read before claiming, so that an idle worker takes no write lock."""
    return session.scalar(_select_due(now).with_only_columns(_JOB.c.id)) is not None


def claim(session: Session, worker: str, now: datetime, lease_seconds: float = LEASE_SECONDS) -> Job | None:
    """The job that has waited longest, leased to ``worker``; None when there is none.

    Needs a writing transaction: on SQLite that keeps other workers out, on PostgreSQL they skip locked rows.
    """
    found = session.execute(_select_due(now).with_for_update(skip_locked=True)).one_or_none()
    if found is None:
        return None
    leased_until = now + timedelta(seconds=lease_seconds)
    attempts = found.attempts + 1
    session.execute(update(_JOB).where(_JOB.c.id == found.id).values(
        key=None, leased_by=worker, leased_until=leased_until, attempts=attempts))
    return Job(id=found.id, kind=found.kind, args=found.args, run_at=found.run_at, attempts=attempts,
               leased_by=worker, leased_until=leased_until)


def finish(session: Session, job: Job) -> None:
    """Deletes a job that is done; LeaseLost when it is no longer the claimant's."""
    _still_ours(session.execute(delete(_JOB).where(_mine(job))).rowcount)


def fail(session: Session, job: Job, error: BaseException, now: datetime) -> None:
    """Puts a job back for later, or after the last attempt keeps it as failed; of the error only its class."""
    given_up = job.attempts >= MAX_ATTEMPTS
    _still_ours(session.execute(update(_JOB).where(_mine(job)).values(
        leased_by=None, leased_until=None, error=type(error).__name__, run_at=now + _delay(job.attempts),
        failed_at=now if given_up else None)).rowcount)


def retry_failed(session: Session, now: datetime) -> int:
    """Makes the jobs that were given up due again; says how many."""
    return session.execute(update(_JOB).where(_JOB.c.failed_at.is_not(None)).values(
        failed_at=None, attempts=0, run_at=now)).rowcount


def _select_due(now: datetime) -> Select:
    free = or_(_JOB.c.leased_until.is_(None), _JOB.c.leased_until < now)
    due = select(_JOB).where(_JOB.c.failed_at.is_(None), _JOB.c.run_at <= now, free)
    return due.order_by(_JOB.c.run_at).limit(1)


def _mine(job: Job) -> object:
    return and_(_JOB.c.id == job.id, _JOB.c.leased_by == job.leased_by, _JOB.c.attempts == job.attempts)


def _still_ours(rows: int) -> None:
    if rows != 1:
        raise LeaseLost


def _delay(attempts: int) -> timedelta:
    return timedelta(seconds=min(3_600, 10 * 4 ** (attempts - 1)))
