"""Columns from a visit to its sections, questions and one answer, with how that answer became the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from field.locale import Translator, pick
from field.models import Answer, Scope
from field.models.photo import select_uses
from field.models.visit import select_answers, select_visit
from field.questionnaire import Definition, show_answer
from field.questionnaire.definition import Question, Section
from field.reports.definitions import definition_of


@dataclass(frozen=True)
class QuestionLine:
    """One question of a visit; points are None where nothing was scored."""

    key: str
    text: str
    mark: str
    earned: Fraction | None
    maximum: Fraction | None
    weight: Fraction | None
    left_out: bool


@dataclass(frozen=True)
class SectionLine:
    """One section of a visit: its score, its weight, the questions that were asked."""

    key: str
    title: str
    weight: Fraction
    questions: tuple[QuestionLine, ...]

    @property
    def score(self) -> Fraction | None:
        return 100 * self.earned / self.maximum if self.maximum else None

    @property
    def earned(self) -> Fraction:
        return sum((line.earned * line.weight for line in self._scored()), Fraction(0))

    @property
    def maximum(self) -> Fraction:
        return sum((line.maximum * line.weight for line in self._scored()), Fraction(0))

    def _scored(self) -> list[QuestionLine]:
        return [line for line in self.questions if line.earned is not None]


@dataclass(frozen=True)
class Opened:
    """One answer in full: in words, with comment and photos for those who may read them."""

    line: QuestionLine
    standard: str
    answer: str
    comment: str | None
    photos: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """What is open; each further column None where nothing is chosen. ``weights`` is the sum over scored sections."""

    sections: tuple[SectionLine, ...]
    section: SectionLine | None
    opened: Opened | None
    mode: str
    critical: str

    @property
    def weights(self) -> Fraction:
        return sum((line.weight for line in self.sections if line.score is not None), Fraction(0))


def gather(session: Session, scope: Scope, visit_id: str, section: str | None, question: str | None,
           t: Translator, *, comments: bool) -> Columns | None:
    """The columns of a visit that the scope shows, else None; ``comments`` False leaves out all that was written."""
    row = session.execute(scope.visits(select_visit(visit_id))).first()
    if row is None:
        return None
    definition = definition_of(row[2])
    answers = {answer.question: answer for answer in session.scalars(select_answers(visit_id))}
    sections = tuple(_section(part, definition, answers, t) for part in definition.sections)
    sections = tuple(part for part in sections if part.questions)
    chosen = next((part for part in sections if part.key == section), None)
    line = next((line for line in chosen.questions if line.key == question), None) if chosen else None
    opened = _opened(session, visit_id, definition, line, answers, t, comments) if line else None
    return Columns(sections, chosen, opened, definition.scoring.mode, definition.scoring.critical)


def _section(part: Section, definition: Definition, answers: Mapping[str, Answer],
             t: Translator) -> SectionLine:
    lines = tuple(_line(question, answers[question.key], definition, t) for question in part.questions
                  if question.behaviour.takes_answer and question.key in answers and answers[question.key].state != "hidden")
    return SectionLine(part.key, pick(part.title, t.language, definition.languages), part.weight, lines)


def _line(question: Question, answer: Answer, definition: Definition, t: Translator) -> QuestionLine:
    scored = answer.state == "scored"
    return QuestionLine(
        question.key, pick(question.text, t.language, definition.languages), answer.mark,
        _number(answer.earned) if scored else None, _number(answer.maximum) if scored else None,
        _number(answer.weight) if scored else None,
        answer.state in ("not_applicable", "could_not_check", "unanswered") and question.scorable,
    )


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _opened(session: Session, visit_id: str, definition: Definition, line: QuestionLine, answers: Mapping[str, Answer],
            t: Translator, comments: bool) -> Opened:
    question, answer = definition.questions[line.key], answers[line.key]
    photos = tuple(use.sha256 for use, photo in session.execute(select_uses(visit_id))
                   if use.question == line.key and photo.state != "unreadable")
    return Opened(line, pick(question.standard, t.language, definition.languages),
                  _words(question, answer, t, comments), answer.comment if comments else None, photos)


def _words(question: Question, answer: Answer, t: Translator, comments: bool) -> str:
    if answer.state == "could_not_check" and not comments:
        return t("Could not check")
    if question.behaviour.scored_by == "reviewer" and not comments:
        return ""
    given = _given(answer)
    return "" if given is None and not question.behaviour.takes_value else show_answer(question, given, t.language)


def _given(answer: Answer) -> dict[str, Any] | None:
    """The answer as it was sent."""
    if answer.state == "not_applicable":
        return {"not_applicable": True}
    if answer.reason is not None:
        return {"could_not_check": answer.reason}
    return None if answer.value is None else {"value": answer.value}

