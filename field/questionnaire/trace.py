"""A score and its trace as frozen values: answer -> points -> weight -> section -> dimension -> total."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from field.questionnaire.decimals import GRAINS, display
from field.questionnaire.definition import Question

SCORED = "scored"
BONUS = "bonus"
UNSCORED = "unscored"
MARKED = frozenset({"not_applicable", "could_not_check", "unanswered"})


@dataclass(frozen=True, slots=True)
class Line:
    """What one question did to the score.

    `state` is scored, bonus, not_applicable, could_not_check, unanswered, hidden or unscored;
    `grains` are the earned points, None where nothing was scored.
    """

    question: Question
    state: str
    grains: int | None

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def section(self) -> str:
        return self.question.section

    @property
    def dimension(self) -> str | None:
        return self.question.dimension

    @property
    def earned(self) -> Fraction | None:
        """Points, exactly."""
        return None if self.grains is None else _points(self.grains)

    @property
    def earned_text(self) -> str | None:
        """Points, exactly, as text."""
        return None if self.grains is None else _points_text(self.grains)

    @property
    def maximum(self) -> Fraction:
        return self.question.points

    @property
    def weight(self) -> Fraction:
        return self.question.weight

    @property
    def critical(self) -> bool:
        return self.question.critical

    @property
    def fails_critical(self) -> bool:
        """Whether a must-keep standard was missed here."""
        return self.question.critical and self.grains is not None and self.earned < self.question.fail_below

    @property
    def mark(self) -> str:
        """kept, partly, missed, must_keep_missed, not_applicable, could_not_check, unanswered or none."""
        if self.grains is None:
            return self.state if self.state in MARKED else "none"
        if self.fails_critical:
            return "must_keep_missed"
        if self.grains == self.question.full:
            return "kept"
        return "partly" if self.grains else "missed"


@dataclass(frozen=True, slots=True)
class Move:
    """One step from base to outcome, with the overall score after it.

    `word` is base, bonus, clip, critical.fail, critical.cap, critical.zero or outcome.pass, .fail, .none.
    """

    word: str
    overall: Fraction | None


@dataclass(frozen=True)
class Score:
    """The score of one visit, 0 to 100, unrounded; None where there is none."""

    overall: Fraction | None
    outcome: str
    sections: dict[str, Fraction | None]
    dimensions: dict[str, Fraction | None]
    coverage: Fraction | None
    failed_critical: tuple[str, ...]
    lines: tuple[Line, ...]
    steps: tuple[Move, ...]

    @cached_property
    def shown(self) -> dict[str, Any]:
        """The score as the receipt has it: texts with one decimal, null where there is none."""
        return {
            "overall": display(self.overall),
            "outcome": self.outcome,
            "sections": {key: display(value) for key, value in self.sections.items()},
            "dimensions": {key: display(value) for key, value in self.dimensions.items()},
        }


@lru_cache(maxsize=4096)
def _points(earned: int) -> Fraction:
    return Fraction(earned, GRAINS)


@lru_cache(maxsize=4096)
def _points_text(earned: int) -> str:
    return str(_points(earned))
