"""Tick all that apply: the options' points add up, capped at the question's points."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from field.locale import N_, translator
from field.questionnaire.decimals import grains
from field.questionnaire.definition import Question
from field.questionnaire.kinds.base import Fault, Kind
from field.questionnaire.kinds.options import check_options, name_of

NOT_LIST = Fault("value.kind", N_("Answer with a list of option keys; an empty list means none of them."))
NO_OPTION = Fault("value.option", N_("Answer with the question's own options only."))
DISORDER = Fault("value.order", N_("Name each option once, in the order of the questionnaire."))


class Choices(Kind):
    """A list of distinct option keys in the definition's order; the empty list is a value."""

    name = "choices"
    operators = frozenset({"has"})

    def check(self, question: Question) -> Iterator[Fault]:
        yield from check_options(question)

    def fault(self, question: Question, value: Any) -> Fault | None:
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            return NOT_LIST
        if any(key not in question.option_keys for key in value):
            return NO_OPTION
        places = [question.option_keys[key] for key in value]
        return DISORDER if any(here >= after for here, after in pairwise(places)) else None

    def scorer(self, question: Question) -> Callable[[list[str]], int]:
        worth = {option.key: grains(option.points) for option in question.options}
        return lambda value: sum(worth[key] for key in value)

    def operand(self, question: Question, operator: str, operand: Any) -> str | None:
        return operand if operand in question.option_keys else None

    def show(self, question: Question, value: list[str], language: str) -> str:
        names = [name_of(question, key, language) for key in value]
        t = translator(language)
        return t("; ").join(names) or t("None of these")

    def show_operand(self, question: Question, operand: str, language: str) -> str:
        return name_of(question, operand, language)
