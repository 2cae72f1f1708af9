"""Whether a document has the shape that schema.json asks for: one sentence for every mistake.

A small reader of the part of JSON Schema that schema.json uses, so that paths, codes and
sentences are ours, patterns match whole texts and no document can make it fail.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from field.errors import Mistake
from field.locale import N_
from field.questionnaire.texts import pointer

DEEPEST = 32
SCHEMA = json.loads(Path(__file__).with_name("schema.json").read_text("utf-8"))
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: type(value) is int,
}
WRONG_TYPE = {
    "object": N_("Write an object here."),
    "array": N_("Write a list here."),
    "string": N_("Write a text here, in quotation marks."),
    "boolean": N_("Write true or false here."),
    "integer": N_("Write a whole number here, without quotation marks."),
}
WRONG_TEXT = {
    "key": N_("Write a key of small letters, digits and underscores, at most 64, beginning with a letter."),
    "decimal": N_('Write a decimal in quotation marks with at most three places, such as "2.5".'),
    "slug": N_("Write small letters, digits and single hyphens, at most 64."),
}
TOO_DEEP = N_("Nest the document less deeply: at most 32 levels.")
UNKNOWN = N_("Remove this member: the schema knows none of this name here.")
MISSING = N_("Add this member: it is required here.")
NOT_IN_LIST = N_("Write one of the values that the schema allows here.")
TOO_SHORT = N_("Give this list more entries.")
TOO_LONG = N_("Shorten this text.")
EMPTY = N_("Give at least one language its text.")
TOO_SMALL = N_("Write a larger number.")
TOO_LARGE = N_("Write a smaller number.")
TWICE = N_("Name every entry of this list once.")
UNPRINTABLE = N_("Remove control characters and broken characters from this text.")
NO_RULE = N_("Write a rule: question with is, in, has, below, at_least or answered; or all, any or not.")

Place = tuple[str | int, ...]


def check_shape(document: Any) -> list[Mistake]:
    """Every mistake of shape, in the order of the document."""
    if _is_deeper(document, DEEPEST):
        return [Mistake("", "document.depth", TOO_DEEP)]
    return list(_check(document, SCHEMA, (), ""))


def _is_deeper(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return any(isinstance(value, dict | list) for value in level) or bool(level)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _check(value: Any, schema: dict[str, Any], at: Place, name: str) -> Iterator[Mistake]:
    """`name` is what the schema calls this place, for sentences that fit it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = SCHEMA["$defs"][name]
    if "oneOf" in schema:
        yield from _check_one_of(value, schema["oneOf"], at)
        return
    if "const" in schema or "enum" in schema:
        yield from _check_listed(value, schema, at)
        return
    types = schema.get("type", ())
    types = (types,) if isinstance(types, str) else types
    if types and not any(TYPES[kind](value) for kind in types):
        yield _mistake(at, "shape.type", WRONG_TYPE[types[0]])
    elif isinstance(value, dict):
        yield from _check_object(value, schema, at)
    elif isinstance(value, list):
        yield from _check_list(value, schema, at)
    elif isinstance(value, str):
        yield from _check_text(value, schema, at, name)
    else:
        yield from _check_size(value, schema, at)


def _check_one_of(value: Any, branches: list[dict[str, Any]], at: Place) -> Iterator[Mistake]:
    given = value if isinstance(value, dict) else {}
    fitting = [branch for branch in branches if all(member in given for member in branch["required"])]
    if fitting:
        yield from _check(value, fitting[0], at, "rule")
    else:
        yield _mistake(at, "rule.shape", NO_RULE)


def _check_listed(value: Any, schema: dict[str, Any], at: Place) -> Iterator[Mistake]:
    allowed = schema["enum"] if "enum" in schema else [schema["const"]]
    if not any(type(value) is type(one) and value == one for one in allowed):
        yield _mistake(at, "shape.value", NOT_IN_LIST)


def _check_object(value: dict[str, Any], schema: dict[str, Any], at: Place) -> Iterator[Mistake]:
    for member in schema.get("required", ()):
        if member not in value:
            yield _mistake((*at, member), "shape.missing", MISSING)
    if len(value) < schema.get("minProperties", 0):
        yield _mistake(at, "text.empty", EMPTY)
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    for member, inner in value.items():
        if CONTROL.search(member):
            yield _mistake((*at, member), "text.characters", UNPRINTABLE)
        elif member in known:
            yield from _check(inner, known[member], (*at, member), member)
        elif others is False:
            yield _mistake((*at, member), "shape.unknown", UNKNOWN)
        else:
            yield from _check(inner, others, (*at, member), member)


def _check_list(value: list[Any], schema: dict[str, Any], at: Place) -> Iterator[Mistake]:
    if len(value) < schema.get("minItems", 0):
        yield _mistake(at, "shape.too_few", TOO_SHORT)
    for index, item in enumerate(value):
        if schema.get("uniqueItems") and item in value[:index]:
            yield _mistake((*at, index), "shape.twice", TWICE)
        yield from _check(item, schema.get("items", {}), (*at, index), "")


def _check_text(value: str, schema: dict[str, Any], at: Place, name: str) -> Iterator[Mistake]:
    if CONTROL.search(value):
        yield _mistake(at, "text.characters", UNPRINTABLE)
    elif "pattern" in schema and not _pattern(schema["pattern"]).fullmatch(value):
        yield _mistake(at, "shape.text", WRONG_TEXT[name])
    elif len(value) > schema.get("maxLength", len(value)):
        yield _mistake(at, "shape.too_long", TOO_LONG)


def _check_size(value: Any, schema: dict[str, Any], at: Place) -> Iterator[Mistake]:
    if "minimum" in schema and value < schema["minimum"]:
        yield _mistake(at, "shape.too_small", TOO_SMALL)
    if "maximum" in schema and value > schema["maximum"]:
        yield _mistake(at, "shape.too_large", TOO_LARGE)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _mistake(at: Place, code: str, message: str) -> Mistake:
    return Mistake(pointer(*at), code, message)
