"""Rules in words: "Floors are clean. is No, and …", for people who read a questionnaire."""

from typing import Any

from field.locale import N_, Translator, pick
from field.questionnaire.definition import Definition, Rule

_LOOKS = {
    "is": N_("“%(question)s” is %(value)s"),
    "in": N_("“%(question)s” is one of: %(value)s"),
    "has": N_("“%(question)s” has %(value)s"),
    "below": N_("“%(question)s” is below %(value)s"),
    "at_least": N_("“%(question)s” is at least %(value)s"),
}
_ANSWERED = {True: N_("“%(question)s” is answered"), False: N_("“%(question)s” is not answered")}


class RuleWords:
    """Says the rules of one definition in one language."""

    def __init__(self, definition: Definition, t: Translator) -> None:
        self._definition = definition
        self.t = t

    def say(self, rule: Rule) -> str:
        """A rule as half a sentence, to stand after "when"."""
        if "all" in rule:
            return self.t(" and ").join(self._within(part) for part in rule["all"])
        if "any" in rule:
            return self.t(" or ").join(self._within(part) for part in rule["any"])
        if "not" in rule:
            return self.t("not (%(rule)s)", rule=self.say(rule["not"]))
        return self._look(rule)

    def _within(self, rule: Rule) -> str:
        return f"({self.say(rule)})" if rule.keys() & {"all", "any"} else self.say(rule)

    def _look(self, rule: Rule) -> str:
        question = self._definition.questions[rule["question"]]
        text = pick(question.text, self.t.language, self._definition.languages)
        operator = next(member for member in rule if member != "question")
        if operator == "answered":
            words = _ANSWERED[rule["answered"]]
            return self.t(words, question=text)
        given = rule[operator] if operator == "in" else [rule[operator]]
        return self.t(_LOOKS[operator], question=text, value=self.t(", ").join(self._value(question, each) for each in given))

    def _value(self, question: Any, operand: Any) -> str:
        return question.behaviour.show_operand(question, operand, self.t.language)
