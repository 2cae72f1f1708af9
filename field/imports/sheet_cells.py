"""What cells of a questionnaire's spreadsheet mean: each converter gives the document's value or says how to write it."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from field.locale import N_

NO_NUMBER = N_("Write a number with at most three decimals.")
NO_WHOLE = N_("Write a whole number.")
NO_YES = N_("Write yes or no.")
NO_RULE = N_("Write a rule such as: floors_clean is no; price in cheaper, dearer; wait below 60; smile at least 4; remarks answered.")
FORMULA = N_("Write the value itself instead of a formula.")

_RULE = re.compile(r"([a-z][a-z0-9_]*) +(is|in|has|below|at least) +(\S.*)\Z")
_ANSWERED = re.compile(r"([a-z][a-z0-9_]*) +(not +)?answered\Z")
_YES = {"yes": True, "x": True, "true": True, "no": False, "false": False}


class Unclear(Exception):
    """A cell that cannot be meant; its text says how to write it."""


def word(cell: Any) -> str:
    """A text as it stands; a number as one types it."""
    if isinstance(cell, str) and cell.startswith("="):
        raise Unclear(FORMULA)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def decimal(cell: Any) -> str:
    try:
        number = Decimal(word(cell).replace(",", ".")).normalize()
    except InvalidOperation:
        raise Unclear(NO_NUMBER) from None
    if isinstance(cell, bool) or not number.is_finite() or number.as_tuple().exponent < -3 or abs(number) >= 10**9:
        raise Unclear(NO_NUMBER)
    return f"{number:f}"


def whole(cell: Any) -> int:
    text = decimal(cell)
    if "." in text:
        raise Unclear(NO_WHOLE)
    return int(text)


def yes(cell: Any) -> bool:
    said = _YES.get(word(cell).lower())
    if said is None:
        raise Unclear(NO_YES)
    return said


def rule(cell: Any) -> dict[str, Any]:
    """``key is …``, ``key in a, b``, ``key has …``, ``key below 3``, ``key at least 4``, ``key answered``, ``key not answered``."""
    text = " ".join(word(cell).split())
    answered = _ANSWERED.match(text)
    if answered:
        return {"question": answered[1], "answered": not answered[2]}
    found = _RULE.match(text)
    if not found:
        raise Unclear(NO_RULE)
    question, operator, operand = found.groups()
    if operator == "in":
        return {"question": question, "in": [_operand(part.strip()) for part in operand.split(",")]}
    if operator in ("below", "at least"):
        return {"question": question, operator.replace(" ", "_"): decimal(operand)}
    return {"question": question, operator: operand if operator == "has" else _operand(operand)}


def of_options(rule: dict[str, Any]) -> dict[str, Any]:
    """The rule over a question with options: there, yes and no are keys like others."""
    return {member: [_key(one) for one in operand] if isinstance(operand, list) else _key(operand) for member, operand in rule.items()}


def _key(operand: Any) -> Any:
    return word(operand) if isinstance(operand, bool) else operand


def _operand(text: str) -> bool | int | str:
    """Yes and no, steps of a rating, else the key of an option or a decimal."""
    if text in ("yes", "no"):
        return text == "yes"
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else text
