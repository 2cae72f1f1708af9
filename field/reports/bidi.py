"""Which way a line's characters run: Unicode's bidirectional algorithm (UAX 9) for one line.

Without embeddings, overrides and isolates: paper prints those as their codes, so that no text can disguise another.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
#: Invisible marks that give a text, or a place in it, a direction.
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
_STRONG = {"L": 0, "R": 1, "AL": 1}
_NEUTRAL = {"WS", "ON", "B", "S"}
_CLOSING = dict(zip("([{（［｛「『【〈《〔", ")]}）］｝」』】〉》〕", strict=True))
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}


def direction(text: str) -> int | None:
    """0 for left to right, 1 for right to left, as the first letter says; None without a letter."""
    return next((_STRONG[kind] for kind in map(unicodedata.bidirectional, text) if kind in _STRONG), None)


def apart(text: str) -> str:
    """A text to be put into a sentence of ours, marked so that it does not reorder what stands beside it."""
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}" if _turns(text) else text


def _turns(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text)


def levels(text: str) -> list[int]:
    """The embedding level of each character: even ones run to the right, odd ones to the left."""
    if not _turns(text):
        return [0] * len(text)
    base = direction(text) or 0
    kinds = [unicodedata.bidirectional(character) for character in text]
    _weak(kinds, base)
    _brackets(text, kinds, base)
    _neutral(kinds, base)
    return _ended([_level(kind, base) for kind in kinds], text, base)


def visual(pieces: Sequence[T], level: Callable[[T], int]) -> list[T]:
    """Pieces in reading order, put in the order in which they stand from left to right (L2)."""
    order, heights = list(pieces), [level(piece) for piece in pieces]
    lowest = min((height for height in heights if height % 2), default=1)
    for height in range(max(heights, default=0), lowest - 1, -1):
        for start, end in _stretches([each >= height for each in heights]):
            order[start:end], heights[start:end] = order[start:end][::-1], heights[start:end][::-1]
    return order


def _stretches(chosen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Start and end of each longest row of chosen places."""
    start = None
    for place, yes in enumerate([*chosen, False]):
        if yes and start is None:
            start = place
        elif not yes and start is not None:
            yield start, place
            start = None


def _weak(kinds: list[str], base: int) -> None:
    """W1 to W7: marks take the kind of their letter, digits and their signs become numbers or neutral."""
    before = "R" if base else "L"
    strong = before
    for place, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kind = before
        elif kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[place] = before = kind
    _separators(kinds)
    _terminators(kinds)
    strong = "R" if base else "L"
    for place, kind in enumerate(kinds):
        if kind in _STRONG:
            kinds[place] = strong = "R" if _STRONG[kind] else "L"
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
        elif kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"


def _separators(kinds: list[str]) -> None:
    """W4: one separator between two numbers of one sort belongs to them."""
    for place in range(1, len(kinds) - 1):
        beside = {kinds[place - 1], kinds[place + 1]}
        if (kinds[place] in ("ES", "CS") and beside == {"EN"}) or (kinds[place] == "CS" and beside == {"AN"}):
            kinds[place] = kinds[place + 1]


def _terminators(kinds: list[str]) -> None:
    """W5: signs such as % that touch a number belong to it."""
    for start, end in list(_stretches([kind == "ET" for kind in kinds])):
        if "EN" in (*kinds[max(0, start - 1):start], *kinds[end:end + 1]):
            kinds[start:end] = ["EN"] * (end - start)


def _brackets(text: str, kinds: list[str], base: int) -> None:
    """N0: a pair of brackets goes the way of what it holds."""
    for opening, closing in _pairs(text, kinds):
        inside = {_way(kind) for kind in kinds[opening + 1:closing]} - {None}
        if base in inside:
            way = base
        elif inside:
            before = next((_way(kind) for kind in reversed(kinds[:opening]) if _way(kind) is not None), base)
            way = before if before in inside else base
        else:
            continue
        kinds[opening] = kinds[closing] = "R" if way else "L"


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    found, waiting = [], []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _CLOSING:
            waiting.append((character, place))
        elif character in _OPENING:
            depth = next((deep for deep in range(len(waiting) - 1, -1, -1) if waiting[deep][0] == _OPENING[character]), None)
            if depth is not None:
                found.append((waiting[depth][1], place))
                del waiting[depth:]
    return sorted(found)


def _way(kind: str) -> int | None:
    """Numbers count as right to left beside neutral characters."""
    return {"L": 0, "R": 1, "EN": 1, "AN": 1}.get(kind)


def _neutral(kinds: list[str], base: int) -> None:
    """N1, N2: between two of one way neutral characters go that way, else the line's."""
    for start, end in list(_stretches([kind in _NEUTRAL for kind in kinds])):
        before = _way(kinds[start - 1]) if start else base
        after = _way(kinds[end]) if end < len(kinds) else base
        kinds[start:end] = ["R" if (before if before == after else base) else "L"] * (end - start)


def _level(kind: str, base: int) -> int:
    """I1, I2."""
    if kind in ("EN", "AN"):
        return 2
    return base if (kind == "R") == bool(base) else base + 1


def _ended(found: list[int], text: str, base: int) -> list[int]:
    """L1: white space at the end stays at the end."""
    kept = len(text)
    while kept and unicodedata.bidirectional(text[kept - 1]) in ("WS", "B", "S", "BN"):
        kept -= 1
    return [*found[:kept], *[base] * (len(text) - kept)]
