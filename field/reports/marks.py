"""The marks that paper shares with the screens: dots, bars, the range, and how an answer came out."""

from field.reports.sheet import Sheet
from field.reports.text import INK, QUIET, Style
from field.stats.ranges import Estimate
from field.stats.rounding import Number, whole

DOTTED_UNDER = 4  # visits: an early picture has a dashed line
AXIS = Style(9, 11, colour=QUIET)


def dots(sheet: Sheet, x: float, y: float, score: Number, *, pitch: float, radius: float) -> None:
    """Ten dots around the height ``y``, filled to the nearest half."""
    halves = whole(score / 5)
    for place in range(10):
        _dot(sheet, x + radius + place * pitch, y, radius, min(2, max(0, halves - 2 * place)))


def _dot(sheet: Sheet, x: float, y: float, radius: float, halves: int) -> None:
    canvas, up = sheet.canvas, sheet.up(y)
    _ink(sheet, 0.9)
    canvas.circle(x, up, radius, stroke=1, fill=int(halves == 2))
    if halves == 1:
        path = canvas.beginPath()
        path.moveTo(x, up)
        path.arcTo(x - radius, up - radius, x + radius, up + radius, 90, 180)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def bar(sheet: Sheet, x: float, y: float, width: float, score: Number | None) -> None:
    """A thin bar on its full length, which is 0 to 100."""
    sheet.line(x, y, x + width, y, 0.5)
    sheet.line(x, y - 2.6, x, y + 2.6, 0.75)
    sheet.line(x + width, y - 2.6, x + width, y + 2.6, 0.75)
    if score is not None:
        sheet.line(x, y, x + width * min(100, max(0, float(score))) / 100, y, 2.6)


def range_bar(sheet: Sheet, x: float, y: float, width: float, found: Estimate) -> None:
    """The score on a scale from 0 to 100, with where it likely lies: dashed while early, a ring for one visit."""
    sheet.line(x, y, x + width, y, 0.5)
    for step in range(0, 101, 20):
        at = x + width * step / 100
        sheet.line(at, y - 2.6, at, y + 2.6, 0.5)
        sheet.text(at, y + 13.5, str(step), AXIS, "centre")
    if found.mean is None:
        return
    if found.range:
        low, high = (x + width * end / 100 for end in found.range.shown)
        sheet.line(low, y, high, y, 2.6, (3, 2) if found.visits < DOTTED_UNDER else ())
        for end in (low, high):
            sheet.line(end, y - 5.5, end, y + 5.5, 1.4)
    _ink(sheet, 1.4)
    at = x + width * min(100, max(0, float(found.mean))) / 100
    if found.visits == 1:
        sheet.canvas.setFillColorRGB(1, 1, 1)
    sheet.canvas.circle(at, sheet.up(y), 4.8, stroke=1, fill=1)


def mark(sheet: Sheet, name: str, x: float, y: float, radius: float = 4.2) -> None:
    """An answer's mark in the room from ``x`` on, around the height ``y``; its word stands nearby."""
    _MARKS[name](sheet, x + radius, y, radius)


def _must_keep(sheet: Sheet, x: float, y: float, radius: float) -> None:
    _ink(sheet, 1)
    canvas, up, r = sheet.canvas, sheet.up(y), radius * 1.15
    path = canvas.beginPath()
    path.moveTo(x, up + r)
    for dx, dy in ((r, 0), (0, -r), (-r, 0)):
        path.lineTo(x + dx, up + dy)
    path.close()
    canvas.drawPath(path, stroke=1, fill=0)
    sheet.text(x, y + radius * 0.62, "!", Style(radius * 1.75, 10, "bold"), "centre")


def _left_out(sheet: Sheet, x: float, y: float, radius: float) -> None:
    sheet.line(x - radius, y, x + radius, y, 1.3)


def _could_not_check(sheet: Sheet, x: float, y: float, radius: float) -> None:
    _ink(sheet, 0.9)
    sheet.canvas.setDash([1.6, 1.2])
    sheet.canvas.circle(x, sheet.up(y), radius, stroke=1, fill=0)
    sheet.canvas.setDash([])
    sheet.text(x, y + radius * 0.62, "?", Style(radius * 1.7, 10, "bold"), "centre")


def _nothing(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """A text or a photo earns no mark."""


def _ink(sheet: Sheet, weight: float) -> None:
    sheet.canvas.setLineWidth(weight)
    sheet.canvas.setDash([])
    sheet.canvas.setStrokeColorRGB(*INK)
    sheet.canvas.setFillColorRGB(*INK)


_MARKS = {
    "kept": lambda sheet, x, y, radius: _dot(sheet, x, y, radius, 2),
    "partly": lambda sheet, x, y, radius: _dot(sheet, x, y, radius, 1),
    "missed": lambda sheet, x, y, radius: _dot(sheet, x, y, radius, 0),
    "must_keep_missed": _must_keep,
    "not_applicable": _left_out,
    "could_not_check": _could_not_check,
    "unanswered": _could_not_check,
    "none": _nothing,
}
