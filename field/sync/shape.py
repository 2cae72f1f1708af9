"""Shapes of what phones send, as small checkers that know where they are.

A checker is a function ``(value, path) -> Iterator[Mistake]``. ``record`` refuses members it does not know, so that a
typing error is never a silent loss.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from field.errors import Mistake
from field.locale import N_
from field.questionnaire.times import is_time

Checker = Callable[[Any, str], Iterator[Mistake]]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def is_uuid(value: Any) -> bool:
    return isinstance(value, str) and _UUID.match(value) is not None


def is_sha256(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.match(value) is not None


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def integer(low: int, high: int) -> Checker:
    def holds(value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return plain(holds, N_("This must be an integer within its limits."))


def number(low: float, high: float) -> Checker:
    return plain(lambda v: is_number(v) and low <= v <= high, N_("This must be a number within its limits."))


def text(longest: int) -> Checker:
    return plain(lambda v: isinstance(v, str) and len(v) <= longest, N_("This must be text and not longer than allowed."))


def one_of(*allowed: Any) -> Checker:
    return plain(lambda v: v in allowed and not isinstance(v, bool), N_("This must be one of the values that the protocol names."))


def plain(holds: Callable[[Any], bool], message: str) -> Checker:
    """A checker of one value."""
    def check(value: Any, path: str) -> Iterator[Mistake]:
        if not holds(value):
            yield Mistake(path, "value.shape", message)
    return check


uuid = plain(is_uuid, N_("This must be a UUID in lower case."))
sha256 = plain(is_sha256, N_("This must be a SHA-256 in lower-case hexadecimal."))
time = plain(is_time, N_("This must be a time in UTC, such as 2026-11-22T10:04:11Z."))
anything = plain(lambda _: True, "")
mapping = plain(lambda v: isinstance(v, dict), N_("This must be an object."))


def nullable(check: Checker) -> Checker:
    return lambda value, path: iter(()) if value is None else check(value, path)


def array(check: Checker, longest: int) -> Checker:
    def every(value: Any, path: str) -> Iterator[Mistake]:
        if not isinstance(value, list) or len(value) > longest:
            yield Mistake(path, "value.shape", N_("This must be a list and not longer than allowed."))
            return
        for index, member in enumerate(value):
            yield from check(member, f"{path}/{index}")
    return every


def record(required: dict[str, Checker], optional: dict[str, Checker] | None = None) -> Checker:
    """An object with these members and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str) -> Iterator[Mistake]:
        if not isinstance(value, dict):
            yield Mistake(path, "value.shape", N_("This must be an object."))
            return
        for name in required:
            if name not in value:
                yield Mistake(f"{path}/{name}", "member.missing", N_("This member is missing."))
        for name, member in value.items():
            if name in known:
                yield from known[name](member, f"{path}/{name}")
            else:
                yield Mistake(f"{path}/{_escaped(name)}", "member.unknown", N_("This member is not known; check its spelling."))
    return check


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
