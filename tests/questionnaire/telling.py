"""Scores as the vectors write them."""

from fractions import Fraction

from field.questionnaire import Score


def exact(value: Fraction | None) -> str | None:
    """The fraction as n/d."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def told(result: Score) -> dict:
    """A score as the vectors write it."""
    return {
        "overall": exact(result.overall),
        "outcome": result.outcome,
        "coverage": exact(result.coverage),
        "sections": {key: exact(value) for key, value in result.sections.items()},
        "dimensions": {key: exact(value) for key, value in result.dimensions.items()},
        "failed_critical": list(result.failed_critical),
        "steps": [[move.word, exact(move.overall)] for move in result.steps],
        "shown": result.shown,
        "shown.overall": result.shown["overall"],
        "lines": {line.key: [line.state, line.mark, exact(line.earned)] for line in result.lines},
    }
