"""Many rows of one table at once, for the one place where their number is felt: the answers of a visit.

SQLAlchemy looks at every value of every row, which costs more than writing the rows. Here the statement is compiled
once for each dialect and the rows go to the driver as they are: the caller gives what the columns hold.
"""

import json
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert

Row = dict[str, Any]


class ManyRows:
    """Rows of a table, each with a value for every column."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._compiled: dict[str, tuple[str, Callable[[Row], Any]]] = {}

    def insert(self, connection: Connection, rows: Sequence[Row]) -> None:
        statement, as_driven = self._for(connection.dialect)
        connection.exec_driver_sql(statement, [as_driven(row) for row in rows])

    def _for(self, dialect: Dialect) -> tuple[str, Callable[[Row], Any]]:
        if dialect.name not in self._compiled:
            compiled = insert(self._table).compile(dialect=dialect)
            self._compiled[dialect.name] = str(compiled), itemgetter(*compiled.positiontup) if compiled.positional else dict
        return self._compiled[dialect.name]


def as_json(value: Any) -> str | None:
    """What a JSON column holds; nothing for None."""
    return None if value is None else json.dumps(value)
