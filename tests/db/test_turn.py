"""One writer at a time, and none for ever."""

import errno
from pathlib import Path

import pytest

from field.db import turn
from field.db.turn import Turn
from field.errors import Problem


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
