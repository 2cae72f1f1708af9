"""Rows for any version of the schema: a few in every table, whatever its columns are."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, DateTime, Float, Integer, LargeBinary, MetaData, Table, insert, select
from sqlalchemy.types import TypeEngine

_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def fill(connection: Connection) -> int:
    """Puts two rows into every empty table, parents first; says how many."""
    tables = tables_of(connection)
    for table in tables:
        for number in (1, 2):
            connection.execute(insert(table), {column.name: _value(column, number, connection) for column in table.columns})
    return 2 * len(tables)


def contents(connection: Connection, only: dict[str, list[str]] | None = None) -> dict[str, list[tuple]]:
    """All rows of all tables; ``only`` names the tables and columns that are wanted."""
    found = {}
    for table in tables_of(connection):
        names = [column.name for column in table.columns] if only is None else only.get(table.name, [])
        if names:
            found[table.name] = sorted(connection.execute(select(*[table.columns[name] for name in names])).all(), key=repr)
    return found


def columns(connection: Connection) -> dict[str, list[str]]:
    return {table.name: [column.name for column in table.columns] for table in tables_of(connection)}


def tables_of(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _value(column: Column, number: int, connection: Connection) -> Any:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return None if key.column.table is column.table else f"{key.column.table.name[:20]}-{number}"
    if column.name == "id" and not isinstance(column.type, Integer):
        return f"{column.table.name[:20]}-{number}"
    return _of_type(column.type, number, connection)


def _of_type(kind: TypeEngine, number: int, connection: Connection) -> Any:
    if isinstance(kind, DateTime):
        return _NOON.replace(tzinfo=None) if connection.dialect.name == "sqlite" else _NOON
    for family, value in ((JSON, {"n": number}), (Boolean, True), (Float, number + 0.5), (Integer, number), (LargeBinary, bytes([number]) * 40)):
        if isinstance(kind, family):
            return value
    return f"t{number}"[:getattr(kind, "length", None) or 9]
