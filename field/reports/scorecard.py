"""A site's result on one printed page: what its staff read on the wall, understand and act on.

Question texts and standards only: no comment, no person, no time of day, no rank.
"""

from dataclasses import dataclass
from datetime import date

from field.locale import translator
from field.reports.scorecard_page import draw_page
from field.reports.sheet import Sheet
from field.stats.ranges import Estimate
from field.stats.rounding import Number


@dataclass(frozen=True)
class Row:
    """A section or a dimension with its score over the period; None where nothing in it was scored."""

    title: str
    score: Number | None
    explained: str = ""


@dataclass(frozen=True)
class Praise:
    """A standard kept in full at every visit, with a photo that the reviewer marked printable where there is one."""

    text: str
    photo: bytes | None = None


@dataclass(frozen=True)
class Task:
    """A standard to keep next: at how many of the visits where it was scored it was kept in full."""

    text: str
    standard: str
    kept: int
    visits: int
    must_keep: bool = False


@dataclass(frozen=True)
class Scorecard:
    """Everything on the page. ``words`` is empty and ``score.mean`` None where no accepted visit counts."""

    site: str
    questionnaire: str
    language: str
    first: date | None
    last: date | None
    made_on: date
    score: Estimate
    words: str
    sections: tuple[Row, ...]
    dimensions: tuple[Row, ...]
    done_well: tuple[Praise, ...]
    to_do: tuple[Task, ...]
    planned: int
    address: str


def draw(card: Scorecard, paper: str = "a4") -> bytes:
    """The page as a PDF, on ``a4`` or ``letter`` paper: always one page, the same bytes for the same card."""
    t = translator(card.language)
    sheet = Sheet(paper, title=t("Scorecard of %(site)s", site=card.site), language=card.language)
    draw_page(sheet, card, t)
    return sheet.finish()
