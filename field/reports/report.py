"""What stands in a visit's report, as frozen data: gathered in ``visit_report.py``, drawn by ``report_page.py``."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction


@dataclass(frozen=True)
class Picture:
    """A photo's small copy; without ``data`` a marked box with the note, which says why."""

    data: bytes | None
    caption: str = ""
    note: str = ""


@dataclass(frozen=True)
class Told:
    """One question with its answer in words, what it earned, its comment and its photos."""

    text: str
    mark: str
    answer: str
    points: str
    comment: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Part:
    """One section with the questions that were shown."""

    title: str
    score: Fraction | None
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Step:
    """One line of the trace: what was done, with which numbers, what came out."""

    what: str
    how: str
    result: str


@dataclass(frozen=True)
class VisitReport:
    """Everything in the report. Day and hours are the site's; ``hours`` only where the reader may know them."""

    site: str
    questionnaire: str
    version: int
    language: str
    zone: str
    day: date
    hours: tuple[datetime, datetime] | None
    score: Fraction | None
    outcome: str
    words: str
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
