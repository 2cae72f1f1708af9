"""JSON as ``protocol.md`` §2 accepts it: what would poison a database or another phone is refused with its place."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from field.errors import Mistake, Problem
from field.locale import N_

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1
#: C0 except tab and newline, DEL, C1, lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


_PLAIN = frozenset((str, int, float, bool, type(None)))


@dataclass(frozen=True)
class _Fault:
    """Stands in the parsed value where something is wrong, until the walk that knows the path finds it."""

    code: str
    message: str


_DUPLICATE = _Fault("json.duplicate", N_("This object has the same key twice."))
_NOT_FINITE = _Fault("json.number", N_("NaN and Infinity are not JSON, and numbers must fit a double."))
_TOO_LARGE = _Fault("json.integer", N_("Integers go up to 2^53 - 1; write longer ones as text."))


def parse(body: bytes) -> Any:
    """The value of a body; Problem ``json.invalid`` names every fault with its JSON Pointer."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=lambda _: _NOT_FINITE,
                           parse_float=_float, parse_int=_integer)
    except UnicodeDecodeError as error:
        raise _invalid("json.encoding", f"Byte {error.start} is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise _invalid("json.syntax", f"Line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except RecursionError:
        raise _invalid("json.depth", f"Nested deeper than {MAX_DEPTH}.") from None
    if "\\" in text or _FORBIDDEN.search(text) or not _is_sound(value, 1):
        faults = list(_faults(value, "", 1))
        if faults:
            raise Problem("json.invalid", errors=faults)
    return value


def nfc(value: Any) -> Any:
    """The same value with every text in Unicode's composed form."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: nfc(member) for key, member in value.items()}
    return [nfc(member) for member in value] if isinstance(value, list) else value


def _invalid(code: str, message: str) -> Problem:
    return Problem("json.invalid", errors=[Mistake("", code, message)])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Fault:
    value = dict(pairs)
    return value if len(value) == len(pairs) else _DUPLICATE


def _float(text: str) -> float | _Fault:
    value = float(text)
    return value if abs(value) != float("inf") else _NOT_FINITE


def _integer(text: str) -> int | _Fault:
    value = int(text) if len(text) < 18 else MAX_INTEGER + 1
    return value if abs(value) <= MAX_INTEGER else _TOO_LARGE


def _is_sound(value: Any, depth: int) -> bool:
    """Whether a value is free of faults, given that its texts are. Most bodies are, and need no paths."""
    if not isinstance(value, (dict, list)):
        return not isinstance(value, _Fault)
    members = value.values() if isinstance(value, dict) else value
    return depth <= MAX_DEPTH and all(_is_sound(member, depth + 1) for member in members if member.__class__ not in _PLAIN)


def _faults(value: Any, path: str, depth: int) -> Iterator[Mistake]:
    if isinstance(value, str):
        if _FORBIDDEN.search(value):
            yield Mistake(path, "json.characters", N_("Control characters and lone surrogates are not accepted."))
    elif isinstance(value, _Fault):
        yield Mistake(path, value.code, value.message)
    elif isinstance(value, (dict, list)):
        if depth > MAX_DEPTH:
            yield Mistake(path, "json.depth", f"Nested deeper than {MAX_DEPTH}.")
            return
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str) and _FORBIDDEN.search(key):
                yield Mistake(path, "json.characters", N_("A key holds control characters or lone surrogates."))
            elif not isinstance(member, (int, bool)):
                yield from _faults(member, f"{path}/{_escaped(key)}", depth + 1)


def _escaped(key: str | int) -> str:
    return key.replace("~", "~0").replace("/", "~1") if isinstance(key, str) else str(key)
