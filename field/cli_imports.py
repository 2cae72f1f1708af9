"""Commands that take in what others hand in."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import click
from flask import current_app

from field.access import SYSTEM
from field.errors import Problem
from field.imports import lives as records
from field.imports.lives_words import told
from field.imports.subjects import SUBJECTS
from field.imports.tables import MAX_BYTES
from field.imports.text import ENCODINGS
from field.locale import translator
from field.operations import lives as operations
from field.operations.tables import take_table
from field.sync.direct import Direct

#: So many are taken in at once: a phone that sends meanwhile waits less than a second or two.
_AT_ONCE = 200
Thing = TypeVar("Thing")


@click.group(name="import")
def import_() -> None:
    """Takes in what others hand in."""


@import_.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--time-zone", default="America/New_York", show_default=True, type=click.Choice(sorted(available_timezones())), metavar="ZONE",
              help="Of the county's sites, such as America/New_York.")
def lives(folder: Path, time_zone: str) -> None:
    """Takes in a county's inspection records in the LIVES format. Safe to repeat and to stop."""
    database, found = current_app.extensions["database"], records.read(folder)
    post = Direct(current_app.extensions["photo_store"], current_app.extensions["signer"])
    with database.write() as session:
        ground = operations.prepare(session, found, ZoneInfo(time_zone))
    with database.read() as session:
        sites, visits = operations.missing_sites(session, found), operations.missing_visits(session, found, ground)
    _in_parts(sites, lambda session, part: operations.add_sites(session, ground, part))
    _in_parts(visits, lambda session, part: operations.add_visits(session, ground, part, post))
    click.echo("\n".join(told(translator("en"), found, sites=len(sites), visits=len(visits))))


def _table(subject: str) -> click.Command:
    """The command for one subject's table."""
    @click.argument("file", type=click.File("rb"))
    @click.option("--encoding", type=click.Choice(list(ENCODINGS)), default="utf-8", show_default=True)
    def take(file: BinaryIO, encoding: str) -> None:
        _take_table(subject, file.read(MAX_BYTES + 1), encoding)
    return click.command(subject, help=f"Takes in {subject} from a CSV table: all rows or none. People get a link each.")(take)


def _take_table(subject: str, data: bytes, encoding: str) -> None:
    t, base = translator("en"), current_app.config["FIELDSCORE"].base_url.rstrip("/")
    try:
        with current_app.extensions["database"].write() as session:
            taken = take_table(session, SYSTEM, subject, data, encoding=encoding)
    except Problem as problem:
        places = "".join(f"\n  {_place(mistake.path)}: {t(mistake.message)}" for mistake in problem.errors)
        raise click.ClickException(f"{problem.title(t)}. {problem.detail(t)}{places}") from None
    click.echo(t.n("%(n)s row is taken in.", "%(n)s rows are taken in.", taken.added))
    for one in taken.invited:
        click.echo(f"{one.email}\t{base}/links/{one.token}")


def _place(path: str) -> str:
    _, row, *column = path.split("/")
    return f"row {row}, {column[0]}" if column else f"row {row}"


for _subject in SUBJECTS:
    import_.add_command(_table(_subject))


def _in_parts(things: Sequence[Thing], act: Callable[[Any, Sequence[Thing]], None]) -> None:
    """Acts on the things part by part, each committed by itself."""
    for part in _parts(things):
        with current_app.extensions["database"].write() as session:
            act(session, part)


def _parts(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), _AT_ONCE):
        yield things[start:start + _AT_ONCE]


COMMANDS = (import_,)
