"""How a visit's report fills its pages: blocks below each other, whole where they can be, and numbered."""

from collections.abc import Iterable, Iterator

from field.locale import Translator
from field.reports.bidi import apart
from field.reports.periods import day_words
from field.reports.report import VisitReport
from field.reports.report_blocks import CAPTION, Piece, pieces
from field.reports.sheet import MARGIN, Sheet
from field.reports.text import wrap

FOOT = 26


def draw_pages(sheet: Sheet, report: VisitReport, t: Translator) -> None:
    """Draws all pages; they are laid out first, because each one says how many there are."""
    room = sheet.height - 2 * MARGIN - FOOT
    pages = list(_pages(_together(pieces(sheet, report, t), room), room))
    for number, page in enumerate(pages, 1):
        if number > 1:
            sheet.next_page()
        y = MARGIN
        for piece in page:
            piece.draw(y)
            y += piece.height
        _foot(sheet, report, number, len(pages), t)


def _together(found: Iterable[Piece], room: float) -> Iterator[list[Piece]]:
    """Pieces that stay with the next one, in one group with it, unless no page could hold them all."""
    group: list[Piece] = []
    for piece in found:
        group.append(piece)
        if not piece.stays:
            yield from [group] if sum(one.height for one in group) <= room else [[one] for one in group]
            group = []
    if group:
        yield group


def _pages(groups: Iterable[list[Piece]], room: float) -> Iterator[list[Piece]]:
    page: list[Piece] = []
    used = 0.0
    for group in groups:
        height = sum(piece.height for piece in group)
        if page and used + height > room:
            yield page
            page, used = [], 0.0
        page.extend(group)
        used += height
    yield page


def _foot(sheet: Sheet, report: VisitReport, number: int, pages: int, t: Translator) -> None:
    y, day = sheet.height - MARGIN - 4, day_words(report.day, t)
    counted = t("Page %(number)s of %(pages)s", number=number, pages=pages)
    room = sheet.inner - CAPTION.width(counted) - CAPTION.width(t("%(site)s, %(day)s. Fieldscore.", site="", day=day)) - 16
    site = "".join(wrap(report.site, CAPTION, max(40.0, room), 1))
    sheet.rule(y - 14, 0.5)
    sheet.text(sheet.left, y, t("%(site)s, %(day)s. Fieldscore.", site=apart(site), day=day), CAPTION)
    sheet.text(sheet.right, y, counted, CAPTION, "right")
