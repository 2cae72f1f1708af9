"""What interrupted writes left in the photo store is removed, once an hour."""

from datetime import timedelta

from field import clock
from field.jobs.queue import enqueue
from field.jobs.work import Work, Writing

#: Far longer than the slowest upload takes, so that nothing in the making is swept.
_UNFINISHED = timedelta(hours=6)
_EVERY = timedelta(hours=1)


def sweep_store(work: Work) -> Writing:
    """Sweeps the store and asks for the next time."""
    work.store.sweep(clock.now() - _UNFINISHED)
    return lambda session: enqueue(session, "sweep", key="sweep", run_at=clock.now() + _EVERY)
