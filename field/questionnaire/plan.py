"""A definition compiled for speed: rules as functions, points and weights as whole numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from field.questionnaire.decimals import grains
from field.questionnaire.definition import Definition, Question, Section
from field.questionnaire.kinds import Kind
from field.questionnaire.rules import Predicate, compile_rule


@dataclass(frozen=True, slots=True)
class Step:
    """One question ready to run; points are in grains, the weight in thousandths."""

    key: str
    question: Question
    kind: Kind
    shown: Predicate | None
    required: Predicate | None
    comment_required: Predicate | None
    photos_required: Predicate | None
    wants_evidence: bool
    scorer: Callable[[Any], int] | None
    maximum: int
    fail_below: int
    weight: int
    dimension: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps section by section, in the order they are asked."""

    sections: tuple[tuple[Predicate | None, tuple[Step, ...]], ...]


def compile_plan(definition: Definition) -> Plan:
    """The plan of a checked definition; made once, kept in the definition."""
    return Plan(tuple(_compile_section(definition, section) for section in definition.sections))


def _compile_section(definition: Definition, section: Section) -> tuple[Predicate | None, tuple[Step, ...]]:
    shown = compile_rule(section.shown_if, definition.questions)
    return shown, tuple(_compile_step(definition, question) for question in section.questions)


def _compile_step(definition: Definition, question: Question) -> Step:
    among = definition.questions
    return Step(
        key=question.key,
        question=question,
        kind=question.behaviour,
        shown=compile_rule(question.shown_if, among),
        required=compile_rule(question.required_if, among),
        comment_required=compile_rule(question.comment_required_if, among),
        photos_required=compile_rule(question.photos.rule if question.photos else None, among),
        wants_evidence=question.comment == "required" or bool(question.comment_required_if or question.photos),
        scorer=question.behaviour.scorer(question) if question.scorable else None,
        maximum=grains(question.points),
        fail_below=grains(question.fail_below),
        weight=int(question.weight * 1000),
        dimension=question.dimension,
    )
