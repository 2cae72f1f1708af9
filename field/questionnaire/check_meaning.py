"""Whether a document of the right shape also makes sense."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from field.errors import Mistake
from field.locale import N_
from field.questionnaire.check_question import check_question
from field.questionnaire.check_rules import check_rules
from field.questionnaire.check_texts import check_texts
from field.questionnaire.definition import Definition, Scoring, Section
from field.questionnaire.load import parse
from field.questionnaire.texts import pointer

TWICE = N_("Give every question, section and stage its own key.")
PASS_MARK = N_("Write a number from 0 to 100.")
NO_CAP = N_("Add cap: the highest score a visit can have that missed a must-keep standard.")
DESCENDING = N_("Put the bands in descending order of from, the best first.")
NEGATIVE = N_("Write a weight of 0 or more.")


def check_meaning(document: dict[str, Any]) -> list[Mistake]:
    """Every mistake of meaning; the document has the right shape."""
    definition = parse(document)
    return [
        *check_texts(document),
        *_check_keys("/stages", definition.stages),
        *_check_scoring(definition.scoring),
        *_check_sections(definition),
        *check_rules(definition),
    ]


def _check_keys(at: str, holders: Any) -> Iterator[Mistake]:
    seen: set[str] = set()
    for position, holder in enumerate(holders):
        if holder.key in seen:
            yield Mistake(f"{at}/{position}/key", "key.duplicate", TWICE)
        seen.add(holder.key)


def _check_scoring(scoring: Scoring) -> Iterator[Mistake]:
    if scoring.pass_mark is not None and not 0 <= scoring.pass_mark <= 100:
        yield Mistake("/scoring/pass_mark", "scoring.pass_mark", PASS_MARK)
    if scoring.critical == "cap" and scoring.cap is None:
        yield Mistake("/scoring/critical/cap", "scoring.cap", NO_CAP)
    if scoring.cap is not None and not 0 <= scoring.cap <= 100:
        yield Mistake("/scoring/critical/cap", "scoring.cap", PASS_MARK)
    before: Fraction | None = None
    for position, band in enumerate(scoring.bands):
        if before is not None and band.start >= before:
            yield Mistake(pointer("scoring", "bands", position, "from"), "scoring.bands", DESCENDING)
        before = band.start


def _check_sections(definition: Definition) -> Iterator[Mistake]:
    yield from _check_keys("/sections", definition.sections)
    stages = {stage.key for stage in definition.stages}
    seen: set[str] = set()
    for index, section in enumerate(definition.sections):
        if section.weight < 0:
            yield Mistake(pointer("sections", index, "weight"), "weight.negative", NEGATIVE)
        yield from _check_questions(index, section, stages, seen)


def _check_questions(index: int, section: Section, stages: set[str], seen: set[str]) -> Iterator[Mistake]:
    for position, question in enumerate(section.questions):
        here = ("sections", index, "questions", position)
        if question.key in seen:
            yield Mistake(pointer(*here, "key"), "key.duplicate", TWICE)
        seen.add(question.key)
        for fault in check_question(question, stages):
            yield Mistake(pointer(*here, *fault.at), fault.code, fault.message)
