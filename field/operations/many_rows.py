"""Many rows of one table at once, for the one place where their number is felt: the answers of a visit.

SQLAlchemy looks at every value of every row, and a driver starts anew for each row; both cost more than writing them. Here
one statement names all rows, and the values go to the driver as they are: the caller gives what the columns hold.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert

Row = dict[str, Any]
_ENCODE = json.JSONEncoder().encode
#: Rows of one statement: every database bounds the values that it takes at once.
_AT_ONCE = 500


class ManyRows:
    """Rows of a table, each with a value for every column."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._values = itemgetter(*table.columns.keys())
        self._statement = lru_cache(maxsize=64)(self._compile)

    def insert(self, connection: Connection, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), _AT_ONCE):
            now = rows[start:start + _AT_ONCE]
            connection.exec_driver_sql(self._statement(connection.dialect, len(now)), tuple(chain.from_iterable(map(self._values, now))))

    def _compile(self, dialect: Dialect, rows: int) -> str:
        """The statement for so many rows, its values by position."""
        by_position = type(dialect)(paramstyle="qmark" if dialect.paramstyle == "qmark" else "format")
        head, values = str(insert(self._table).compile(dialect=by_position)).split(" VALUES ")
        return f"{head} VALUES {', '.join([values] * rows)}"


def as_json(value: Any) -> str | None:
    """What a JSON column holds; nothing for None."""
    return None if value is None else str(value) if type(value) is int else _ENCODE(value)
