"""What every kind of question knows about itself; the nine kinds differ in nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from field.locale import N_
from field.questionnaire.decimals import DECIMAL, GRAINS, thousandths

if TYPE_CHECKING:
    from field.questionnaire.definition import Question


@dataclass(frozen=True)
class Fault:
    """What is wrong, by code and in a sentence that says what to do; `at` leads to the place."""

    code: str
    message: str
    at: tuple[str | int, ...] = ()


NO_VALUE = Fault("value.kind", N_("This question takes no value; leave the value out."))

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda seen, wanted: seen == wanted,
    "in": lambda seen, wanted: seen in wanted,
    "has": lambda seen, wanted: wanted in seen,
    "below": lambda seen, wanted: seen < wanted,
    "at_least": lambda seen, wanted: seen >= wanted,
}


class Kind:
    """One kind of question: its definition, its values, its points, its rules and its words."""

    name: ClassVar[str]
    takes_value: ClassVar[bool] = True
    takes_answer: ClassVar[bool] = True
    scored_by: ClassVar[str | None] = "answer"
    operators: ClassVar[frozenset[str]] = frozenset({"is", "in"})

    def check(self, question: "Question") -> Iterator[Fault]:
        """Everything wrong with the question's definition that only its kind can know."""
        yield from ()

    def fault(self, question: "Question", value: Any) -> Fault | None:
        """What is wrong with a value, of whatever type it is; None for a good one."""
        return NO_VALUE

    def is_empty(self, value: Any) -> bool:
        """Whether a good value says nothing, so that the question counts as unanswered."""
        return False

    def scorer(self, question: "Question") -> Callable[[Any], int]:
        """A function from a good value to its points in grains, before clipping to the maximum."""
        return lambda value: 0

    def earned(self, question: "Question", value: Any) -> Fraction:
        """The exact points of a good value, never below 0 or above the maximum."""
        points = Fraction(self.scorer(question)(value), GRAINS)
        return min(max(points, Fraction(0)), question.points)

    def measure(self, value: Any) -> Any:
        """A good value as rules compare it."""
        return value

    def operand(self, question: "Question", operator: str, operand: Any) -> Any | None:
        """What a rule compares with, in the measure of this kind; None where it does not fit."""
        return None

    def operands(self, question: "Question", operator: str, given: Any) -> Any | None:
        """The same for every operator; `in` takes a list of what `is` takes."""
        if operator not in self.operators:
            return None
        if operator != "in":
            return self.operand(question, operator, given)
        each = [self.operand(question, "is", item) for item in given]
        return None if None in each else each

    def test(self, question: "Question", operator: str, given: Any) -> Callable[[Any], bool]:
        """A function from a good value to whether the rule holds for it."""
        compare, wanted, measure = COMPARE[operator], self.operands(question, operator, given), self.measure
        return lambda value: compare(measure(value), wanted)

    def show(self, question: "Question", value: Any, language: str) -> str:
        """A good value in words for a person."""
        return str(value)

    def show_operand(self, question: "Question", operand: Any, language: str) -> str:
        """What a rule compares with, in words; unless a kind says otherwise it looks like a value."""
        return self.show(question, operand, language)


def is_integer(value: Any) -> bool:
    """Whether it is a JSON integer: true is not 1."""
    return type(value) is int


def amount(operand: Any) -> int | None:
    """A rule's number in thousandths, from an integer or a decimal text; None for anything else."""
    if is_integer(operand):
        return operand * 1000
    if isinstance(operand, str) and DECIMAL.fullmatch(operand):
        return thousandths(operand)
    return None
