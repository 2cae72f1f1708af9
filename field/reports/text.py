"""Text in lines: wrapped to a width, cut only as the last resort, at a sentence or a word."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from field.reports import fonts

INK = (0.07, 0.08, 0.1)
QUIET = (0.25, 0.27, 0.31)
LONGEST_WORD = 200  # longer ones are broken without being measured whole: that would take quadratic time
PEN = (0x1D / 255, 0x4A / 255, 0x9E / 255)


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
        return fonts.width(fonts.visible(text, self.weight), self.weight, self.size)


def wrap(text: str, style: Style, width: float, most: int | None = None) -> list[str]:
    """The lines of a text; with ``most`` at most so many, the last one ending at a sentence or with an ellipsis."""
    lines = _lines(fonts.visible(text, style.weight), style, width)
    first = list(lines) if most is None else list(islice(lines, most + 1))
    return first if most is None or len(first) <= most else _cut(first[:most], style, width)


def fits(text: str, style: Style, width: float, most: int) -> bool:
    """Whether the whole text takes at most so many lines."""
    return len(list(islice(_lines(fonts.visible(text, style.weight), style, width), most + 1))) <= most


def _lines(text: str, style: Style, width: float) -> Iterator[str]:
    line, used, space = "", 0.0, fonts.width(" ", style.weight, style.size)
    for word in _words(text, style, width):
        long = fonts.width(word, style.weight, style.size)
        if line and used + space + long > width:
            yield line
            line, used = word, long
        else:
            line, used = (f"{line} {word}", used + space + long) if line else (word, long)
    if line:
        yield line


def _words(text: str, style: Style, width: float) -> Iterator[str]:
    """Words that fit the width; a longer one is broken."""
    for word in text.split():
        while len(word) > LONGEST_WORD or (len(word) > 1 and fonts.width(word, style.weight, style.size) > width):
            cut = _fitting(word, style, width)
            yield word[:cut]
            word = word[cut:]
        if word:
            yield word


def _fitting(word: str, style: Style, width: float) -> int:
    """How many first characters fit, one at least."""
    used = 0.0
    for count, character in enumerate(word):
        used += fonts.width(character, style.weight, style.size)
        if used > width:
            return max(1, count)
    return len(word)


def _cut(lines: list[str], style: Style, width: float) -> list[str]:
    whole = " ".join(lines)
    end = max(whole.rfind(mark) for mark in (". ", "; ", "! ", "? ")) + 1
    if end > 0.6 * len(whole):
        return list(_lines(whole[:end], style, width))
    return [*lines[:-1], _with_ellipsis(lines[-1], style, width)]


def _with_ellipsis(line: str, style: Style, width: float) -> str:
    """The line's beginning, ending at a word unless that leaves little of it."""
    kept = line[:_fitting(line, style, width - fonts.width(" …", style.weight, style.size))]
    word = kept.rfind(" ") if len(kept) < len(line) else len(kept)
    return f"{kept[:word] if word > 0.6 * len(kept) else kept} …"
