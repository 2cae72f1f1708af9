"""Where a line may end: at spaces, between Chinese characters, between Thai words, and anywhere in what is too long.

The rules follow Unicode's line breaking (UAX 14) as far as our scripts need it; Thai words come from BudouX.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import budoux

#: Spaces that may become the end of a line; no-break spaces stay.
_SPACES = re.compile("[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_IDEOGRAPHIC = re.compile("[\u2e80-\u2fdf\u3001-\u30ff\u3105-\u312f\u31a0-\u31ef\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                          "\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]")
_THAI = re.compile("([\u0e01-\u0e3a\u0e40-\u0e4e]+)")
_DIVISIBLE = re.compile(f"\u200b|{_IDEOGRAPHIC.pattern}|{_THAI.pattern}")
#: No line ends before these, none after those.
_NOT_FIRST = frozenset("、。，．：；？！）］｝」』】〉》〕〗’”…—·・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ!),.:;?]}%‰℃")
_NOT_LAST = frozenset("（［｛「『【〈《〔〖‘“([{￥＄$€£")
_JOINERS = "\u200c\u200d"


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What is not to be divided, each with whether a space stands before it."""
    for spaced, word in enumerate(_SPACES.split(text.strip(" "))):
        for place, piece in enumerate(_parts(word)):
            yield piece, bool(spaced) and not place


def _parts(word: str) -> Iterator[str]:
    """A word between spaces, divided where its script allows it."""
    if not _DIVISIBLE.search(word):
        yield word
        return
    for visible in filter(None, word.split("\u200b")):
        held = ""
        for unit in _units(visible):
            if held and _may_end(held, unit):
                yield held
                held = unit
            else:
                held += unit
        yield held


def _units(word: str) -> Iterator[str]:
    """Ideographs one by one, Thai by its words, everything else as long as it goes."""
    for part in _THAI.split(word):
        if _THAI.fullmatch(part):
            yield from _thai().parse(part)
        else:
            yield from _ideographs(part)


def _ideographs(part: str) -> Iterator[str]:
    start = 0
    for found in _IDEOGRAPHIC.finditer(part):
        if start < found.start():
            yield part[start:found.start()]
        yield found.group()
        start = found.end()
    if start < len(part):
        yield part[start:]


def _may_end(held: str, unit: str) -> bool:
    """Whether a line may end between the two: only beside an ideograph or within Thai."""
    if unit[0] in _NOT_FIRST or held[-1] in _NOT_LAST or unicodedata.combining(unit[0]):
        return False
    return any(_IDEOGRAPHIC.match(side) or _THAI.match(side) for side in (held[-1], unit[0]))


@cache
def _thai() -> budoux.Parser:
    return budoux.load_default_thai_parser()


def clusters(word: str) -> Iterator[str]:
    """The shortest parts into which a word that is too long may be broken: a letter with its marks."""
    held = ""
    for character in word:
        apart = unicodedata.category(character)[0] != "M" and character not in _JOINERS and held[-1:] not in ("\u200d", "\u094d")
        if held and apart and character != "\u0e33":  # sara am is a mark in all but name
            yield held
            held = ""
        held += character
    if held:
        yield held
