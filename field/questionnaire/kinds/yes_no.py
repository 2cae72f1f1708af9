"""Yes or no: full points for the good answer, none for the other."""

from collections.abc import Callable
from typing import Any

from field.locale import N_, translator
from field.questionnaire.decimals import grains
from field.questionnaire.definition import Question
from field.questionnaire.kinds.base import Fault, Kind

NOT_BOOLEAN = Fault("value.kind", N_("Answer with true for yes or false for no."))


class YesNo(Kind):
    """A boolean; `good` says which of the two earns the points."""

    name = "yes_no"

    def fault(self, question: Question, value: Any) -> Fault | None:
        return None if value is True or value is False else NOT_BOOLEAN

    def scorer(self, question: Question) -> Callable[[bool], int]:
        full, good = grains(question.points), question.good
        return lambda value: full if value is good else 0

    def operand(self, question: Question, operator: str, operand: Any) -> bool | None:
        return operand if isinstance(operand, bool) else None

    def show(self, question: Question, value: bool, language: str) -> str:
        t = translator(language)
        return t("Yes") if value else t("No")
