"""What interrupted writes left in the photo store is removed, once an hour.

An upload that broke off between its photo and its row leaves a whole photo that no row names. It is set aside after a
day and removed after a month. Should a row name it meanwhile (an older database was restored, the phone sent
it again) it comes back, so that a mistake of ours or of an operator loses nothing.
"""

import logging
from datetime import timedelta

from field import clock
from field.jobs.queue import enqueue
from field.jobs.work import Work, Writing
from field.operations.photos import each_named

_LOG = logging.getLogger("field.jobs")
#: Far longer than the slowest upload takes, so that nothing in the making is swept.
_UNFINISHED = timedelta(hours=6)
_STRAY = timedelta(days=1)
_KEPT_ASIDE = timedelta(days=30)
_EVERY = timedelta(hours=1)


def sweep_store(work: Work) -> Writing:
    """Sweeps the store and asks for the next time."""
    now = clock.now()
    work.store.sweep(now - _UNFINISHED)
    for number in range(now.hour, 256, 24):
        _set_strays_aside(work, f"{number:02x}")
    _decide_what_is_aside(work)
    return lambda session: enqueue(session, "sweep", key="sweep", run_at=now + _EVERY)


def _set_strays_aside(work: Work, within: str) -> None:
    """Looks at one shard; all shards have had their turn after a day."""
    strays = [sha256 for sha256, named in each_named(work.database.read, work.store.names(within, clock.now() - _STRAY)) if not named]
    for sha256 in strays:
        work.store.set_aside(sha256)
    if strays:
        _LOG.warning("photos that no visit names were set aside", extra={"count": len(strays)})


def _decide_what_is_aside(work: Work) -> None:
    """After the strays of now were set aside: one whose row was written in that moment comes back in the next."""
    for sha256, named in each_named(work.database.read, work.store.aside()):
        if named:
            work.store.put_back(sha256)
    for sha256, named in each_named(work.database.read, work.store.aside(clock.now() - _KEPT_ASIDE)):
        if not named:
            work.store.discard(sha256)
