"""What the two kinds with options share: their keys, their points, their words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from field.locale import N_, pick
from field.questionnaire.kinds.base import Fault

if TYPE_CHECKING:
    from field.questionnaire.definition import Question

MISSING = Fault("options.required", N_("Give the question at least two options."))
TWICE = N_("Give every option of a question its own key.")
TOO_DEAR = N_("Lower the option's points, or raise the question's points: an option cannot earn more.")


def check_options(question: "Question") -> Iterator[Fault]:
    """Options are there, differ in their keys and earn no more than the question's points."""
    if not question.options:
        yield MISSING
    seen: set[str] = set()
    for position, option in enumerate(question.options):
        if option.key in seen:
            yield Fault("option.duplicate", TWICE, ("options", position, "key"))
        if option.points > question.points:
            yield Fault("points.above_maximum", TOO_DEAR, ("options", position, "points"))
        seen.add(option.key)


def name_of(question: "Question", key: str, language: str) -> str:
    """The option's text in the language asked for, or in the questionnaire's own."""
    option = next(option for option in question.options if option.key == key)
    return pick(option.text, language, question.languages)
