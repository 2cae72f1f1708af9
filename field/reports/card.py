"""What stands on a scorecard, as frozen data: gathered in ``scorecard.py``, drawn by ``scorecard_page.py``."""

from dataclasses import dataclass
from datetime import date

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
    """Everything on the page; ``visits`` 0 and ``first``, ``last`` None where no accepted visit counts.

    ``dimensions`` is empty where the questionnaire knows none; not ``itemised``: its score is all that it says.
    """

    site: str
    questionnaire: str
    language: str
    first: date | None
    last: date | None
    made_on: date
    visits: int
    score: Estimate
    words: str
    sections: tuple[Row, ...]
    dimensions: tuple[Row, ...]
    done_well: tuple[Praise, ...]
    to_do: tuple[Task, ...]
    planned: int
    address: str
    versions: int = 1
    itemised: bool = True
