"""How the scorecard's blocks share one page: the roomiest way in which they fit."""

from dataclasses import replace

from field.locale import Translator
from field.reports import scorecard_blocks as blocks
from field.reports import scorecard_edges as edges
from field.reports.card import Scorecard
from field.reports.scorecard_style import Block, Fit
from field.reports.sheet import MARGIN, Sheet

FITS = (
    Fit(),
    Fit(photo=78, row=17.5, gap=0.9),
    Fit(photo=70, row=16.5, gap=0.8),
    Fit(photo=64, row=15, gap=0.7, left=0.56),
    Fit(photo=56, row=14, gap=0.6, left=0.6, text=0.95),
    Fit(photo=50, row=13, gap=0.5, left=0.6, lines=2, text=0.92),
    Fit(photo=44, row=11.8, gap=0.4, left=0.6, lines=2, text=0.88),
    Fit(photo=0, row=11.5, gap=0.4, left=0.6, lines=2, text=0.88),
    Fit(photo=0, row=11.2, gap=0.3, left=0.6, lines=1, text=0.88, titles=1, most=14),
)
GAPS = (0.9, 0.7, 0.55)
TALLEST_PHOTO = 118


def draw_page(sheet: Sheet, card: Scorecard, t: Translator) -> None:
    """Draws the whole card on the sheet's one page."""
    foot = edges.foot(sheet, card, t)
    bottom = sheet.height - MARGIN - foot.height
    y = MARGIN
    for block in fitted(sheet, card, t, bottom - MARGIN):
        block.draw(y)
        y += block.height
    foot.draw(bottom)


def fitted(sheet: Sheet, card: Scorecard, t: Translator, room: float) -> list[Block]:
    """The blocks in the first fit that leaves none outside; spare height goes to the gaps, then to the photos."""
    for fit in FITS:
        found = _blocks(sheet, card, t, fit)
        spare = room - _height(found)
        if spare >= 0:
            break
    for roomier in (replace(fit, gap=gap) for gap in GAPS if gap > fit.gap):
        wider = _blocks(sheet, card, t, roomier)
        if _height(wider) <= room:
            fit, found, spare = roomier, wider, room - _height(wider)
            break
    if spare > 0 and fit.photo and any(praise.photo for praise in card.done_well):
        found = _blocks(sheet, card, t, replace(fit, photo=min(TALLEST_PHOTO, fit.photo + spare * 0.6)))
    return found


def _height(blocks_: list[Block]) -> float:
    return sum(block.height for block in blocks_)


def _blocks(sheet: Sheet, card: Scorecard, t: Translator, fit: Fit) -> list[Block]:
    if not card.visits:
        return [edges.head(sheet, card, t), edges.nothing_yet(sheet, card, t)]
    made = [edges.head(sheet, card, t), blocks.score(sheet, card, t, fit), blocks.profile(sheet, card, t, fit)]
    if card.done_well:
        made.append(blocks.done_well(sheet, card, t, fit))
    if card.itemised:
        made.append(blocks.to_do(sheet, card, t, fit))
    return made
