"""A line of glyphs as PDF operators, which say where each glyph stands and what the line reads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from field.reports.embedding import Embedded
from field.reports.shaping import Glyph, Shaped
from field.reports.text import Style

#: A line's thickness where a regular font stands in for a bold one, as a part of the size.
THICKER = 0.034


def written(line: Sequence[Shaped], x: float, y: float, style: Style, font: Callable[[str], Embedded]) -> str:
    """The operators of one line that begins at x, y, measured as PDF does."""
    colour = " ".join(f"{part:.3f}" for part in style.colour)
    parts = [f"q {colour} rg {colour} RG {style.size * THICKER:.3f} w 1 j BT"]
    for ink, same in groupby(line, key=lambda shaped: shaped.ink):
        embedded, shapes = font(ink.font), list(same)
        parts.append(f"/{embedded.key} {style.size:.4g} Tf {2 if ink.thick else 0} Tr 1 0 0 1 {x:.3f} {y:.3f} Tm")
        parts += _shapes(shapes, style.size, embedded)
        x += sum(shaped.width for shaped in shapes) * style.size / 1000
    return " ".join([*parts, "ET Q"])


def _shapes(shapes: Iterable[Shaped], size: float, font: Embedded) -> Iterator[str]:
    """Words that spell themselves go into one piece; each of the others says in a mark what it reads."""
    for spelt, same in groupby(shapes, key=lambda shaped: not shaped.said):
        words = list(same)
        if spelt:
            yield _shown([glyph for word in words for glyph in word.glyphs], size, font)
        else:
            yield from (f"{_reading(word.said)} BDC {_shown(word.glyphs, size, font)} EMC" for word in words)


def _reading(said: str) -> str:
    return f"/Span <</ActualText <FEFF{said.encode('utf-16-be').hex().upper()}>>>"


def _shown(glyphs: Iterable[Glyph], size: float, font: Embedded) -> str:
    """Rows of glyphs of one height, moved along the line where a glyph's own width does not lead to the next."""
    parts, gap = [], 0.0
    for up, same in groupby(glyphs, key=lambda glyph: glyph.up):
        row = ""
        for glyph in same:
            move = round(gap + glyph.across)
            row += f"{f'>{-move}<' if move else ''}{font.code(glyph):04X}"
            gap += glyph.advance - move - font.natural(glyph)
        shown = f"[<{row}>] TJ".replace("<>", "")
        parts.append(f"{up * size / 1000:.3f} Ts {shown} 0 Ts" if up else shown)
    if round(gap):
        parts.append(f"[{round(-gap)}] TJ")
    return " ".join(parts)
