"""What a screen shows of one visit, as frozen data: gathered in ``visit_view.py``, drawn by templates."""

from dataclasses import dataclass
from datetime import datetime

from field.models import QuestionnaireVersion, Site, Visit
from field.questionnaire import Question
from field.reports.report import Step


@dataclass(frozen=True)
class Shot:
    """A photo where it stands; ``number`` counts over the visit. ``state`` is stored, readable or unreadable."""

    number: int
    sha256: str
    question: str
    position: int
    caption: str
    taken_at: datetime | None
    state: str
    because: str
    printable: bool


@dataclass(frozen=True)
class Asked:
    """One question that was shown: its answer in words, what that earned, what it still needs."""

    question: Question
    text: str
    standard: str
    mark: str
    answer: str
    points: str
    trace: str
    comment: str
    shots: tuple[Shot, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """One section with its sums; without a score where nothing in it was scored."""

    key: str
    title: str
    score: str | None
    earned: str
    possible: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Told:
    """Something that happened to the visit: when, who, what, in words."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Flag:
    """Something worth a look: the fact, what it means here, and why it is often innocent."""

    title: str
    fact: str
    innocent: str


@dataclass(frozen=True)
class VisitView:
    """Everything a screen shows of a visit.

    ``written``: with all that the inspector wrote; ``closer``: with hours, originals, flags, history and the inspector's number.
    """

    visit: Visit
    site: Site
    version: QuestionnaireVersion
    title: str
    written: bool
    closer: bool
    chapters: tuple[Chapter, ...]
    steps: tuple[Step, ...]
    dimensions: tuple[tuple[str, str], ...]
    score: str | None
    words: str
    counts: str
    photos: str
    warning: str
    inspector: int | None = None
    flags: tuple[Flag, ...] = ()
    history: tuple[Told, ...] = ()

    @property
    def needs(self) -> int:
        """How many answers lack something that they ask for."""
        return sum(1 for chapter in self.chapters for asked in chapter.asked if asked.needs)

    @property
    def unreadable(self) -> int:
        return sum(1 for shot in self.shots if shot.state == "unreadable")

    @property
    def shots(self) -> tuple[Shot, ...]:
        return tuple(shot for chapter in self.chapters for asked in chapter.asked for shot in asked.shots)
