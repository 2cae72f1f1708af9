"""What a scorecard praises and what it asks for: chosen by rule from what every question earned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from field.questionnaire import Definition, Question

MOST = 3
MISSED = ("missed", "must_keep_missed")


@dataclass(frozen=True)
class Line:
    """What one question earned at one visit."""

    visit: str
    question: str
    state: str
    mark: str
    earned: str | None
    maximum: str | None
    weight: str | None


@dataclass
class Tally:
    """A question over the period's visits; ``lost`` is what its misses took from the scores, in points of 100."""

    question: Question
    order: int
    visits: int = 0
    kept: int = 0
    missed: int = 0
    must_keep_missed: int = 0
    lost: float = 0.0
    worth: float = field(default=0.0)

    def count(self, mark: str, share: float, worth: float) -> None:
        self.visits += 1
        self.kept += mark == "kept"
        self.missed += mark in MISSED
        self.must_keep_missed += mark == "must_keep_missed"
        self.lost += share
        self.worth += worth


def tallies(definition: Definition, lines: Iterable[Line]) -> list[Tally]:
    """One tally for each question of the definition that was scored at some visit."""
    found = {key: Tally(question, order) for order, (key, question) in enumerate(definition.questions.items())}
    visits: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.state == "scored" and line.question in found:
            visits[line.visit].append(line)
    for scored in visits.values():
        worths = _worths(definition, found, scored)
        for line in scored:
            maximum = _number(line.maximum)
            lost = worths[line.question] * (1 - _number(line.earned) / maximum) if maximum else 0.0
            found[line.question].count(line.mark, lost, worths[line.question])
    return [tally for tally in found.values() if tally.visits]


def _worths(definition: Definition, found: Mapping[str, Tally], scored: Sequence[Line]) -> dict[str, float]:
    """How many of a visit's 100 points each of its scored questions could earn."""
    points = {line.question: _number(line.weight) * _number(line.maximum) for line in scored}
    group = {key: _group(definition, found[key].question) for key in points}
    totals: dict[str, float] = defaultdict(float)
    for key, possible in points.items():
        totals[group[key]] += possible
    weights = {section.key: float(section.weight) for section in definition.sections}
    shares = {name: weights.get(name, 1.0) for name, total in totals.items() if total}
    whole = sum(shares.values()) or 1.0
    return {key: 100 * shares.get(group[key], 0.0) / whole * possible / (totals[group[key]] or 1.0)
            for key, possible in points.items()}


def _group(definition: Definition, question: Question) -> str:
    """What the question's points are a share of: its section, or the whole visit where points alone count."""
    return question.section if definition.scoring.mode == "sections" else ""


def _number(text: str | None) -> float:
    return float(Fraction(text)) if text else 0.0


def single_score(definition: Definition) -> bool:
    """Whether all that is scored is one question without a standard: then there is nothing to praise or ask for but the score."""
    scored = [question for question in definition.questions.values() if question.points]
    return len(scored) == 1 and not scored[0].standard


def choose_praise(tallied: Iterable[Tally], with_photo: Iterable[str]) -> list[Tally]:
    """Kept in full every time: those with a photo first, then those seen most often, then those worth most."""
    pictured = set(with_photo)
    kept = [tally for tally in tallied if tally.kept == tally.visits]
    return sorted(kept, key=lambda tally: (tally.question.key not in pictured, *_standing(tally)))[:MOST]


def _standing(tally: Tally) -> tuple[float, ...]:
    return -tally.visits, -round(tally.worth, 9), tally.order


def choose_tasks(tallied: Iterable[Tally]) -> list[Tally]:
    """Missed must-keep standards first, then what was missed again and again, then what cost most points."""
    open_ = [tally for tally in tallied if tally.kept < tally.visits]
    return sorted(open_, key=_urgency)[:MOST]


def _urgency(tally: Tally) -> tuple[float, ...]:
    repeated = tally.missed if tally.missed > 1 else 0
    return -tally.must_keep_missed, -repeated, -round(tally.lost, 9), tally.order
