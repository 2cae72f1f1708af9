"""A QR code for a screen: its side in modules and one path that draws the dark ones."""

from itertools import groupby
from typing import NamedTuple

import segno

QUIET = 4


class Qr(NamedTuple):
    """``side`` counts the quiet margin; ``path`` is SVG, one module is one unit."""

    side: int
    path: str


def qr(text: str) -> Qr:
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    return Qr(len(rows) + 2 * QUIET, "".join(_strokes(row, down + QUIET) for down, row in enumerate(rows)))


def _strokes(row: bytes, down: int) -> str:
    """Neighbouring dark modules as bars."""
    drawn, across = [], QUIET
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            drawn.append(f"M{across} {down}h{width}v1h-{width}z")
        across += width
    return "".join(drawn)
