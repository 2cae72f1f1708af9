"""Nothing overflows: every text has its own place within the margins, in every language, however long the texts are."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from field.locale import LANGUAGES, Translator, translator
from field.reports import scorecard, visit_report
from field.reports.card import Scorecard
from field.reports.report import Part, Picture, Step, Told, VisitReport
from field.reports.sheet import MARGIN
from field.stats.ranges import NOTHING
from tests.reports.making import card, jpeg
from tests.reports.placing import assert_apart, placed
from tests.reports.reading import reader, text_of

PAPERS = ("a4", "letter")
HUNGARIAN = "Legmegszentségteleníthetetlenségeskedéseitekért felelősségvállalás és ügyfélelégedettség"
SCRIPTS = {
    "hu": HUNGARIAN, "th": "พนักงานทักทายลูกค้าภายในสามสิบวินาทีและสวมชุดที่ตกลงกันไว้", "zh": "店员穿着约定的服装，干净整齐。（货架价格）",
    "ar": "الموظفون يرتدون الزي المتفق عليه، نظيفا وكاملا.", "hi": "कर्मचारी तीस सेकंड के भीतर ग्राहक का अभिवादन करते हैं।",
    "mixed": "Őz 茶 店 ไทย सेवा خدمة Ωμέγα Жук [🧀]",
}


class Longer(Translator):
    """Says everything two fifths longer, as a language may."""

    def __init__(self, language: str) -> None:
        super().__init__(language, translator(language).catalogue)

    def __call__(self, text: str, **values: object) -> str:
        said = longer(self.catalogue.gettext(text))
        return said % values if values else said

    def n(self, one: str, many: str, n: int, **values: object) -> str:
        return longer(self.catalogue.ngettext(one, many, n)) % {"n": n, **values}


def longer(text: str) -> str:
    return text + "ő" * (len(text) * 2 // 5) if " " not in text else text + " ű" * (len(text) // 5)


def telling(text: str) -> Scorecard:
    """A card whose every text is the one given."""
    made = card()
    return replace(
        made, site=text, questionnaire=text, words=text, sections=tuple(replace(row, title=text) for row in made.sections),
        dimensions=tuple(replace(row, title=text, explained=text) for row in made.dimensions),
        done_well=tuple(replace(praise, text=text) for praise in made.done_well),
        to_do=tuple(replace(task, text=text, standard=text) for task in made.to_do))


def visit(told: Told, *, count: int = 12) -> VisitReport:
    moment = datetime(2026, 11, 12, 10, 42, tzinfo=ZoneInfo("Europe/Budapest"))
    parts = (Part(told.text, Fraction(971, 10), (told,) * count),)
    return VisitReport(site=told.text, questionnaire=told.text, version=3, language="en", zone="Europe/Budapest", day=moment.date(),
                       hours=(moment, moment), score=Fraction(971, 10), outcome="pass", words=told.text, parts=parts,
                       steps=(Step(told.text, told.text, "97.1"),) * 3)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_keeps_its_texts_apart(monkeypatch: pytest.MonkeyPatch, language: str, paper: str) -> None:
    assert_apart(*placed(monkeypatch, lambda: scorecard.draw(card(language=language), paper)))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_ours_that_are_two_fifths_longer_stay_apart(monkeypatch: pytest.MonkeyPatch, language: str, paper: str) -> None:
    long = Longer(language)
    for made in (card(language=language), card(language=language, done_well=(), to_do=()),
                 card(language=language, visits=0, score=NOTHING, sections=(), dimensions=(), first=None, last=None)):
        boxes, size = placed(monkeypatch, lambda made=made: _drawn(monkeypatch, scorecard, made, long, paper))
        assert_apart(boxes, size)
        assert {box.page for box in boxes} == {1}


def _drawn(monkeypatch: pytest.MonkeyPatch, room: object, made: object, t: Translator, paper: str) -> bytes:
    monkeypatch.setattr(room, "translator", lambda language: t)
    return room.draw(made, paper)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_sheet_in_any_script_is_one_page_of_texts_apart(monkeypatch: pytest.MonkeyPatch, text: str, paper: str) -> None:
    for made in (telling(text), telling(f"{text} " * 6), replace(telling(text), done_well=())):
        boxes, size = placed(monkeypatch, lambda made=made: scorecard.draw(made, paper))
        assert_apart(boxes, size)
        assert {box.page for box in boxes} == {1}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_comment_of_4000_characters_goes_on_over_the_pages(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    comment = (text + " ") * (4000 // (len(text) + 1))
    report = visit(Told(text, "missed", text, text, comment), count=2)
    boxes, size = placed(monkeypatch, lambda: visit_report.draw(report))
    assert_apart(boxes, size)
    assert max(box.page for box in boxes) > 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("photos", [0, 40])
def test_a_report_with_many_photos_or_none_stays_apart(monkeypatch: pytest.MonkeyPatch, photos: int, language: str) -> None:
    pictures = tuple(Picture(jpeg(shade=place), f"{HUNGARIAN} {place}") for place in range(photos))
    report = replace(visit(Told(HUNGARIAN, "kept", "Igen", HUNGARIAN, "", pictures), count=1), language=language)
    boxes, size = placed(monkeypatch, lambda: _drawn(monkeypatch, visit_report, report, Longer(language), "letter"))
    assert_apart(boxes, size)
    assert sum(len(page.images) for page in reader(visit_report.draw(report)).pages) == photos


def test_a_score_alone_has_neither_tasks_nor_dimensions_nor_praise_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    made = card(done_well=(), to_do=(), dimensions=(), sections=card().sections[:1], itemised=False)
    said = text_of(scorecard.draw(made))
    assert "To do next" not in said
    assert "Nothing new" not in said
    assert "In five dimensions" not in said
    assert_apart(*placed(monkeypatch, lambda: scorecard.draw(made)))


def test_a_paragraph_from_right_to_left_begins_at_the_right_edge_of_its_column(monkeypatch: pytest.MonkeyPatch) -> None:
    report = visit(Told("Latin", "missed", "Yes", "0", f"{SCRIPTS['ar']} Fieldscore {SCRIPTS['ar']} " * 8), count=1)
    boxes, size = placed(monkeypatch, lambda: visit_report.draw(report))
    comment = [box for box in boxes if "الموظفون" in box.text]
    assert len(comment) > 3
    assert {round(box.right, 1) for box in comment} == {round(size[0] - MARGIN, 1)}
    assert [box.left for box in boxes if box.text == "Yes"] == [pytest.approx(MARGIN + 17)]
