"""A snapshot is one moment, whoever writes meanwhile, and it keeps nobody from writing."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select, update

from field.db import Database
from field.db.snapshot import snapshot
from tests.databases import Databases

CELL = Table("cell", MetaData(), Column("id", Integer, primary_key=True), Column("value", Integer), Column("padding", String(1000)))
ROWS = 12_000


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """Some megabytes in which every row has the same value."""
    url = databases.bare()
    made = Database(url)
    with made.engine.begin() as connection:
        CELL.create(connection)
        connection.execute(insert(CELL), [{"id": number, "value": 0, "padding": "x" * 1000} for number in range(ROWS)])
    yield made
    made.dispose()
    databases.drop(url)


def test_every_snapshot_is_one_moment_and_writers_go_on(database: Database, tmp_path: Path) -> None:
    stop, waits = Event(), []
    writer = Thread(target=_keep_counting, args=(database, stop, waits))
    writer.start()
    try:
        seen = [_values(database, tmp_path) for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    assert [low for low, _high, _rows in seen] == [high for _low, high, _rows in seen]
    assert {rows for _low, _high, rows in seen} == {ROWS}
    assert seen[-1][0] > seen[0][0], "nobody wrote meanwhile"
    assert max(waits) < 5


def _keep_counting(database: Database, stop: Event, waits: list[float]) -> None:
    """Changes every row in each transaction."""
    while not stop.is_set():
        started = time.monotonic()
        with database.write() as session:
            session.execute(update(CELL).values(value=CELL.c.value + 1))
        waits.append(time.monotonic() - started)
        stop.wait(0.02)


def _values(database: Database, folder: Path) -> tuple[int, int, int]:
    """Lowest and highest value and the number of rows of a snapshot, read again while others write."""
    with snapshot(database.engine, folder) as connection:
        first = connection.execute(select(func.min(CELL.c.value), func.max(CELL.c.value), func.count())).one()
        time.sleep(0.1)
        assert connection.execute(select(func.min(CELL.c.value), func.max(CELL.c.value), func.count())).one() == first
        return tuple(first)
