"""Migrations make what the models say, keep every row, and survive a kill at any moment."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from random import Random

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from field.db import Database
from field.db.migrate import alembic_config, is_current, upgrade
from field.models import Base
from tests.databases import Databases
from tests.db.rows import columns, contents, fill

REVISIONS = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]


@pytest.fixture
def bare(databases: Databases) -> Iterator[Callable[[], Engine]]:
    """Engines of databases without any table."""
    made: list[tuple[str, Database]] = []

    def make() -> Engine:
        url = databases.bare()
        made.append((url, Database(url)))
        return made[-1][1].engine
    yield make
    for url, database in made:
        database.dispose()
        databases.drop(url)


def test_the_models_are_what_the_migrations_make(bare) -> None:
    engine = bare()
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_every_earlier_version_is_upgraded_with_all_its_rows(bare, revision: str) -> None:
    engine = bare()
    upgrade(engine, revision)
    with engine.begin() as connection:
        assert fill(connection) > 20
        kept, before = columns(connection), contents(connection)
    upgrade(engine)
    with engine.connect() as connection:
        now = columns(connection)
        still = {table: [name for name in names if name in now.get(table, [])] for table, names in kept.items()}
        assert still == kept, "a column that goes away needs a test of its own"
        assert contents(connection, kept) == before
    assert is_current(engine)


def test_upgrading_again_changes_nothing(bare) -> None:
    engine = bare()
    upgrade(engine)
    upgrade(engine)
    assert is_current(engine)


def test_a_kill_at_any_moment_of_an_upgrade_restarts_clean(bare) -> None:
    whole, random = _duration(bare()), Random(5)
    for _ in range(20):
        engine = bare()
        upgrade(engine, REVISIONS[0])
        with engine.begin() as connection:
            fill(connection)
            kept, before = columns(connection), contents(connection)
        _kill_after(random.uniform(0, whole), engine)
        upgrade(engine)
        with engine.connect() as connection:
            assert contents(connection, kept) == before
        assert is_current(engine)


def test_a_kill_at_any_moment_of_the_first_upgrade_restarts_clean(bare) -> None:
    whole, random = _duration(bare(), first=True), Random(6)
    for _ in range(5):
        engine = bare()
        _kill_after(random.uniform(0, whole), engine)
        upgrade(engine)
        assert is_current(engine)


def _duration(engine: Engine, *, first: bool = False) -> float:
    """How long an upgrade in a process of its own takes."""
    if not first:
        upgrade(engine, REVISIONS[0])
    started = time.perf_counter()
    os.waitpid(_upgrading(engine), 0)
    assert is_current(engine)
    return time.perf_counter() - started


def _kill_after(seconds: float, engine: Engine) -> None:
    child = _upgrading(engine)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _upgrading(engine: Engine) -> int:
    """A copy of this process that upgrades and ends; it shares no connection with us."""
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    child = os.fork()
    if child:
        return child
    try:
        upgrade(Database(url).engine)
    finally:
        os._exit(0)
