"""One writer at a time, and none for ever."""

import errno
import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from field.config import load
from field.db import Database, engine, turn
from field.db.turn import Turn
from field.errors import Problem
from tests.house import read


def test_a_turn_that_could_not_be_taken_is_free_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Turn(tmp_path / "fieldscore.db")

    def out_of_files(*_args: object) -> None:
        raise OSError(errno.EMFILE, "too many open files")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", out_of_files)
        with pytest.raises(OSError, match="too many"):
            taken.take()
    taken.take()
    taken.give()
    taken.close()


def test_who_waits_too_long_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "PATIENCE_SECONDS", 0.01)
    taken = Turn(None)
    taken.take()
    with pytest.raises(Problem, match="store.busy"):
        taken.take()
    taken.give()
    taken.take()


def test_who_waited_for_the_turn_waits_only_the_rest_at_sqlites_own_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 2)
    database = Database(f"sqlite:///{tmp_path / 'fieldscore.db'}")
    with database.read() as session:
        session.connection()
    with closing(sqlite3.connect(tmp_path / "fieldscore.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        waited = _late(monkeypatch, database)
        other.execute("ROLLBACK")
    assert waited < 1
    with database.read() as session:
        assert session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar() == 2000
    database.dispose()


def _late(monkeypatch: pytest.MonkeyPatch, database: Database) -> float:
    """Seconds at SQLite's door of a writer whose turn came after 1.8 s."""
    take, began = Turn.take, time.monotonic()
    with monkeypatch.context() as patch, pytest.raises(OperationalError, match="locked"):
        patch.setattr(Turn, "take", lambda turn: take(turn) + 1.8)
        with database.write() as session:
            session.connection()
    return time.monotonic() - began


def test_a_phone_still_reads_that_the_store_is_busy() -> None:
    (phones,) = re.findall(r"JSON_MS = ([\d_]+);", read("static/js/sync/transport.js"))
    assert int(phones) / 1000 >= turn.PATIENCE_SECONDS + 4


def test_database_and_companions_are_for_the_owner_alone_also_where_they_were_not(tmp_path: Path) -> None:
    home, mask = tmp_path / "home", os.umask(0o022)
    home.mkdir()
    for name in ("fieldscore.db", "fieldscore.db-journal"):
        (home / name).touch(0o644)
    try:
        settings = load({"FIELDSCORE_HOME": str(home)})
        database = Database(settings.database_url)
        with database.write() as session:
            session.connection().exec_driver_sql("CREATE TABLE kept (x)")
            modes = {path.name: oct(path.stat().st_mode & 0o777) for path in home.iterdir() if path.is_file()}
    finally:
        os.umask(mask)
    database.dispose()
    assert home.stat().st_mode & 0o777 == 0o700
    assert len(modes) >= 3 and set(modes.values()) == {"0o600"}, modes
