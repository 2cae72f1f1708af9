"""The scorecard's head and foot, and the page of a site that no accepted visit speaks for."""

from field.locale import Translator
from field.reports.bidi import apart
from field.reports.card import Scorecard
from field.reports.code import SIDE, draw_code, quiet_margin, scannable
from field.reports.numbers import stopped, together
from field.reports.periods import day_words, period_words
from field.reports.scorecard_style import (
    COLUMN_GAP,
    NAME,
    SMALL,
    SMALL_BOLD,
    TEXT,
    WORDS,
    Block,
)
from field.reports.sheet import Sheet
from field.reports.text import Style, wrap
from field.stats.words import visits_count, visits_words


def head(sheet: Sheet, card: Scorecard, t: Translator) -> Block:
    """The site's name, and at the right the period, the visits and the questionnaire."""
    facts = [period_words(card.first, card.last, t)] if card.first and card.last else []
    facts.append(_visited(card, t))
    side = min(sheet.inner * 0.45, max(TEXT.width(fact) for fact in facts))
    facts = [line for fact in facts for line in wrap(fact, TEXT, side + 0.1, 2)]
    style, name = _title(card.site, sheet.inner - side - 16)
    high = max(len(name) * style.leading, len(facts) * TEXT.leading + 4) + 3

    def draw(y: float) -> None:
        sheet.lines(sheet.left, y + style.size * 0.76, name, style)
        sheet.lines(sheet.right, y + high - 10 - (len(facts) - 1) * TEXT.leading, facts, TEXT, "right")
        sheet.rule(y + high, 2)

    return Block(high, draw)


def _visited(card: Scorecard, t: Translator) -> str:
    """ "8 visits. Store standards."."""
    said = [visits_count(card.visits, t)] if card.visits else []
    return together((stopped(apart(part), t) for part in [*said, card.questionnaire] if part), t)


def _title(name: str, width: float) -> tuple[Style, list[str]]:
    """The name as large as it stays within two lines."""
    for factor in (1, 0.85, 0.72, 0.6):
        lines = wrap(name, NAME.at(factor), width)
        if len(lines) <= 2:
            break
    return NAME.at(factor), wrap(name, NAME.at(factor), width, 2)


def nothing_yet(sheet: Sheet, card: Scorecard, t: Translator) -> Block:
    """One sentence for a site that no accepted visit speaks for, and what is planned."""
    said = wrap(together((visits_words(0, t), _planned(card.planned, t)), t), WORDS, sheet.inner)
    more = wrap(t("The result is printed here when a visit has been accepted."), TEXT, sheet.inner)

    def draw(y: float) -> None:
        after = sheet.lines(sheet.left, y + 44, said, WORDS)
        sheet.lines(sheet.left, after, more, TEXT)

    return Block(60 + len(said) * WORDS.leading, draw)


def _planned(planned: int, t: Translator) -> str:
    words = (t("None is planned."), t("One is planned."), t("Two are planned."), t("Three are planned."))
    return words[planned] if planned < len(words) else t("%(n)s are planned.", n=planned)


def foot(sheet: Sheet, card: Scorecard, t: Translator) -> Block:
    """How to read it, the code to the site's page, and the day of the sheet."""
    code = scannable(card.address)
    kept_free = SIDE + quiet_margin(card.address) if code else 0
    room = sheet.inner - COLUMN_GAP - kept_free
    left = wrap(_how_to_read(card, t), SMALL, room * 0.56)
    right = wrap(_on_a_phone(card, t), SMALL, room * 0.44)
    day = t("Sheet of %(day)s.", day=day_words(card.made_on, t))
    high = max(SIDE if code else 0, (max(len(left), len(right) + 1) + 1) * SMALL.leading) + 14

    def draw(y: float) -> None:
        sheet.rule(y)
        top, x = y + 18, sheet.left + room * 0.56 + COLUMN_GAP
        sheet.text(sheet.left, top, t("How to read this sheet"), SMALL_BOLD)
        sheet.lines(sheet.left, top + SMALL.leading + 1, left, SMALL)
        sheet.text(x, top, t("See it on a phone"), SMALL_BOLD)
        after = sheet.lines(x, top + SMALL.leading + 1, right, SMALL) + 3
        sheet.text(x + sheet.text(x, after, "Fieldscore", SMALL_BOLD) + 4, after, day, SMALL)
        if code:
            draw_code(sheet, sheet.right - SIDE, y + 11, card.address)

    return Block(high, draw)


def _how_to_read(card: Scorecard, t: Translator) -> str:
    if not card.visits:
        return t("The score will be the share of standards kept, not what customers think. Only accepted visits count.")
    said = [t("The score is the share of standards kept, not what customers think. Each visit counts once."),
            t("The thick line shows where the score likely lies: more visits make it shorter.") if card.score.range else "",
            t("Each dot is ten points."),
            t("The questionnaire changed in this period.") if card.versions > 1 else ""]
    return together(said, t)


def _on_a_phone(card: Scorecard, t: Translator) -> str:
    if scannable(card.address):
        return t("Scan the code to open this site's page. Sign in there to see the answers and their photos.")
    return t("No code here: the address of this server (%(address)s) opens on the server alone. "
             "Ask an administrator to set the public address.", address=card.address)
