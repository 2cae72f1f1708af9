"""A rating from 1 to the end of its scale: 1 earns nothing, the end everything, evenly between."""

from collections.abc import Callable, Iterator
from typing import Any

from field.locale import N_, pick, translator
from field.questionnaire.decimals import grains
from field.questionnaire.definition import Question
from field.questionnaire.kinds.base import Fault, Kind, amount, is_integer

NOT_INTEGER = Fault("value.kind", N_("Answer with a whole number on the question's scale."))
OFF_SCALE = Fault("value.range", N_("Answer with a number from 1 to the end of the question's scale."))
STRAY_LABEL = N_("Name labels after the numbers of the scale: 1 to its end.")


class Rating(Kind):
    """An integer 1..scale."""

    name = "rating"
    operators = frozenset({"is", "in", "below", "at_least"})

    def check(self, question: Question) -> Iterator[Fault]:
        steps = {str(step) for step in range(1, question.scale + 1)}
        for label in question.labels:
            if label not in steps:
                yield Fault("label.unknown", STRAY_LABEL, ("labels", label))

    def fault(self, question: Question, value: Any) -> Fault | None:
        if not is_integer(value):
            return NOT_INTEGER
        return None if 1 <= value <= question.scale else OFF_SCALE

    def scorer(self, question: Question) -> Callable[[int], int]:
        full, steps = grains(question.points), question.scale - 1
        return lambda value: full * (value - 1) // steps  # whole: a grain divides by every step

    def measure(self, value: int) -> int:
        return value * 1000

    def operand(self, question: Question, operator: str, operand: Any) -> int | None:
        if operator == "is" and self.fault(question, operand):
            return None
        return amount(operand)

    def show(self, question: Question, value: int, language: str) -> str:
        t = translator(language)
        label = pick(question.labels.get(str(value), {}), language, question.languages)
        if label:
            return t("%(value)s of %(scale)s: %(label)s", value=value, scale=question.scale, label=label)
        return t("%(value)s of %(scale)s", value=value, scale=question.scale)

    def show_operand(self, question: Question, operand: int | str, language: str) -> str:
        return str(operand)
