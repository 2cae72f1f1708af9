"""The fonts on paper: embedded, chosen character by character, and a visible code where none of them has a glyph."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

#: Per weight, the fonts in the order in which they are asked for a character. A new script is a new name here.
FALLBACKS = {
    "regular": ("NotoSans-Regular",),
    "bold": ("NotoSans-Bold",),
}
FOLDER = Path(__file__).parent / "fonts"


@dataclass(frozen=True)
class Run:
    """Neighbouring characters that one font draws."""

    font: str
    text: str


@cache
def load() -> dict[str, TTFont]:
    """Registers every font once, on first use: reading them costs a start that prints nothing too much."""
    rl_config.useA85 = 0  # binary streams: a photo's bytes go into the file as they are
    fonts = {name: TTFont(name, str(FOLDER / f"{name}.ttf")) for names in FALLBACKS.values() for name in names}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    return fonts


@lru_cache(maxsize=20_000)
def font_for(character: str, weight: str) -> str | None:
    """The first font of the weight that has the character."""
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return None
    return next((name for name in FALLBACKS[weight] if ord(character) in load()[name].face.charToGlyph), None)


@lru_cache(maxsize=2_000)
def visible(text: str, weight: str = "regular") -> str:
    """The text as it can be printed: composed, spaces for control of lines, ``[U+4E2D]`` for what no font has."""
    composed = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    return "".join(_shown(character, weight) for character in composed)


def _shown(character: str, weight: str) -> str:
    if character in "\n\r\t\u2028\u2029":
        return " "
    return character if font_for(character, weight) else f"[U+{ord(character):04X}]"


def runs(text: str, weight: str) -> list[Run]:
    """A visible text, split where the font changes."""
    pieces = groupby(text, key=lambda character: font_for(character, weight) or FALLBACKS[weight][0])
    return [Run(font, "".join(characters)) for font, characters in pieces]


def width(text: str, weight: str, size: float) -> float:
    """The width of a visible text in points."""
    return _units(text, weight) * size / 1000


@lru_cache(maxsize=20_000)
def _units(text: str, weight: str) -> float:
    load()
    return sum(pdfmetrics.stringWidth(run.text, run.font, 1000) for run in runs(text, weight))
