"""A whole database as plain rows: the same from SQLite and from PostgreSQL, from any version of the schema."""

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import JSON, Connection, DateTime, Engine, LargeBinary, MetaData, Table, delete, insert, select
from sqlalchemy.types import TypeEngine

from field.db.migrate import alembic_config, upgrade
from field.db.snapshot import snapshot
from field.errors import Problem

Plain = dict[str, Any]

#: Rows that are there before anything was entrusted: what ``init`` makes, and tells the audit. Photos go with their version.
_BEFORE_DATA = {"chain", "audit_entry", "reference_photo"}
_VERSIONS = "questionnaire_version"
_BATCH = 200


@dataclass(frozen=True)
class Copy:
    """One moment of a database. ``tables`` are in an order in which rows find those that they refer to."""

    connection: Connection
    schema: str
    tables: Mapping[str, Table]

    def rows(self, table: str) -> Iterator[Plain]:
        """The rows as JSON can hold them: times as ISO text in UTC, bytes as base64."""
        here = self.tables[table]
        columns = [(column.name, column.type) for column in here.columns]
        found = self.connection.execution_options(yield_per=_BATCH).execute(select(here).order_by(*here.primary_key))
        for row in found:
            yield {name: _plain(value) for (name, _), value in zip(columns, row, strict=True)}

    def values(self, table: str, column: str) -> Iterator[str]:
        """The distinct values of a column, in order."""
        wanted = self.tables[table].columns[column]
        yield from self.connection.execution_options(yield_per=_BATCH).scalars(select(wanted).distinct().order_by(wanted))


@contextmanager
def copy_of(engine: Engine, folder: Path) -> Iterator[Copy]:
    """The database as it is now, while it goes on; ``folder`` has room for a second one."""
    with snapshot(engine, folder) as connection:
        schema = MigrationContext.configure(connection).get_current_revision()
        yield Copy(connection, schema or "", {table.name: table for table in _tables(connection)})


def holds_data(engine: Engine, own: Collection[str]) -> bool:
    """Whether anything was ever entrusted to this database; versions of questionnaires with ``own`` digests came with the release."""
    with engine.connect() as connection:
        for table in _tables(connection):
            found = select(1).select_from(table).limit(1)
            if table.name == _VERSIONS:
                found = found.where(table.c.sha256.not_in(own))
            if table.name not in _BEFORE_DATA and connection.execute(found).first():
                return True
    return False


def make_schema(engine: Engine, schema: str) -> None:
    """Makes the tables anew, as they were when a copy was taken; Problem ``backup.newer`` for a schema of a later release."""
    try:
        ScriptDirectory.from_config(alembic_config()).get_revision(schema)
    except CommandError:
        raise Problem("backup.newer") from None
    with engine.begin() as connection:
        there = MetaData()
        there.reflect(connection)
        there.drop_all(connection)
    upgrade(engine, schema)


def load(connection: Connection, table: str, rows: Iterable[Plain]) -> int:
    """Writes the rows of a table, in the caller's transaction; says how many."""
    here = Table(table, MetaData(), autoload_with=connection)
    for column in here.columns:
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)
    connection.execute(delete(here))
    made = ({column.name: _typed(row[column.name], column.type, connection) for column in here.columns} for row in _parents_first(here, rows))
    count = 0
    while batch := list(islice(made, _BATCH)):
        connection.execute(insert(here), batch)
        count += len(batch)
    return count


def _tables(connection: Connection) -> Sequence[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _typed(value: Any, kind: TypeEngine, connection: Connection) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if connection.dialect.name == "sqlite" else moment
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value


def _parents_first(table: Table, rows: Iterable[Plain]) -> Iterable[Plain]:
    """The rows of a tree from its roots; other tables as they come."""
    upwards = [key for key in table.foreign_keys if key.column.table is table]
    if not upwards:
        return rows
    (key,), own = upwards, {row[upwards[0].column.name]: row for row in rows}

    def depth(row: Plain) -> int:
        above = row[key.parent.name]
        return 0 if above is None else 1 + depth(own[above])
    return sorted(own.values(), key=depth)
