"""One visit's score: base -> bonus -> critical -> outcome, exact, and the trace anyone can recompute."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from field.questionnaire.decimals import GRAINS, thousandths
from field.questionnaire.definition import Definition, Scoring
from field.questionnaire.plan import Step
from field.questionnaire.rules import ANSWERED, UNANSWERED, Answers, Reading, read
from field.questionnaire.trace import BONUS, SCORED, UNSCORED, Line, Move, Score

HUNDRED = Fraction(100)
GivenPoints = Mapping[str, str]


def score(definition: Definition, answers: Answers, given: GivenPoints | None = None, reading: Reading | None = None) -> Score:
    """The score of a visit's answers; `given` holds the reviewer's points for texts and photos.

    A value that is not a good one counts as unanswered, so a draft can be scored at any time. ``reading`` is what ``read``
    made of the answers, where somebody has it already.
    """
    states, values = reading or read(definition, answers)
    book = _Book(definition)
    for _, steps in definition.plan.sections:
        for step in steps:
            book.enter(step, _line(step, states[step.key], values, given or {}))
    return book.close()


def _line(step: Step, state: str, values: Mapping[str, object], given: GivenPoints) -> Line:
    earned = None
    if state == ANSWERED and step.scorer:
        earned = step.scorer(values[step.key])
    elif state in (ANSWERED, UNANSWERED) and step.key in given and step.kind.scored_by == "reviewer":
        earned = thousandths(given[step.key]) * (GRAINS // 1000)
    if earned is not None and step.maximum:
        return Line(step.question, BONUS if step.question.bonus else SCORED, min(max(earned, 0), step.maximum))
    if state == ANSWERED or (state == UNANSWERED and not step.scorer):
        state = UNSCORED
    return Line(step.question, state, None)


class _Share:
    """Earned of possible points, weighted; in thousandths of grains."""

    __slots__ = ("earned", "possible")

    def __init__(self) -> None:
        self.earned = self.possible = 0

    def percent(self, extra: int = 0) -> Fraction | None:
        return Fraction(100 * (self.earned + extra), self.possible) if self.possible else None


class _Book:
    """Sums the lines of one visit."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.lines: list[Line] = []
        self.total = _Share()
        self.sections = {section.key: _Share() for section in definition.sections}
        self.dimensions = {dimension: _Share() for dimension in definition.dimensions}
        self.bonus = self.scored = self.open = 0

    def enter(self, step: Step, line: Line) -> None:
        """Count one question where it counts."""
        self.lines.append(line)
        if line.state == SCORED:
            self.scored += 1
            self._add(step, line.grains)
        elif line.state == BONUS:
            self.bonus += step.weight * line.grains
        elif step.scorer and not step.question.bonus and line.state in ("could_not_check", UNANSWERED):
            self.open += 1

    def _add(self, step: Step, earned: int) -> None:
        shares = [self.total, self.sections[step.question.section]]
        if step.dimension:
            shares.append(self.dimensions[step.dimension])
        for share in shares:
            share.earned += step.weight * earned
            share.possible += step.weight * step.maximum

    def close(self) -> Score:
        """The finished score."""
        sections = {key: share.percent() for key, share in self.sections.items()}
        failed = tuple(line.key for line in self.lines if line.fails_critical)
        moves = tuple(self._moves(sections, bool(failed)))
        asked = self.scored + self.open
        return Score(
            overall=moves[-1].overall,
            outcome=moves[-1].word.partition(".")[2],
            sections=sections,
            dimensions={key: share.percent() for key, share in self.dimensions.items()},
            coverage=Fraction(self.scored, asked) if asked else None,
            failed_critical=failed,
            lines=tuple(self.lines),
            steps=moves,
        )

    def _moves(self, sections: Mapping[str, Fraction | None], failed: bool) -> Iterator[Move]:
        scoring = self.definition.scoring
        overall = self._base(scoring, sections)
        yield Move("base", overall)
        if self.bonus and scoring.mode == "points" and overall is not None:
            overall = self.total.percent(self.bonus)
            yield Move("bonus", overall)
            if overall > 100 and not scoring.allow_over_100:
                overall = HUNDRED
                yield Move("clip", overall)
        if failed:
            overall = _after_critical(scoring, overall)
            yield Move(f"critical.{scoring.critical}", overall)
        yield Move(f"outcome.{_outcome(scoring, overall, failed)}", overall)

    def _base(self, scoring: Scoring, sections: Mapping[str, Fraction | None]) -> Fraction | None:
        if scoring.mode == "points":
            return self.total.percent()
        if scoring.mode == "sections":
            return _weighted((section.weight, sections[section.key]) for section in self.definition.sections)
        return None


def _weighted(parts: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """The weighted mean of what is there; None where nothing has weight. Summed as whole numbers and made a fraction at the end."""
    above, below, weights = 0, 1, 0
    for weight, part in parts:
        if part is not None and weight:
            whole = weight.numerator * (1000 // weight.denominator)
            above, below = above * part.denominator + whole * part.numerator * below, below * part.denominator
            weights += whole
    return Fraction(above, below * weights) if weights else None


def _after_critical(scoring: Scoring, overall: Fraction | None) -> Fraction | None:
    if overall is None or scoring.critical == "fail":
        return overall
    return min(overall, scoring.cap) if scoring.critical == "cap" else Fraction(0)


def _outcome(scoring: Scoring, overall: Fraction | None, failed: bool) -> str:
    if failed:
        return "fail"
    if overall is None or scoring.pass_mark is None:
        return "none"
    return "pass" if overall >= scoring.pass_mark else "fail"
