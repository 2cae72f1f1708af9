"""The fonts on paper: chosen character by character, and a visible code where none of them has a glyph.

A font is opened when its first character is asked for, and stays a map of its file: a sheet without Chinese never
reads a Chinese font.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import uharfbuzz as hb

FOLDER = Path(__file__).parent / "fonts"


@dataclass(frozen=True)
class Family:
    """The files of one design; without a bold one, or where it lacks a character, lines are drawn thicker."""

    regular: str
    bold: str | None = None


LATIN = Family("NotoSans-Regular", "NotoSans-Bold")  # and Greek, Cyrillic, Devanagari
SIMPLIFIED = Family("NotoSansSC-Regular", "NotoSansSC-Bold")
TRADITIONAL = Family("NotoSansTC-Regular", "NotoSansTC-Bold")
SYMBOLS = Family("NotoSansSymbols2-Regular")
#: In the order in which they are asked for a character, before the Chinese ones. A new script is a new name here.
ALPHABETS = (LATIN, Family("NotoSansThai-Regular", "NotoSansThai-Bold"),
             Family("NotoSansArabic-Regular", "NotoSansArabic-Bold"), Family("NotoSansHebrew-Regular", "NotoSansHebrew-Bold"))
#: The same character has another shape in Taiwan and Hong Kong: a page in Chinese decides which is asked first.
ANY_CHINESE = (SIMPLIFIED, TRADITIONAL)
CHINESE = {"zh-Hans": ANY_CHINESE, "zh-Hant": (TRADITIONAL, SIMPLIFIED)}

#: Punctuation that Chinese sets as wide as an ideograph and other scripts do not, by the side on which its text stands.
_WIDE_BEFORE, _WIDE_AFTER = "“‘", "”’…—·"
#: What has no shape of its own: chances to break, joiners, and marks of direction.
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u061c")
_LINE_ENDS = frozenset("\n\r\t\x0b\x0c\x85\u2028\u2029")


@dataclass(frozen=True)
class Ink:
    """A font, and whether it stands in for a bold one."""

    font: str
    thick: bool = False


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that one font draws."""

    ink: Ink
    text: str


@cache
def opened(name: str) -> hb.Font:
    """A font by its file's name."""
    return hb.Font(hb.Face(hb.Blob.from_file_path(FOLDER / f"{name}.ttf")))


@lru_cache(maxsize=20_000)
def _has(name: str, character: str) -> bool:
    return opened(name).get_nominal_glyph(ord(character)) is not None


@lru_cache(maxsize=20_000)
def _families(character: str) -> tuple[Family, ...]:
    """The alphabet that has the character, else every Chinese family that has it, else the symbols."""
    if character in INVISIBLE or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return ()
    alphabet = next((family for family in ALPHABETS if _has(family.regular, character)), None)
    chinese = () if alphabet else tuple(family for family in ANY_CHINESE if _has(family.regular, character))
    symbols = (SYMBOLS,) if not alphabet and not chinese and _has(SYMBOLS.regular, character) else ()
    return ((alphabet,) if alphabet else ()) + chinese + symbols


@lru_cache(maxsize=1_000)
def visible(text: str) -> str:
    """The text as it can be printed: composed, spaces for control of lines, ``[U+4E2D]`` for what no font has."""
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=20_000)
def _shown(character: str) -> str:
    if character in _LINE_ENDS:
        return " "
    if character == "\u00ad" or "\ufe00" <= character <= "\ufe0f":  # hyphens to be, and choices among shapes
        return ""
    return character if character in INVISIBLE or _families(character) else f"[U+{ord(character):04X}]"


def runs(text: str, weight: str, language: str = "") -> Iterator[Run]:
    """A visible text, split where the font changes."""
    families = list(_chosen(text, CHINESE.get(language) or _guessed(text)))
    inks = [_ink(family, character, weight) for family, character in zip(families, text, strict=True)]
    start = 0
    for ink, same in groupby(inks):
        end = start + len(list(same))
        yield Run(ink, text[start:end])
        start = end


def _guessed(text: str) -> Sequence[Family]:
    """Among other languages: traditional where a character is one, and none is simplified alone."""
    standards = {(_in(character, "gb2312"), _in(character, "big5")) for character in text if not character.isascii()}
    return CHINESE["zh-Hant" if (False, True) in standards and (True, False) not in standards else "zh-Hans"]


def _in(character: str, encoding: str) -> bool:
    return bool("\u4e00" <= character <= "\u9fff" and character.encode(encoding, "ignore"))


def _chosen(text: str, chinese: Sequence[Family]) -> Iterator[Family]:
    """The family of each character; neighbouring ideographs share one where one has them all."""
    possible = _beside(text, [_families(character) for character in text])
    for several, same in groupby(zip(possible, text, strict=True), key=lambda each: _is_chinese(each[0])):
        found = list(same)
        if not several:
            yield from (families[0] for families, _ in found)
            continue
        whole = next((family for family in chinese if all(family in families for families, _ in found)), None)
        yield from (whole or next(family for family in chinese if family in families) for families, _ in found)


def _is_chinese(families: Sequence[Family]) -> bool:
    return families[0] in ANY_CHINESE


def _beside(text: str, found: list[tuple[Family, ...]]) -> list[tuple[Family, ...]]:
    """What is drawn like its neighbour: marks above and below, what is invisible, and quotation marks in Chinese."""
    for place, character in enumerate(text):
        before = found[place - 1] if place else (LATIN,)
        if not found[place] or (unicodedata.combining(character) and _has(before[0].regular, character)):
            found[place] = before
        elif character in _WIDE_AFTER and _is_chinese(before):
            found[place] = ANY_CHINESE
    for place in range(len(text) - 2, -1, -1):
        if text[place] in _WIDE_BEFORE and _is_chinese(found[place + 1]):
            found[place] = ANY_CHINESE
    return found


@lru_cache(maxsize=20_000)
def _ink(family: Family, character: str, weight: str) -> Ink:
    if weight == "regular":
        return Ink(family.regular)
    if family.bold and (character in INVISIBLE or _has(family.bold, character)):
        return Ink(family.bold)
    return Ink(family.regular, thick=True)
