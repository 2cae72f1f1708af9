"""The table of sites in pages, and as the cells of a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from field.locale import N_, Translator
from field.reports.change import change_words
from field.reports.overview import Overview, SiteRow
from field.reports.overview_csv import Cell
from field.reports.scorecard import DIMENSION_WORDS
from field.stats.rounding import whole
from field.stats.words import visits_words

PAGE = 200
_HEADER = (N_("Code"), N_("Site"), N_("Score"), N_("Likely from"), N_("Likely to"), N_("Visits"), N_("Change"),
           N_("Change in words"), N_("Normal movement"), N_("Last visit"), N_("Must-keep missed, visits"), N_("Planned"))


@dataclass(frozen=True)
class Page:
    """Some rows of a long table; ``first`` counts from 1, ``newer`` and ``older`` are the pages beside it."""

    rows: Sequence[SiteRow]
    first: int
    total: int
    newer: int | None
    older: int | None


def page(rows: Sequence[SiteRow], number: int) -> Page:
    """One page of rows; the last one instead of any behind it."""
    number = min(number, max(1, -(-len(rows) // PAGE)))
    start = (number - 1) * PAGE
    return Page(rows[start:start + PAGE], start + 1, len(rows), number - 1 if number > 1 else None,
                number + 1 if start + PAGE < len(rows) else None)


def header(t: Translator) -> list[str]:
    dimensions = (t(title) for title, _ in DIMENSION_WORDS.values())
    return [*map(t, _HEADER), *dimensions, t("In words")]


def cells(row: SiteRow, t: Translator) -> list[Cell]:
    """One site's cells: what the page shows, numbers as numbers."""
    low, high = row.score.range.shown if row.score.range else (None, None)
    return [row.code, row.name, _whole(row.score.mean), low, high, row.score.visits,
            None if row.change.by is None else round(row.change.by), change_words(row.change, t),
            _whole(row.change.normal), row.last and row.last.isoformat(), row.critical, row.planned,
            *map(_whole, row.dimensions), visits_words(row.score.visits, t)]


def filename(found: Overview) -> str:
    """What the file is called on the reader's machine."""
    region = found.selection.region.code if found.selection.region else "all"
    period = found.selection.period
    return f"overview-{region}-{period.first}-{period.last}.csv"


def _whole(value: float | None) -> int | None:
    return None if value is None else whole(value)
