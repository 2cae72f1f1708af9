"""Engines made durable, as ``protocol.md`` §10 says: an answer is given only after what it claims is on the disk."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from field.db.session import UnitOfWork
from field.db.turn import PATIENCE_SECONDS, Turn

#: The lock that PostgreSQL's writers take turns by, a number of our own: what is checked holds until it is written, as on SQLite.
_WRITERS = 0x_F1E1_D5C0
#: How the names of SQLite's files end, and of our own beside them.
_COMPANIONS = ("", "-wal", "-shm", "-journal", ".turn")


class Database:
    """Two engines on one pool: transactions of ``engine`` begin deferred, those of ``writing_engine`` take the write lock at once.

    How they begin is told to their dialects and not by an event: an engine with events asks around at every statement.
    """

    def __init__(self, url: str) -> None:
        self.engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
        self.writing_engine = create_engine(self.engine.url, pool=self.engine.pool)
        self._turn = _take_turns(self) if url.startswith("sqlite") else None
        if not self._turn:
            self.writing_engine.dialect.do_begin = _as_one_writer

    def session(self) -> UnitOfWork:
        """A session that reads until told ``writing()``."""
        return UnitOfWork(self.engine, self.writing_engine)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A session for reading; nothing is committed."""
        with self.session() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A session whose work is committed at the end, or rolled back when anything is raised."""
        with self.session() as session:
            session.writing()
            yield session
            session.commit()

    def after_writing(self, mark: str, tell: Callable[[], None]) -> None:
        """Calls ``tell`` when a connection that was marked in its ``info`` is free again: after its commit, and after the writers' turn."""
        @event.listens_for(self.engine, "checkin")
        def _tell(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
            if record.info.pop(mark, False):
                tell()

    def dispose(self) -> None:
        """Closes what is open; the next statement opens it anew."""
        self.engine.dispose()
        self.writing_engine.pool = self.engine.pool
        if self._turn:
            self._turn.close()


def journal_mode(version: tuple[int, int, int]) -> tuple[str, str]:
    """Journal mode and synchronous setting for this SQLite: WAL only where the WAL-reset defect is mended."""
    mended = version >= (3, 51, 3) or version in ((3, 44, 6), (3, 50, 7)) or version < (3, 7, 0)
    return ("WAL", "FULL") if mended else ("TRUNCATE", "EXTRA")


def _sqlite(url: str) -> Engine:
    waiting = {"timeout": PATIENCE_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=waiting, pool_size=8, max_overflow=24, pool_use_lifo=True)  # the last one used knows most pages
    if engine.url.database and engine.url.database != ":memory:":
        _for_the_owner(Path(engine.url.database))
    mode, synchronous = journal_mode(sqlite3.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (f"journal_mode={mode}", f"synchronous={synchronous}", "foreign_keys=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _take_turns(database: Database) -> Turn:
    """Emits BEGIN, and lets our writers take turns before SQLite's own door."""
    path = database.engine.url.database
    turn = Turn(Path(path) if path and path != ":memory:" else None)

    def _begin_to_write(connection: PoolProxiedConnection) -> None:
        waited = turn.take()
        connection.info["turn"] = turn
        if waited > 1:
            _be_patient(connection.driver_connection, max(0, PATIENCE_SECONDS - waited))
            connection.info["hurried"] = True
        connection.driver_connection.execute("BEGIN IMMEDIATE")

    def _commit(connection: PoolProxiedConnection) -> None:
        connection.commit()
        _give_back(connection.info)

    @event.listens_for(database.engine, "checkin")
    def _checkin(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        if record.info.pop("hurried", False):
            _be_patient(connection, PATIENCE_SECONDS)
        _give_back(record.info)

    database.engine.dialect.do_begin = lambda connection: connection.driver_connection.execute("BEGIN")
    database.writing_engine.dialect.do_begin, database.writing_engine.dialect.do_commit = _begin_to_write, _commit
    return turn


def _give_back(info: dict[str, Any]) -> None:
    """Gives the turn back, if this connection has it: when it has committed, or comes back from whatever else happened to it."""
    held = info.pop("turn", None)
    if held:
        held.give()


def _be_patient(connection: sqlite3.Connection, seconds: float) -> None:
    """SQLite's own door is waited at for as long as is left of the patience."""
    connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _for_the_owner(path: Path) -> None:
    """Makes the file before SQLite does, which gives its companions the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(OSError):  # not ours to change, or no file: SQLite says what it makes of it
        path.touch(mode=0o600)
        for each in filter(Path.is_file, (path.with_name(f"{path.name}{end}") for end in _COMPANIONS)):
            each.chmod(0o600)


def _postgresql(url: str) -> Engine:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_size=8, max_overflow=24, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION lock_timeout = '{PATIENCE_SECONDS}s'")
            if cursor.execute("SHOW synchronous_commit").fetchone() != ("on",):
                raise RuntimeError("PostgreSQL must run with synchronous_commit=on, or acknowledged visits could be lost.")
        connection.commit()

    return engine


def _as_one_writer(connection: PoolProxiedConnection) -> None:
    connection.driver_connection.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS])
