"""A store with evidence of every sort, and hands that change one byte of it."""

from collections.abc import Callable
from random import Random

from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from field.db import Database
from field.models import Receipt, Visit
from field.operations import reviews
from tests.factories import World, actor, photo, photo_entry, revision
from tests.web.pages import put, send


def make_evidence(database: Database, world: World, amira: FlaskClient, visits: int = 6) -> list[str]:
    """Visits with two photos each, every third one returned and corrected; gives their ids."""
    made = [_visit(world, amira, number) for number in range(visits)]
    for visit_id in made[::3]:
        _correct(database, world, amira, visit_id)
    return made


def _visit(world: World, amira: FlaskClient, number: int) -> str:
    photos = [photo(2 * number), photo(2 * number + 1)]
    entries = [photo_entry(data, position=at) for at, data in enumerate(photos)]
    return send(amira, revision(world, site=("mill", "quay")[number % 2], photos=entries), photos)


def _correct(database: Database, world: World, amira: FlaskClient, visit_id: str) -> None:
    with database.write() as session:
        chen, visit = actor(session, world.people["chen"]), session.get(Visit, visit_id)
        reviews.open_review(session, chen, visit)
        reviews.return_visit(session, chen, visit, reasons=[reviews.Reason(None, "Look again.")])
        base = session.scalars(select(Receipt.id).where(Receipt.visit_id == visit_id)).one()
    again = revision(world, visit=visit_id, number=2, base_receipt=base)
    assert put(amira, f"/visits/{visit_id}/revisions/2", again).status_code == 201


def flipped(data: bytes, random: Random) -> bytes:
    """The same bytes but for one bit of one byte."""
    changed = bytearray(data)
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def changed_text(text: str, random: Random) -> str:
    """The same text but for one character, which stays printable."""
    at = random.randrange(len(text))
    return text[:at] + random.choice([each for each in "0123456789abcdef" if each != text[at]]) + text[at + 1:]


def change_row(database: Database, column: object, key: tuple, change: Callable[[object], object]) -> Callable[[], None]:
    """Changes one cell behind everybody's back; gives what puts it back."""
    table = column.table
    here = [each == value for each, value in zip(table.primary_key.columns, key, strict=True)]
    with database.write() as session:
        before = session.execute(select(column).where(*here)).scalar_one()
        session.execute(update(table).where(*here).values({column.name: change(before)}))

    def put_back() -> None:
        with database.write() as session:
            session.execute(update(table).where(*here).values({column.name: before}))
    return put_back


def keys(database: Database, table: object) -> list[tuple]:
    with database.read() as session:
        return [tuple(row) for row in session.execute(select(*table.primary_key.columns).order_by(*table.primary_key.columns))]


def changed_json(value: dict, random: Random) -> dict:
    """The same object but for one character of its first text; an empty one gets a member."""
    name = next((name for name, each in value.items() if isinstance(each, str) and each), None)
    return {**value, name: changed_text(value[name], random)} if name else {**value, "more": 1}


def command(app: Flask, *words: str) -> Result:
    """What ``flask --app app …`` says and exits with."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=list(words))
