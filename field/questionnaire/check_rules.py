"""Whether every rule looks back, at a question that can answer it, with something it can say."""

from collections.abc import Iterator, Mapping

from field.errors import Mistake
from field.locale import N_
from field.questionnaire.definition import Definition, Question, Rule
from field.questionnaire.texts import pointer

UNKNOWN = N_("Name a question of this questionnaire.")
LATER = N_("Name an earlier question: a rule looks only at what is already answered.")
VALUELESS = N_("Name a question that takes a value: this one has none to look at.")
OPERATOR = N_("Use a comparison that fits the kind of the question looked at.")
OPERAND = N_("Compare with a value that the question looked at can have.")

Place = tuple[str | int, ...]


def check_rules(definition: Definition) -> Iterator[Mistake]:
    """Every mistake in every rule, in the order of the document."""
    checker = _Rules(definition.questions)
    for index, section in enumerate(definition.sections):
        yield from checker.check(section.shown_if, ("sections", index, "shown_if"))
        for position, question in enumerate(section.questions):
            here = ("sections", index, "questions", position)
            yield from checker.check(question.required_if, (*here, "required_if"))
            yield from checker.check(question.shown_if, (*here, "shown_if"))
            checker.earlier[question.key] = question
            yield from checker.check(question.comment_required_if, (*here, "comment_required_if"))
            if question.photos:
                yield from checker.check(question.photos.rule, (*here, "photos", "min_if", "rule"))


class _Rules:
    """Checks rules against the questions asked so far."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions = questions
        self.earlier: dict[str, Question] = {}

    def check(self, rule: Rule | None, at: Place) -> Iterator[Mistake]:
        if rule is None:
            return
        for member in ("all", "any"):
            for index, part in enumerate(rule.get(member, ())):
                yield from self.check(part, (*at, member, index))
        yield from self.check(rule.get("not"), (*at, "not"))
        if "question" in rule:
            yield from self._check_look(rule, at)

    def _check_look(self, rule: Rule, at: Place) -> Iterator[Mistake]:
        key = rule["question"]
        question = self.earlier.get(key)
        if question is None:
            known = key in self.questions
            code, message = ("rule.later", LATER) if known else ("rule.unknown", UNKNOWN)
            yield Mistake(pointer(*at, "question"), code, message)
        elif not question.behaviour.takes_value:
            yield Mistake(pointer(*at, "question"), "rule.valueless", VALUELESS)
        else:
            yield from self._check_comparison(rule, question, at)

    def _check_comparison(self, rule: Rule, question: Question, at: Place) -> Iterator[Mistake]:
        operator = next(member for member in rule if member != "question")
        if operator == "answered":
            return
        if operator not in question.behaviour.operators:
            yield Mistake(pointer(*at, operator), "rule.operator", OPERATOR)
        elif question.behaviour.operands(question, operator, rule[operator]) is None:
            yield Mistake(pointer(*at, operator), "rule.operand", OPERAND)
