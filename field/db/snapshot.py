"""One consistent moment of a database that goes on being written."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, create_engine

#: Pages copied under one read lock: a few milliseconds in which no writer commits.
_PAGES = 2_000
#: So often writers may change what was copied already; then the rest is copied under one lock.
_PATIENCE = 4
_BUSY_SECONDS = 15


@contextmanager
def snapshot(engine: Engine, folder: Path) -> Iterator[Connection]:
    """A connection that sees one moment; on SQLite a copy of the file, so that no long reader keeps writers waiting."""
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return
    with TemporaryDirectory(dir=folder) as place:
        copied = Path(place) / "copy.db"
        _copy(engine.url.database, copied)
        still = create_engine(f"sqlite:///{copied}")
        with still.connect() as connection:
            yield connection
        still.dispose()


def _copy(source: str | None, target: Path) -> None:
    with closing(sqlite3.connect(source or ":memory:", timeout=_BUSY_SECONDS)) as here, closing(sqlite3.connect(target)) as there:
        try:
            here.backup(there, pages=_PAGES, progress=_counting_restarts(), sleep=0.01)
        except _Overtaken:
            here.backup(there)


class _Overtaken(Exception):
    """Writers were faster than the copy."""


def _counting_restarts() -> Callable[[int, int, int], None]:
    """SQLite starts the copy again whenever somebody writes: the pages that remain grow instead of shrinking."""
    before, restarts = None, 0

    def watch(_status: int, remaining: int, _total: int) -> None:
        nonlocal before, restarts
        restarts += before is not None and remaining >= before
        before = remaining
        if restarts > _PATIENCE:
            raise _Overtaken
    return watch
