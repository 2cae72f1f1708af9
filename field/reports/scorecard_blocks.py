"""The scorecard's blocks between head and foot. Each measures itself first and draws where it is told."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from field.locale import N_, Translator
from field.reports import marks
from field.reports.bidi import apart
from field.reports.card import Row, Scorecard, Task
from field.reports.numbers import together
from field.reports.scorecard_style import (
    BOLD,
    CAPTION,
    COLUMN_GAP,
    HEADING,
    NUMBER,
    NUMERAL,
    SMALL,
    STANDARD,
    TASK,
    TEXT,
    WORDS,
    Block,
    Fit,
)
from field.reports.sheet import Sheet
from field.reports.text import Style, fits, wrap
from field.stats.ranges import Silence
from field.stats.rounding import whole
from field.stats.words import range_words, silence_words, visits_count, visits_words


def score(sheet: Sheet, card: Scorecard, t: Translator, fit: Fit) -> Block:
    """The number, its sentence, where it likely lies and from how many visits."""
    number = "–" if card.score.mean is None else str(whole(card.score.mean))
    x = sheet.left + NUMBER.width(number) + 20
    words = wrap(card.words, WORDS, sheet.right - x, 2)
    likely = wrap(_likely(card, t), TEXT, sheet.right - x, 2)
    text_height = len(words) * WORDS.leading + len(likely) * TEXT.leading
    gap = 20 * fit.gap
    high = max(66.0, text_height + 36) + gap * 1.7

    def draw(y: float) -> None:
        top = y + gap
        sheet.text(sheet.left - 3, top + 62.5, number, NUMBER)
        after = sheet.lines(x, top + 14, words, WORDS)
        after = sheet.lines(x, after - 2.5, likely, TEXT)
        if card.score.mean is not None:
            marks.range_bar(sheet, x, max(after + 6, top + 47), sheet.right - x - 36, card.score)
        sheet.rule(y + high)

    return Block(high, draw)


def _likely(card: Scorecard, t: Translator) -> str:
    """ "84 (likely between 78 and 91). 4 visits. Fair picture: compare with care."."""
    found = card.score
    if found.mean is None:
        return visits_words(card.visits, t)
    number, carried = whole(found.mean), visits_words(found.visits, t)
    if found.silence is Silence.ONE_VISIT:
        return t("%(score)s out of 100. %(carried)s", score=number, carried=carried)
    count = visits_count(found.visits, t)
    if found.range:
        return t("%(score)s (%(range)s). %(visits)s. %(carried)s", score=number, range=range_words(found.range, t),
                 visits=count, carried=carried)
    return t("%(score)s out of 100. %(visits)s. %(carried)s %(silence)s", score=number, visits=count, carried=carried,
             silence=silence_words(found.silence, t))


def profile(sheet: Sheet, card: Scorecard, t: Translator, fit: Fit) -> Block:
    """Sections as dots at the left, the five dimensions as bars at the right."""
    start = (sheet.inner - COLUMN_GAP) * fit.left + COLUMN_GAP
    left = _sections(sheet, card.sections, start - COLUMN_GAP, t, fit)
    right = _dimensions(sheet, card.dimensions, sheet.inner - start, t, fit)
    top = 20 * fit.gap + 5
    high = top + 9 + max(left.height, right.height) + 6 * fit.gap

    def draw(y: float) -> None:
        shown = ((0, t("What we looked at"), left), (start, t("In five dimensions"), right))
        for x, title, column in shown if card.dimensions else shown[:1]:
            sheet.text(sheet.left + x, y + top, title, HEADING)
            column.draw(y + top + 9)
        sheet.rule(y + high)

    return Block(high, draw)


def _sections(sheet: Sheet, rows: Sequence[Row], width: float, t: Translator, fit: Fit) -> Block:
    pitch, radius = min(12.4, fit.row * 0.72), min(4.6, fit.row * 0.26)
    style = TEXT.at(min(1.0, max(0.86, fit.row / 16)))
    close, number = Style(style.size, style.leading * 0.92), 27
    named = width - 9 * pitch - 2 * radius - number - 8
    titles = [wrap(row.title, style, named, fit.titles) for row in rows[:fit.most]]
    heights = [fit.row + max(0, len(lines) - 1) * close.leading for lines in titles]
    more = t("%(n)s more on the site's page.", n=len(rows) - fit.most) if len(rows) > fit.most else ""

    def draw(y: float) -> None:
        for row, lines, high in zip(rows, titles, heights, strict=False):
            middle = y + high / 2
            sheet.lines(sheet.left, middle + style.size * 0.36 - (len(lines) - 1) * close.leading / 2, lines, close)
            if row.score is None:
                sheet.text(sheet.left + width, middle + 3.8, t("no score"), CAPTION, "right")
            else:
                marks.dots(sheet, sheet.left + named + 8, middle, row.score, pitch=pitch, radius=radius)
                sheet.text(sheet.left + width, middle + 3.8, str(whole(row.score)), BOLD, "right")
            y += high
        sheet.text(sheet.left, y + 9, more, CAPTION)

    return Block(sum(heights) + (CAPTION.leading if more else 0), draw)


def _dimensions(sheet: Sheet, rows: Sequence[Row], width: float, t: Translator, fit: Fit) -> Block:
    x, number = sheet.right - width, 27
    natural = max((max(TEXT.width(row.title), CAPTION.width(row.explained)) for row in rows), default=0)
    across = max(50.0, min(width * 0.39, width - number - natural - 10))
    named = width - number - across - 8
    names = [(wrap(row.title, TEXT, named, 2), wrap(row.explained, CAPTION, named, 2)) for row in rows]
    least = max(23.5, min(25.6, fit.row * 1.4))
    heights = [least + 11.4 * (len(title) + len(explained) - 2) for title, explained in names]

    def draw(y: float) -> None:
        for row, (title, explained), high in zip(rows, names, heights, strict=True):
            after = sheet.lines(x, y + 9.5, title, Style(TEXT.size, CAPTION.leading))
            sheet.lines(x, after - 0.3, explained, CAPTION)
            if row.score is None:
                sheet.text(sheet.right, y + 15, t("no score"), CAPTION, "right")
            else:
                marks.bar(sheet, sheet.right - number - across, y + 11.5, across, row.score)
                sheet.text(sheet.right, y + 15, str(whole(row.score)), BOLD, "right")
            y += high

    return Block(sum(heights), draw)


def done_well(sheet: Sheet, card: Scorecard, t: Translator, fit: Fit) -> Block:
    """Up to three standards kept every time: photos where they may be printed, text alone where not."""
    praised, gap = card.done_well[:3], 13
    width = (sheet.inner - 2 * gap) / 3
    texts = [wrap(praise.text, BOLD.at(fit.text), width - 15, fit.lines) for praise in praised]
    photo = fit.photo if any(praise.photo for praise in praised) else 0
    top, style = 15 * fit.gap + 5, BOLD.at(fit.text)
    high = top + 7 + photo + (8 if photo else 0) + max(map(len, texts)) * style.leading + 9 * fit.gap

    def draw(y: float) -> None:
        sheet.text(sheet.left, y + top, _kept_heading(card, t), HEADING)
        for place, (praise, lines) in enumerate(zip(praised, texts, strict=True)):
            x = sheet.left + place * (width + gap)
            if photo and praise.photo:
                sheet.photo(x, y + top + 7, width, photo, praise.photo, fill=True)
            first = y + top + 7 + (photo + 8 if photo else 4) + style.size * 0.8
            marks.mark(sheet, "kept", x, first - style.size * 0.34, 3.6)
            sheet.paragraph(x + 13, first, lines, style, width - 15)
        sheet.rule(y + high, 2)

    return Block(high, draw)


def _kept_heading(card: Scorecard, t: Translator) -> str:
    return t("Done well at the visit") if card.visits == 1 else t("Done well at every visit")


def to_do(sheet: Sheet, card: Scorecard, t: Translator, fit: Fit) -> Block:
    """At most three things to put right, each with room for who and by when."""
    if not card.to_do:
        return _all_kept(sheet, t, fit)
    top = 17 * fit.gap + 6
    tasks = [_task(sheet, number, task, t, fit) for number, task in enumerate(card.to_do[:3], 1)]

    def draw(y: float) -> None:
        sheet.text(sheet.left, y + top, t("To do next"), HEADING.at(1.15))
        y += top + 7
        for place, task in enumerate(tasks):
            if place:
                sheet.rule(y, 0.4)
            task.draw(y)
            y += task.height

    return Block(top + 7 + sum(task.height for task in tasks), draw)


def _task(sheet: Sheet, number: int, task: Task, t: Translator, fit: Fit) -> Block:
    x, who, when = sheet.left + 30, sheet.right - 198, sheet.right - 84
    width = who - x - 14
    title, standard = TASK.at(max(0.95, fit.text)), STANDARD.at(max(0.92, fit.text))
    lines = wrap(task.text, title, width, fit.lines)
    notes = _notes(task, standard, width, t, fit)
    gap = 8 * fit.gap + 1
    high = max(len(lines) * title.leading + len(notes) * standard.leading + 1, 10 * mm) + 2 * gap

    def draw(y: float) -> None:
        sheet.text(sheet.left, y + gap + 16, str(number), NUMERAL)
        after = sheet.paragraph(x, y + gap + 10.5, lines, title, width)
        sheet.paragraph(x, after - 0.5, notes, standard, width)
        line = y + gap + 10 * mm
        for start, end, label in ((who, when - 11, t("Who")), (when, sheet.right, t("By when"))):
            sheet.text(start, y + gap + 9, label, SMALL)
            sheet.line(start, line, end, line, 0.75)

    return Block(high, draw)


def _notes(task: Task, style: Style, width: float, t: Translator, fit: Fit) -> list[str]:
    """The standard, shortened if it must be, then how often it was kept."""
    kept = t.n("Kept at %(kept)s of %(n)s visit.", "Kept at %(kept)s of %(n)s visits.", task.visits, kept=task.kept)
    if not task.standard:
        return wrap(together((t("Must-keep standard."), kept), t) if task.must_keep else kept, style, width)
    label = N_("Must-keep standard: %(standard)s") if task.must_keep else N_("Standard: %(standard)s")
    standard = t(label, standard=apart(task.standard))
    both, counted = together((standard, kept), t), wrap(kept, style, width)
    alone = wrap(standard, style, width, max(1, fit.lines - len(counted)))
    if fits(both, style, width, min(fit.lines, len(alone) + len(counted) - 1)):
        return wrap(both, style, width)
    return [*alone, *counted]


def _all_kept(sheet: Sheet, t: Translator, fit: Fit) -> Block:
    def draw(y: float) -> None:
        sheet.text(sheet.left, y + 24, t("To do next"), HEADING.at(1.15))
        sheet.text(sheet.left, y + 44, t("Nothing new: every standard was kept. Keep it so."), TEXT)

    return Block(50, draw)
