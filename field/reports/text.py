"""Text in lines: wrapped to a width, cut only as the last resort, at a sentence or a word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from field.reports import bidi, shaping
from field.reports.breaking import clusters, pieces
from field.reports.fonts import visible

INK = (0.07, 0.08, 0.1)
QUIET = (0.25, 0.27, 0.31)
LONGEST_WORD = 200  # longer ones are broken without being measured whole: that would take quadratic time
PEN = (0x1D / 255, 0x4A / 255, 0x9E / 255)
SENTENCE_END = re.compile(r"[.;!?।](?=\s|$)|[。！？；]")


@dataclass(frozen=True)
class Style:
    """How a text looks: size and leading in points."""

    size: float
    leading: float
    weight: str = "regular"
    colour: tuple[float, float, float] = INK

    def at(self, factor: float) -> "Style":
        return replace(self, size=self.size * factor, leading=self.leading * factor)

    def width(self, text: str) -> float:
        """The width of a line in points."""
        return self.wide(visible(text))

    def wide(self, shown: str) -> float:
        """The width of a text that is visible already."""
        return shaping.width(shown, self.weight) * self.size / 1000


def wrap(text: str, style: Style, width: float, most: int | None = None) -> list[str]:
    """The lines of a text; with ``most`` at most so many, the last one ending at a sentence or with an ellipsis."""
    shown = visible(text)
    lines = _lines(shown, style, width)
    first = list(lines) if most is None else list(islice(lines, most + 1))
    kept = first if most is None or len(first) <= most else _cut(first[:most], style, width)
    return _directed(kept, shown)


def fits(text: str, style: Style, width: float, most: int) -> bool:
    """Whether the whole text takes at most so many lines."""
    return len(list(islice(_lines(visible(text), style, width), most + 1))) <= most


def _directed(lines: list[str], text: str) -> list[str]:
    """The lines, marked where one alone would not run the way of the whole text."""
    way = bidi.direction(text) or 0
    mark = bidi.RIGHT_TO_LEFT if way else bidi.LEFT_TO_RIGHT
    return [line if (bidi.direction(line) or 0) == way else mark + line for line in lines]


def _lines(text: str, style: Style, width: float) -> Iterator[str]:
    line, used, space = "", 0.0, style.wide(" ")
    for piece, spaced in _pieces(text, style, width):
        gap, long = (space if spaced else 0.0), style.wide(piece)
        if line and used + gap + long > width:
            yield line
            line, used = piece, long
        else:
            line, used = (f"{line}{' ' if spaced else ''}{piece}", used + gap + long) if line else (piece, long)
    if line:
        yield line


def _pieces(text: str, style: Style, width: float) -> Iterator[tuple[str, bool]]:
    """Pieces that fit the width; a longer one is broken."""
    for piece, spaced in pieces(text):
        while len(piece) > LONGEST_WORD or (len(piece) > 1 and style.wide(piece) > width):
            cut = _fitting(piece, style, width)
            yield piece[:cut], spaced
            piece, spaced = piece[cut:], False
        if piece:
            yield piece, spaced


def _fitting(word: str, style: Style, width: float) -> int:
    """How many first characters fit, one with its marks at least."""
    used, count = 0.0, 0
    for cluster in clusters(word):
        used += style.wide(cluster)
        if count and used > width:
            break
        count += len(cluster)
    return count


def _cut(lines: list[str], style: Style, width: float) -> list[str]:
    """Up to the last sentence's end where that keeps most of the lines, else with an ellipsis."""
    ends = ((place, found.end()) for place, line in enumerate(lines) for found in SENTENCE_END.finditer(line))
    place, end = max(ends, default=(0, 0))
    whole = [*lines[:place], lines[place][:end]]
    if sum(map(len, whole)) > 0.6 * sum(map(len, lines)):
        return whole
    return [*lines[:-1], _with_ellipsis(lines[-1], style, width)]


def _with_ellipsis(line: str, style: Style, width: float) -> str:
    """The line's beginning, ending at a word unless that leaves little of it."""
    kept = line[:_fitting(line, style, width - style.wide(" …"))]
    word = kept.rfind(" ") if len(kept) < len(line) else len(kept)
    return f"{kept[:word] if word > 0.6 * len(kept) else kept} …"
