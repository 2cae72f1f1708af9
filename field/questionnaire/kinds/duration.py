"""A time taken in milliseconds, scored by bands in seconds."""

from collections.abc import Callable, Iterator
from typing import Any

from field.locale import N_, translator
from field.questionnaire.definition import Question
from field.questionnaire.kinds.bands import band_scorer, check_bands
from field.questionnaire.kinds.base import Fault, Kind, amount, is_integer

NOT_MILLISECONDS = Fault("value.kind", N_("Answer with a whole number of milliseconds."))
NEGATIVE = Fault("value.range", N_("Answer with a time of 0 or more milliseconds."))


class Duration(Kind):
    """Integer milliseconds of 0 or more; a millisecond is a thousandth of the second rules speak of."""

    name = "duration"
    operators = frozenset({"is", "in", "below", "at_least"})

    def check(self, question: Question) -> Iterator[Fault]:
        yield from check_bands(question)

    def fault(self, question: Question, value: Any) -> Fault | None:
        if not is_integer(value):
            return NOT_MILLISECONDS
        return NEGATIVE if value < 0 else None

    def scorer(self, question: Question) -> Callable[[int], int]:
        return band_scorer(question)

    def operand(self, question: Question, operator: str, operand: Any) -> int | None:
        return amount(operand)

    def show(self, question: Question, value: int, language: str) -> str:
        t = translator(language)
        minutes, seconds = divmod((value + 500) // 1000, 60)
        if minutes:
            return t("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=seconds)
        return t("%(seconds)s s", seconds=seconds)

    def show_operand(self, question: Question, operand: int | str, language: str) -> str:
        return self.show(question, amount(operand), language)
