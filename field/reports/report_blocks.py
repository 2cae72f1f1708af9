"""The pieces of a visit's report, top to bottom; each measured first, drawn where it is told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from field.locale import N_, Translator
from field.reports import marks
from field.reports.bidi import apart
from field.reports.numbers import quoted, score_number, together
from field.reports.periods import day_words, time_words
from field.reports.report import Part, Picture, Step, Told, VisitReport
from field.reports.scorecard_style import (
    BOLD,
    CAPTION,
    HEADING,
    NAME,
    NUMBER,
    SMALL,
    TEXT,
    WORDS,
)
from field.reports.sheet import Sheet
from field.reports.text import Style, wrap

SCORE = NUMBER.at(0.5)
INDENT = 17
COLUMNS, GAP, PHOTO = 3, 11, 112
LEAST, SHORT = 3, 14  # lines of a question that stay together; up to how many all of them do
OUTCOMES = {"pass": N_("Passed."), "fail": N_("Not passed."), "none": ""}


@dataclass(frozen=True)
class Piece:
    """Something of a height that is drawn below a height; ``stays`` on the page of the piece after it."""

    height: float
    draw: Callable[[float], object]
    stays: bool = False


def pieces(sheet: Sheet, report: VisitReport, t: Translator) -> Iterator[Piece]:
    """The whole report."""
    yield from _head(sheet, report, t)
    yield _score(sheet, report, t)
    yield from _overview(sheet, report, t)
    for part in report.parts:
        yield _part(sheet, part, t)
        for told in part.told:
            yield from _told(sheet, told, t)
    yield from _trace(sheet, report, t)


def _head(sheet: Sheet, report: VisitReport, t: Translator) -> Iterator[Piece]:
    style = NAME.at(0.8)
    for line in wrap(report.site, style, sheet.inner, 3):
        yield _line(sheet, sheet.left, line, style, sheet.inner, stays=True)
    yield Piece(3, lambda y: None, stays=True)
    what = t("%(questionnaire)s, version %(version)s.", questionnaire=apart(report.questionnaire), version=report.version)
    for line in wrap(together((what, _when(report, t)), t), TEXT, sheet.inner):
        yield _line(sheet, sheet.left, line, TEXT, sheet.inner, stays=True)
    yield Piece(10, lambda y: sheet.rule(y + 5, 2), stays=True)


def _when(report: VisitReport, t: Translator) -> str:
    day = day_words(report.day, t)
    if report.hours is None:
        return t("Visit of %(day)s.", day=day)
    start, end = (time_words(moment, t) for moment in report.hours)
    return t("Visit of %(day)s, %(from)s to %(until)s (%(zone)s).", **{"day": day, "from": start, "until": end, "zone": report.zone})


def _score(sheet: Sheet, report: VisitReport, t: Translator) -> Piece:
    number = score_number(report.score, t)
    x = sheet.left + SCORE.width(number) + 16
    outcome = t(OUTCOMES[report.outcome]) if OUTCOMES[report.outcome] else ""
    words, after = wrap(report.words, WORDS, sheet.right - x, 3), wrap(outcome, TEXT, sheet.right - x)

    def draw(y: float) -> None:
        sheet.text(sheet.left, y + 38, number, SCORE)
        below = sheet.lines(x, y + 20, words, WORDS)
        sheet.lines(x, below - 2, after, TEXT)

    return Piece(max(54.0, 16 + len(words) * WORDS.leading + len(after) * TEXT.leading), draw)


def _overview(sheet: Sheet, report: VisitReport, t: Translator) -> Iterator[Piece]:
    """Each section with its questions' marks and its score."""
    for part in report.parts:
        yield _overview_row(sheet, part, t)
    yield Piece(16, lambda y: sheet.rule(y + 8))


def _overview_row(sheet: Sheet, part: Part, t: Translator) -> Piece:
    shown = [told.mark for told in part.told if told.mark != "none"]
    across, names = min(12.5, sheet.inner * 0.5 / max(1, len(shown))), wrap(part.title, TEXT, sheet.inner * 0.4, 2)

    def draw(y: float) -> None:
        sheet.lines(sheet.left, y + 11, names, TEXT)
        start = sheet.right - 50 - across * len(shown)
        for place, mark in enumerate(shown):
            marks.mark(sheet, mark, start + place * across, y + 7.5, min(4.2, across * 0.36))
        if part.score is None:
            sheet.text(sheet.right, y + 11, t("no score"), CAPTION, "right")
        else:
            sheet.text(sheet.right, y + 11, score_number(part.score, t), BOLD, "right")

    return Piece(len(names) * TEXT.leading + 3, draw)


def _part(sheet: Sheet, part: Part, t: Translator) -> Piece:
    titles = wrap(part.title, HEADING, sheet.inner - 60, 3)
    score = "" if part.score is None else score_number(part.score, t)

    def draw(y: float) -> None:
        sheet.lines(sheet.left, y + 20, titles, HEADING)
        sheet.text(sheet.right, y + 20, score, HEADING, "right")
        sheet.rule(y + 8 + len(titles) * HEADING.leading + 2)

    return Piece(14 + len(titles) * HEADING.leading, draw, stays=True)


def _told(sheet: Sheet, told: Told, t: Translator) -> Iterator[Piece]:
    """A question's text, its answer in words and what it earned, its comment, its photos in rows."""
    x, width = sheet.left + INDENT, sheet.inner - INDENT
    comment = quoted(told.comment, t).splitlines() if told.comment else []
    texts = [(told.text, BOLD), (told.answer, TEXT), (told.points, CAPTION), *((line, SMALL) for line in comment)]
    lines = [(line, style) for text, style in texts for line in wrap(text, style, width)]
    rows = [_row(sheet, x, width, told.pictures[at:at + COLUMNS]) for at in range(0, len(told.pictures), COLUMNS)]
    yield Piece(7, lambda y: marks.mark(sheet, told.mark, sheet.left, y + 13.5), stays=True)
    whole = len(lines) <= SHORT
    for place, (line, style) in enumerate(lines, 1):
        more = bool(rows) if place == len(lines) else place < LEAST
        yield _line(sheet, x, line, style, width, stays=more or (whole and place < len(lines)))
    yield from rows


def _line(sheet: Sheet, x: float, line: str, style: Style, width: float, *, stays: bool) -> Piece:
    """Each line is its own piece, so that a long text goes on over the page's end."""
    return Piece(style.leading, lambda y: sheet.paragraph(x, y + style.size, [line], style, width), stays)


def _row(sheet: Sheet, x: float, width: float, pictures: Sequence[Picture]) -> Piece:
    across = (width - (COLUMNS - 1) * GAP) / COLUMNS
    captions = [wrap(picture.caption, CAPTION, across, 2) for picture in pictures]

    def draw(y: float) -> None:
        for place, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
            left = x + place * (across + GAP)
            if picture.data:
                sheet.photo(left, y + 5, across, PHOTO, picture.data)
            else:
                _box(sheet, left, y + 5, across, picture.note)
            sheet.paragraph(left, y + PHOTO + 16, caption, CAPTION, across)

    return Piece(PHOTO + 10 + max(map(len, captions)) * CAPTION.leading + 3, draw)


def _box(sheet: Sheet, x: float, y: float, width: float, note: str) -> None:
    """The place of a photo that cannot be shown."""
    sheet.frame(x, y, width, PHOTO, dash=(3, 2))
    sheet.lines(x + 8, y + 18, wrap(note, SMALL, width - 16, 7), SMALL)


def _trace(sheet: Sheet, report: VisitReport, t: Translator) -> Iterator[Piece]:
    """How the answers became the score, line by line."""
    title = t("How this became the score")
    yield Piece(30, lambda y: sheet.text(sheet.left, y + 22, title, HEADING), stays=True)
    for place, step in enumerate(report.steps, 1):
        yield _step(sheet, step, stays=place < len(report.steps))


def _step(sheet: Sheet, step: Step, *, stays: bool) -> Piece:
    whats, hows = wrap(step.what, TEXT, sheet.inner * 0.42), wrap(step.how, SMALL, sheet.inner * 0.42)
    high = max(len(whats) * TEXT.leading, len(hows) * SMALL.leading, TEXT.leading) + 5

    def draw(y: float) -> None:
        sheet.rule(y, 0.4)
        sheet.lines(sheet.left, y + 13, whats, TEXT)
        sheet.lines(sheet.left + sheet.inner * 0.45, y + 13, hows, SMALL)
        sheet.text(sheet.right, y + 13, step.result, BOLD, "right")

    return Piece(high, draw, stays)
