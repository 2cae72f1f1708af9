"""A questionnaire version as frozen values, every default resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from field.questionnaire.decimals import grains

if TYPE_CHECKING:
    from field.questionnaire.kinds.base import Kind
    from field.questionnaire.plan import Plan

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")

Text = Mapping[str, str]
Rule = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """One answer of a choice or of choices."""

    key: str
    text: Text
    points: Fraction


@dataclass(frozen=True)
class Band:
    """Points for a measure up to and with `up_to` (in the number's unit, in seconds); None: everything above."""

    up_to: Fraction | None
    points: Fraction


@dataclass(frozen=True)
class Photos:
    """How many photos a question takes; `rule_min` photos where `rule` holds."""

    min: int
    max: int
    rule: Rule | None
    rule_min: int
    live: bool
    keep_original: bool


@dataclass(frozen=True)
class Stage:
    """A step of the customer's way that questions are tagged with."""

    key: str
    title: Text


@dataclass(frozen=True)
class ResultBand:
    """Words for a result of `start` and better."""

    start: Fraction
    text: Text


@dataclass(frozen=True)
class Scoring:
    """How points become a score and an outcome; `critical` is fail, cap or zero."""

    mode: str
    pass_mark: Fraction | None
    critical: str
    cap: Fraction | None
    allow_over_100: bool
    bands: tuple[ResultBand, ...]
    show_to_inspector: bool


@dataclass(frozen=True, eq=False)
class Question:
    """One question; `behaviour` is its kind's object, `position` counts from 0 within the section.

    `required` is None where the questionnaire leaves it to `required_if` or to the number of photos.
    `points` 0 means not scored; `min`, `max` are the number's, `bands` ascend.
    """

    key: str
    kind: str
    behaviour: "Kind"
    section: str
    position: int
    languages: tuple[str, ...]
    text: Text
    standard: Text | None
    help: Text | None
    explanation: Text | None
    reference_photo: str | None
    dimension: str | None
    points: Fraction
    weight: Fraction
    good: bool
    scale: int
    labels: Mapping[str, Text]
    options: tuple[Option, ...]
    unit: Text | None
    min: Fraction | None
    max: Fraction | None
    decimals: int
    bands: tuple[Band, ...]
    max_length: int
    required: bool | None
    required_if: Rule | None
    shown_if: Rule | None
    not_applicable: bool
    could_not_check: bool
    critical: bool
    fail_below: Fraction
    bonus: bool
    comment: str
    comment_required_if: Rule | None
    photos: Photos | None
    tags: Mapping[str, Any]

    @cached_property
    def option_keys(self) -> dict[str, int]:
        """The options' keys with their places."""
        return {option.key: place for place, option in enumerate(self.options)}

    @cached_property
    def full(self) -> int:
        """The most that can be earned, in grains."""
        return grains(self.points)

    @cached_property
    def points_text(self) -> str:
        """The maximum, exactly, as text."""
        return str(self.points)

    @cached_property
    def weight_text(self) -> str:
        """The weight, exactly, as text."""
        return str(self.weight)

    @property
    def scorable(self) -> bool:
        """Whether its own answer earns points that count in the score (a bonus counts apart)."""
        return bool(self.points) and self.behaviour.scored_by == "answer"

    def show(self, value: Any, language: str) -> str:
        """A good value in words for a person."""
        return self.behaviour.show(self, value, language)


@dataclass(frozen=True, eq=False)
class Section:
    """Questions that are asked and scored together."""

    key: str
    title: Text
    intro: Text | None
    weight: Fraction
    shown_if: Rule | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, eq=False)
class Definition:
    """One immutable version of a questionnaire; `plan` is what scoring and checking run on (set by `load`)."""

    slug: str
    version: int
    languages: tuple[str, ...]
    title: Text
    summary: Text | None
    purpose: str
    minutes: int | None
    stages: tuple[Stage, ...]
    scoring: Scoring
    sections: tuple[Section, ...]
    plan: "Plan | None" = None

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by key, in order."""
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions its questions are tagged with, in the usual order."""
        used = {question.dimension for question in self.questions.values()}
        return tuple(dimension for dimension in DIMENSIONS if dimension in used)
