"""The orders of a table of sites; equal ones stay by name, and what has no value stands last in both directions.

By score only sites with enough visits are ordered: the top of a list is no place for a snapshot. By change the measure
is each site's own normal movement.
"""

from collections.abc import Callable, Sequence
from typing import Any

from field.locale import N_
from field.reports.overview import SiteRow
from field.stats.words import RANKED_FROM

#: What a table can be sorted by; ``-`` in front turns it round. By name until asked.
BY: dict[str, Callable[[SiteRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "score": lambda row: row.score.mean if row.score.visits >= RANKED_FROM else None,
    "visits": lambda row: row.score.visits,
    "change": lambda row: row.change.by / row.change.normal if row.change.compared else None,
    "last": lambda row: row.last,
}
#: The orders offered by name where there are no columns to tap.
LABELS = (
    ("name", N_("By name")), ("score", N_("Lowest score first")), ("-score", N_("Highest score first")),
    ("-visits", N_("Most visits first")), ("change", N_("Largest fall first")), ("-change", N_("Largest rise first")),
    ("last", N_("Longest without a visit first")),
)
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
