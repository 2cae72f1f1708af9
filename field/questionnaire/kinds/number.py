"""A measured number as an exact decimal text, scored by bands in its own unit."""

from collections.abc import Callable, Iterator
from typing import Any

from field.locale import N_, decimal_text, pick
from field.questionnaire.decimals import DECIMAL, fraction, thousandths
from field.questionnaire.definition import Question
from field.questionnaire.kinds.bands import band_scorer, check_bands
from field.questionnaire.kinds.base import Fault, Kind, amount

NOT_DECIMAL = Fault("value.kind", N_('Answer with a decimal number written as text, such as "12.5".'))
TOO_FINE = Fault("value.decimals", N_("Answer with no more decimals than the question asks for."))
OUT_OF_RANGE = Fault("value.range", N_("Answer with a number between the question's smallest and largest."))
NO_RANGE = Fault("range.order", N_("Make min no larger than max."), ("min",))


class Number(Kind):
    """A decimal text within min, max and decimals."""

    name = "number"
    operators = frozenset({"is", "in", "below", "at_least"})

    def check(self, question: Question) -> Iterator[Fault]:
        if question.min is not None and question.max is not None and question.min > question.max:
            yield NO_RANGE
        yield from check_bands(question)

    def fault(self, question: Question, value: Any) -> Fault | None:
        if not isinstance(value, str) or not DECIMAL.fullmatch(value):
            return NOT_DECIMAL
        if len(value.partition(".")[2]) > question.decimals:
            return TOO_FINE
        size = fraction(value)
        below = question.min is not None and size < question.min
        above = question.max is not None and size > question.max
        return OUT_OF_RANGE if below or above else None

    def scorer(self, question: Question) -> Callable[[str], int]:
        points = band_scorer(question)
        return lambda value: points(thousandths(value))

    def measure(self, value: str) -> int:
        return thousandths(value)

    def operand(self, question: Question, operator: str, operand: Any) -> int | None:
        return amount(operand)

    def show(self, question: Question, value: str, language: str) -> str:
        unit = pick(question.unit or {}, language, question.languages)
        number = decimal_text(str(value), language)
        return f"{number} {unit}" if unit else number
