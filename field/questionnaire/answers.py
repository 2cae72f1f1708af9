"""Every mistake of meaning in the answers of a revision."""

from collections.abc import Iterator, Mapping
from typing import Any

from field.errors import Mistake
from field.locale import N_
from field.questionnaire.definition import Definition
from field.questionnaire.evidence import check_photos, count_photos
from field.questionnaire.needs import is_required, needs_comment, photos_needed
from field.questionnaire.plan import Step
from field.questionnaire.rules import (
    ANSWERED,
    COULD_NOT_CHECK,
    HIDDEN,
    NOT_APPLICABLE,
    UNANSWERED,
    Reading,
    Values,
    read,
)
from field.questionnaire.texts import LONGEST, is_blank, pointer
from field.questionnaire.times import is_time

MEMBERS = frozenset({"value", NOT_APPLICABLE, COULD_NOT_CHECK, "comment", "at"})
ANSWER = frozenset({"value", NOT_APPLICABLE, COULD_NOT_CHECK})
PLAIN = frozenset({"value", "comment", "at"})

SHAPE = N_("Make every answer an object with one of value, not_applicable or could_not_check.")
UNKNOWN = N_("Leave out what this version of the questionnaire does not ask.")
MEMBER = N_("Leave this member out: an answer has none of this name.")
ONE_OF = N_("Give exactly one of value, not_applicable: true or could_not_check with its reason.")
SHOWN_NOT = N_("Leave this answer out: the other answers hide the question.")
NO_ANSWER = N_("Leave this out: a note takes no answer.")
MISSING = N_("Answer the question, or say why it could not be checked.")
NOT_HERE = N_("Answer the question: it always applies.")
CHECK_IT = N_("Answer the question: it does not allow for could not check.")
REASON = N_("Write why it could not be checked.")
COMMENT_KIND = N_("Write the comment as text, or leave it out.")
COMMENT_LONG = N_("Shorten the text to 4000 characters.")
COMMENT_NONE = N_("Leave the comment out: the question takes none.")
COMMENT_NEEDED = N_("Write a comment: this answer asks for one.")
PHOTOS_NEEDED = N_("Add a photo: this answer needs more of them.")
TIME_KIND = N_("This must be a time in UTC, such as 2026-11-22T10:04:11Z.")


def check_answers(definition: Definition, answers: Any, photos: Any, reading: Reading | None = None) -> list[Mistake]:
    """Every mistake in the answers and photos of a revision, unknown ones first, then in order.

    Never raises, whatever it is given. ``reading`` is what ``read`` made of the answers, where somebody has it already.
    """
    if not isinstance(answers, dict):
        return [Mistake("/answers", "answer.shape", SHAPE)]
    states, values = reading or read(definition, answers)
    taken = count_photos(photos)
    found = [_at(key, "question.unknown", UNKNOWN) for key in answers if key not in states]
    for _, steps in definition.plan.sections:
        for step in steps:
            if not _is_plain(step, states[step.key], answers):
                found += _check(step, states[step.key], answers, values, taken.get(step.key, 0))
    return found + list(check_photos(definition, states, photos))


def _is_plain(step: Step, state: str, answers: Mapping) -> bool:
    """A good value, nothing wrong beside it, and nothing that the question could want with it: most answers."""
    if state != ANSWERED or step.wants_evidence or not step.kind.takes_answer:
        return False
    answer = answers[step.key]
    return len(answer) == 1 or (answer.keys() <= PLAIN and not any(_check_beside(step, answer)))


def _check(step: Step, state: str, answers: Mapping, values: Values, taken: int) -> Iterator[Mistake]:
    given = step.key in answers
    if state == HIDDEN:
        if given:
            yield _at(step.key, "answer.hidden", SHOWN_NOT)
        return
    if given and not step.kind.takes_answer:
        yield _at(step.key, "answer.not_allowed", NO_ANSWER)
        return
    if given:
        yield from _check_answer(step, answers[step.key])
    if step.kind.takes_value and _says_nothing(step, answers.get(step.key), state) and is_required(step, values):
        yield _at(step.key, "answer.required", MISSING)
    yield from _check_evidence(step, state, answers.get(step.key), values, taken)


def _says_nothing(step: Step, answer: Any, state: str) -> bool:
    """Absent, or a good value without content; what is wrong in another way is told once, as that."""
    if state != UNANSWERED:
        return False
    if not isinstance(answer, dict):
        return answer is None
    return "value" in answer and not step.kind.fault(step.question, answer["value"])


def _check_answer(step: Step, answer: Any) -> Iterator[Mistake]:
    if not isinstance(answer, dict):
        yield _at(step.key, "answer.shape", SHAPE)
        return
    for member in answer:
        if member not in MEMBERS:
            yield _at(step.key, "answer.member", MEMBER, member)
    if len(ANSWER.intersection(answer)) != 1:
        yield _at(step.key, "answer.one_of", ONE_OF)
    yield from _check_value(step, answer)
    yield from _check_instead(step, answer)
    yield from _check_beside(step, answer)


def _check_value(step: Step, answer: Mapping) -> Iterator[Mistake]:
    if "value" not in answer:
        return
    fault = step.kind.fault(step.question, answer["value"])
    if fault:
        yield _at(step.key, fault.code, fault.message, "value")


def _check_instead(step: Step, answer: Mapping) -> Iterator[Mistake]:
    if NOT_APPLICABLE in answer:
        if not step.question.not_applicable:
            yield _at(step.key, "not_applicable.not_allowed", NOT_HERE, NOT_APPLICABLE)
        elif answer[NOT_APPLICABLE] is not True:
            yield _at(step.key, "answer.one_of", ONE_OF, NOT_APPLICABLE)
    if COULD_NOT_CHECK in answer:
        if not step.question.could_not_check:
            yield _at(step.key, "could_not_check.not_allowed", CHECK_IT, COULD_NOT_CHECK)
        yield from _check_reason(step.key, answer[COULD_NOT_CHECK])


def _check_reason(key: str, reason: Any) -> Iterator[Mistake]:
    if not isinstance(reason, str) or is_blank(reason):
        yield _at(key, "reason.required", REASON, COULD_NOT_CHECK)
    elif len(reason) > LONGEST:
        yield _at(key, "reason.length", COMMENT_LONG, COULD_NOT_CHECK)


def _check_beside(step: Step, answer: Mapping) -> Iterator[Mistake]:
    comment = answer.get("comment")
    if comment is not None and not isinstance(comment, str):
        yield _at(step.key, "comment.kind", COMMENT_KIND, "comment")
    elif comment and len(comment) > LONGEST:
        yield _at(step.key, "comment.length", COMMENT_LONG, "comment")
    elif step.question.comment == "none" and not is_blank(comment or ""):
        yield _at(step.key, "comment.not_allowed", COMMENT_NONE, "comment")
    if "at" in answer and not is_time(answer["at"]):
        yield _at(step.key, "at.kind", TIME_KIND, "at")


def _check_evidence(step: Step, state: str, answer: Any, values: Values, taken: int) -> Iterator[Mistake]:
    if state == ANSWERED and needs_comment(step, values) and not _has_comment(answer):
        yield _at(step.key, "comment.required", COMMENT_NEEDED, "comment")
    waits = state == UNANSWERED and step.kind.takes_value
    if state in (ANSWERED, UNANSWERED) and not waits and taken < photos_needed(step, values, taken):
        yield _at(step.key, "photos.too_few", PHOTOS_NEEDED)


def _has_comment(answer: Mapping) -> bool:
    comment = answer.get("comment")
    return isinstance(comment, str) and not is_blank(comment)


def _at(key: str, code: str, message: str, *member: str) -> Mistake:
    return Mistake(pointer("answers", key, *member), code, message)
