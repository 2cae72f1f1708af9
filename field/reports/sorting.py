"""The orders of a table of sites; equal ones stay by name, and what has no value stands last in both directions."""

from collections.abc import Callable, Sequence
from typing import Any

from field.reports.overview import SiteRow

#: What a table can be sorted by; ``-`` in front turns it round. By name until asked.
BY: dict[str, Callable[[SiteRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "score": lambda row: row.score.mean,
    "visits": lambda row: row.score.visits,
    "change": lambda row: row.change.by,
    "last": lambda row: row.last,
}
ORDERS = (*BY, *(f"-{name}" for name in BY))


def arranged(rows: Sequence[SiteRow], order: str = "name") -> list[SiteRow]:
    """The rows in one of ``ORDERS``."""
    value, down = BY[order.removeprefix("-")], order.startswith("-")
    by_name = sorted(rows, key=lambda row: (row.name.casefold(), row.code))
    known = [row for row in by_name if value(row) is not None]
    return sorted(known, key=value, reverse=down) + [row for row in by_name if value(row) is None]


def turned(name: str, order: str) -> str:
    """The order that a tap on a column's head asks for: again turns it round."""
    return f"-{name}" if order == name else name
