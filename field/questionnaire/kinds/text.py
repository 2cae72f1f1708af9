"""Words of the inspector's own; no points unless the reviewer gives them."""

from typing import Any

from field.locale import N_
from field.questionnaire.definition import Question
from field.questionnaire.kinds.base import Fault, Kind
from field.questionnaire.texts import is_blank

NOT_TEXT = Fault("value.kind", N_("Answer with text."))
TOO_LONG = Fault("value.length", N_("Shorten the text: it is longer than the question allows."))


class Text(Kind):
    """A string of at most max_length characters."""

    name = "text"
    scored_by = "reviewer"

    def fault(self, question: Question, value: Any) -> Fault | None:
        if not isinstance(value, str):
            return NOT_TEXT
        return TOO_LONG if len(value) > question.max_length else None

    def is_empty(self, value: str) -> bool:
        return is_blank(value)

    def operand(self, question: Question, operator: str, operand: Any) -> str | None:
        return operand if isinstance(operand, str) else None
