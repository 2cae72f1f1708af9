"""Rules over earlier answers, compiled once; and which questions they leave to be asked.

A question without a value (hidden, not applicable, could not check, unanswered) makes every
comparison false and `answered: false` true.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from field.questionnaire.definition import Definition, Question, Rule

if TYPE_CHECKING:
    from field.questionnaire.plan import Step

Values = Mapping[str, Any]
Predicate = Callable[[Values], bool]
Answers = Mapping[str, Any]
#: Each question's state, in order, and the good values of the shown ones.
Reading = tuple[dict[str, str], dict[str, Any]]

NOT_APPLICABLE = "not_applicable"
COULD_NOT_CHECK = "could_not_check"
UNANSWERED = "unanswered"
HIDDEN = "hidden"
ANSWERED = "answered"


def compile_rule(rule: Rule | None, questions: Mapping[str, Question]) -> Predicate | None:
    """The rule as a function of the values so far; None stays None."""
    if rule is None:
        return None
    if "all" in rule:
        parts = [compile_rule(part, questions) for part in rule["all"]]
        return lambda values: all(part(values) for part in parts)
    if "any" in rule:
        parts = [compile_rule(part, questions) for part in rule["any"]]
        return lambda values: any(part(values) for part in parts)
    if "not" in rule:
        part = compile_rule(rule["not"], questions)
        return lambda values: not part(values)
    return _compile_look(rule, questions[rule["question"]])


def _compile_look(rule: Rule, question: Question) -> Predicate:
    key = question.key
    operator = next(member for member in rule if member != "question")
    if operator == "answered":
        wanted = rule["answered"]
        return lambda values: (key in values) is wanted
    test = question.behaviour.test(question, operator, rule[operator])
    return lambda values: key in values and test(values[key])


def visible(definition: Definition, answers: Answers) -> frozenset[str]:
    """The keys of the questions that these answers leave to be asked."""
    states, _ = read(definition, answers)
    return frozenset(key for key, state in states.items() if state != HIDDEN)


def read(definition: Definition, answers: Answers) -> Reading:
    """Each question's state, in order, and the good values of the shown ones.

    Never raises, whatever the answers hold: what is no good value is no value.
    """
    states: dict[str, str] = {}
    values: dict[str, Any] = {}
    for section_shown, steps in definition.plan.sections:
        open_section = section_shown is None or section_shown(values)
        for step in steps:
            if open_section and (step.shown is None or step.shown(values)):
                states[step.key] = _take(step, answers.get(step.key), values)
            else:
                states[step.key] = HIDDEN
    return states, values


def _take(step: "Step", answer: Any, values: dict[str, Any]) -> str:
    if not isinstance(answer, dict):
        return UNANSWERED
    if answer.get(NOT_APPLICABLE) is True:
        return NOT_APPLICABLE
    if isinstance(answer.get(COULD_NOT_CHECK), str):
        return COULD_NOT_CHECK
    if "value" not in answer:
        return UNANSWERED
    value = answer["value"]
    if step.kind.fault(step.question, value) or step.kind.is_empty(value):
        return UNANSWERED
    values[step.key] = value
    return ANSWERED
