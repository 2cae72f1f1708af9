"""From a line of text to glyphs in their places: HarfBuzz shapes, what runs to the left is reordered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb

from field.reports import bidi, fonts
from field.reports.fonts import INVISIBLE, Ink

_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: the characters it stands for, and its measures in thousandths of the text's size."""

    number: int
    said: str
    advance: float
    across: float
    up: float


@dataclass(frozen=True, slots=True)
class Shaped:
    """Glyphs of one font from left to right; ``said`` where they do not spell the text one by one."""

    ink: Ink
    glyphs: tuple[Glyph, ...]
    width: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    ink: Ink
    level: int
    text: str


@lru_cache(maxsize=1_000)
def line(text: str, weight: str, language: str) -> tuple[Shaped, ...]:
    """A visible text as it stands from left to right."""
    pieces = bidi.visual(list(_pieces(text, weight, language)), lambda piece: piece.level)
    return tuple(_shape(piece.ink, piece.text, piece.level % 2) for piece in pieces)


@lru_cache(maxsize=20_000)
def width(text: str, weight: str) -> float:
    """The width of a visible text in thousandths of its size; every language's fonts are equally wide."""
    return sum(_shape(piece.ink, piece.text, piece.level % 2).width for piece in _pieces(text, weight, ""))


def _pieces(text: str, weight: str, language: str) -> Iterator[_Piece]:
    """Words and the spaces between them, split where font, direction or script changes."""
    levels, start = bidi.levels(text), 0
    for run in fonts.runs(text, weight, language):
        end = start + len(run.text)
        about = zip(levels[start:end], map(_sort, run.text), run.text, strict=True)
        for (level, _), same in groupby(about, key=lambda each: each[:2]):
            yield _Piece(run.ink, level, "".join(each[2] for each in same))
        start = end


def _sort(character: str) -> int:
    """Spaces are set alone, Devanagari has a shaper of its own; its joiners belong to it."""
    if character == " ":
        return 0
    return 2 if "\u0900" <= character <= "\u097f" or character in _JOINERS else 1


@lru_cache(maxsize=5_000)
def _shape(ink: Ink, text: str, leftwards: int) -> Shaped:
    font, drawn = fonts.opened(ink.font), "".join(each for each in text if each not in INVISIBLE or each in _JOINERS)
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.add_str(drawn)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftwards else "ltr"
    hb.shape(font, buffer)
    return _read(ink, drawn, buffer, 1000 / font.face.upem)


def _read(ink: Ink, text: str, buffer: hb.Buffer, scale: float) -> Shaped:
    infos, places = buffer.glyph_infos or [], buffer.glyph_positions or []
    clusters, leftwards = [info.cluster for info in infos], buffer.direction == "rtl"
    glyphs = tuple(
        Glyph(info.codepoint, said, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale)
        for info, place, said in zip(infos, places, _spelt(text, clusters), strict=True))
    width = sum(glyph.advance for glyph in glyphs)
    if leftwards:
        return Shaped(ink, tuple(_one_by_one(glyphs, ink)), width)
    plain = len(set(clusters)) == len(clusters) and not any(glyph.up for glyph in glyphs)
    return Shaped(ink, glyphs, width, "" if plain else text)


def _spelt(text: str, clusters: Sequence[int]) -> list[str]:
    """What each glyph stands for; of several for the same characters the first says them."""
    starts = sorted({*clusters})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=False))
    seen: set[int] = set()
    said = []
    for start in clusters:
        said.append("" if start in seen else text[start:ends[start]])
        seen.add(start)
    return said


def _one_by_one(glyphs: Iterable[Glyph], ink: Ink) -> Iterator[Glyph]:
    """Readers of a PDF turn round what stands from right to left, character by character: a ligature says its last
    character, and spaces drawn over it say those before."""
    space = _shape(ink, " ", 0).glyphs[0]
    for glyph in glyphs:
        yield replace(glyph, said=glyph.said[-1:])
        yield from (replace(space, said=each, across=-space.advance, advance=0) for each in reversed(glyph.said[:-1]))
