"""An answer in words for a person, on a page or on paper."""

from collections.abc import Mapping
from typing import Any

from field.locale import translator
from field.questionnaire.definition import Question
from field.questionnaire.rules import COULD_NOT_CHECK, NOT_APPLICABLE


def show_answer(question: Question, answer: Mapping[str, Any] | None, language: str) -> str:
    """The value of a checked answer, or why there is none; never the comment."""
    t = translator(language)
    if not answer:
        return t("Not answered")
    if answer.get(NOT_APPLICABLE):
        return t("Not applicable")
    if COULD_NOT_CHECK in answer:
        return t("Could not check: %(reason)s", reason=answer[COULD_NOT_CHECK])
    return question.show(answer["value"], language)
