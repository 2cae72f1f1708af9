"""The scorecard's type and measures, shared by its blocks."""

from collections.abc import Callable
from dataclasses import dataclass

from field.reports.text import PEN, QUIET, Style

NAME, TEXT, BOLD = Style(27, 31, "bold"), Style(10.5, 14), Style(10.5, 14, "bold")
NUMBER, WORDS, HEADING = Style(87, 64, "bold", PEN), Style(16.5, 21, "bold"), Style(11.5, 15, "bold")
TASK, STANDARD, NUMERAL = Style(11.5, 14.5, "bold"), Style(10, 13.4, colour=QUIET), Style(20, 20, "bold", PEN)
SMALL, SMALL_BOLD, CAPTION = Style(9.2, 12.6), Style(9.4, 12.6, "bold"), Style(9.2, 11.4, colour=QUIET)
COLUMN_GAP = 26


@dataclass(frozen=True)
class Block:
    """A part of the page: its height, and how to draw it below a height."""

    height: float
    draw: Callable[[float], None]


@dataclass(frozen=True)
class Fit:
    """How roomy the page is.

    Height of photos and of a section's row, factors for gaps and texts, most lines of a text and of a section's
    title, the sections' share of the width, the most sections shown.
    """

    photo: float = 87
    row: float = 18.3
    gap: float = 1.0
    lines: int = 3
    text: float = 1.0
    titles: int = 2
    left: float = 0.5
    most: int = 100
