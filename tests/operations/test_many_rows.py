"""Rows that go to the driver as they are: all of them, whole, on every database."""

import json

from sqlalchemy import func, select

from field.access import Actor
from field.db import Database
from field.models import Answer
from field.operations.many_rows import ManyRows, as_json
from field.operations.visits import begin_visit
from tests.factories import World

TABLE = ManyRows(Answer.__table__)


def test_more_rows_than_one_statement_takes_are_all_there(database: Database, world: World) -> None:
    with database.write() as session:
        begin_visit(session, Actor(world.people["amira"], "Amira", "en", ()), "visit")
        TABLE.insert(session.connection(), [_row("visit", n) for n in range(1_203)])
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Answer)) == 1_203
        last = session.get(Answer, ("visit", "q1202"))
        assert (last.value, last.comment, last.reason, last.weight) == (["x", 1202], "50 % 'of' \"it\"?", None, "1")
        assert session.get(Answer, ("visit", "q7")).value == 7


def test_what_a_json_column_holds() -> None:
    for value in (True, False, 0, -3, "ő \"x\"", [], ["a"], {"a": None}):
        assert json.loads(as_json(value)) == value and type(json.loads(as_json(value))) is type(value)
    assert as_json(None) is None


def _row(visit_id: str, number: int) -> dict[str, object]:
    value = ["x", number] if number % 2 == 0 else number
    return {"visit_id": visit_id, "question": f"q{number}", "value": as_json(value), "reason": None, "comment": "50 % 'of' \"it\"?",
            "state": "scored", "mark": "kept", "earned": "1", "maximum": "1", "weight": "1"}
