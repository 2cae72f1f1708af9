"""One option of several; its points are the answer's."""

from collections.abc import Callable, Iterator
from typing import Any

from field.locale import N_
from field.questionnaire.decimals import grains
from field.questionnaire.definition import Question
from field.questionnaire.kinds.base import Fault, Kind
from field.questionnaire.kinds.options import check_options, name_of

NOT_TEXT = Fault("value.kind", N_("Answer with the key of one option."))
NO_OPTION = Fault("value.option", N_("Answer with one of the question's own options."))


class Choice(Kind):
    """An option's key."""

    name = "choice"

    def check(self, question: Question) -> Iterator[Fault]:
        yield from check_options(question)

    def fault(self, question: Question, value: Any) -> Fault | None:
        if not isinstance(value, str):
            return NOT_TEXT
        return None if value in question.option_keys else NO_OPTION

    def scorer(self, question: Question) -> Callable[[str], int]:
        return {option.key: grains(option.points) for option in question.options}.__getitem__

    def operand(self, question: Question, operator: str, operand: Any) -> str | None:
        return None if self.fault(question, operand) else operand

    def show(self, question: Question, value: str, language: str) -> str:
        return name_of(question, value, language)
