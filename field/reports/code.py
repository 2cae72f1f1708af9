"""The code on paper: an address as a QR code, drawn as squares, or the reason why there is none."""

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import segno
from reportlab.lib.units import mm

from field.reports.sheet import Sheet

SIDE = 23 * mm
QUIET_MODULES = 4


def scannable(address: str) -> bool:
    """Whether a phone could open the address: a loopback one leads nowhere."""
    host = urlsplit(address).hostname or ""
    if not host or host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not (ip_address(host).is_loopback or ip_address(host).is_unspecified)
    except ValueError:
        return True


def draw_code(sheet: Sheet, x: float, y: float, address: str, side: float = SIDE) -> None:
    """A code of ``side`` points; its quiet margin lies around it and is kept free by whoever draws."""
    rows = _modules(address)
    module = side / len(rows)
    path = sheet.canvas.beginPath()
    for down, row in enumerate(rows):
        for start, length in _strokes(row):
            path.rect(x + start * module, sheet.up(y + (down + 1) * module), length * module, module * 1.02)
    sheet.canvas.setFillColorRGB(0, 0, 0)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


def quiet_margin(address: str, side: float = SIDE) -> float:
    """The width that must stay white around the code."""
    return QUIET_MODULES * side / len(_modules(address))


@lru_cache(maxsize=64)
def _modules(address: str) -> tuple[bytes, ...]:
    """The code's rows, each module 0 or 1: asked for twice on a page, once to measure and once to draw."""
    return tuple(bytes(row) for row in segno.make_qr(address, error="m").matrix)


def _strokes(row: bytes) -> list[tuple[int, int]]:
    """Neighbouring dark modules as (start, length)."""
    found, start = [], None
    for place, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            found.append((start, place - start))
            start = None
    return found
