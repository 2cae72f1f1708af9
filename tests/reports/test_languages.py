"""Paper speaks its reader's language: every text of ours is translated, and numbers and dates are as it writes them."""

import copy
import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from field.locale import LANGUAGES, Translator, pick, translator
from field.reports import scorecard, visit_report
from field.reports.card import Praise, Row, Task
from field.reports.numbers import number, quoted, score_number, stopped, together
from field.reports.periods import day_words, period_words, time_words
from field.reports.report import Picture, Told
from field.reports.scorecard import DIMENSION_WORDS
from field.reports.speaking import speaking
from field.stats.ranges import NOTHING
from tests.reports.making import DOCUMENT, KEPT, Shop, card, jpeg, visit
from tests.reports.reading import fonts_of, read_back, reader
from tests.reports.test_layout import visit as report_of

CONTENT = "Ωμέγα"
#: What is the same in every language, or the calendar's.
NAMES = {"Fieldscore", "Europe", "Budapest", "szeptember", "november", "nov"}


class Masked(Translator):
    """Says every text of ours without its letters."""

    def __call__(self, text: str, **values: object) -> str:
        return masked(text) % values if values else masked(text)

    def n(self, one: str, many: str, n: int, **values: object) -> str:
        return masked(many) % {"n": n, **values}


def masked(text: str) -> str:
    return re.sub(r"%\(\w+\)s|\w", lambda found: found.group() if found.group().startswith("%(") else "ж", text)


def latin(pdf: bytes) -> set[str]:
    """Words in Latin letters that did not go through the translator."""
    said = " ".join(page.extract_text() for page in reader(pdf).pages)
    return set(re.findall(r"[A-Za-zÀ-ž]{2,}", said)) - NAMES


@pytest.mark.parametrize("changes", [
    {}, {"to_do": (), "done_well": ()}, {"visits": 1, "versions": 2}, {"address": "http://127.0.0.1/x"}, {"sections": (Row(CONTENT, None),) * 40},
    {"visits": 0, "score": NOTHING, "sections": (), "dimensions": (), "first": None, "last": None},
])
def test_no_text_of_a_sheet_passes_by_the_translator(monkeypatch: pytest.MonkeyPatch, changes: dict) -> None:
    monkeypatch.setattr(scorecard, "translator", lambda language: Masked("hu", translator("hu").catalogue))
    made = replace(card(
        language="hu", site=CONTENT, questionnaire=CONTENT, words=CONTENT, sections=(Row(CONTENT, 80),), dimensions=(Row(CONTENT, 80, CONTENT),),
        done_well=(Praise(CONTENT),), to_do=(Task(CONTENT, CONTENT, 1, 2, True), Task(CONTENT, "", 1, 2))), **changes)
    assert latin(scorecard.draw(made)) - {"http"} == set()


def test_no_text_of_a_visits_report_passes_by_the_translator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit_report, "translator", lambda language: Masked("hu", translator("hu").catalogue))
    told = Told(CONTENT, "missed", CONTENT, CONTENT, CONTENT, (Picture(None, CONTENT, CONTENT), Picture(jpeg())))
    assert latin(visit_report.draw(replace(report_of(told), language="hu"))) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visit_is_told_in_each_language(shop: Shop, language: str) -> None:
    made = visit(shop, floors_clean={"value": False, "comment": "Őz 茶 店 ไทย"}, exits_clear={"not_applicable": True})
    pdf = visit_report.draw(visit_report.gather(shop.session, shop.scope, made, photos=shop.store, language=language))
    t, said = translator(language), re.sub(r"\s", "", " ".join(read_back(pdf, page) for page in range(len(reader(pdf).pages))))
    for section in DOCUMENT["sections"]:
        for question in section["questions"]:
            if question["key"] in KEPT:
                assert re.sub(r"\s", "", pick(question["text"], language, DOCUMENT["languages"])) in said
    for words in (t("How this became the score"), t("Missed."), t("Not applicable"), quoted("Őz 茶 店 ไทย", t), t("All sections")):
        assert re.sub(r"\s", "", words) in said
    assert reader(pdf).trailer["/Root"]["/Lang"] == language
    assert all(fonts_of(pdf).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_is_shown_in_each_language(shop: Shop, language: str) -> None:
    shop.site.language = language
    visit(shop, floors_clean=False)
    pdf = scorecard.draw(scorecard.gather(shop.session, shop.scope, shop.site, photos=shop.store, base_url="https://scores.example.org"))
    t, said = translator(language), re.sub(r"\s", "", read_back(pdf))
    words = [t("To do next"), t("What we looked at"), t("Who"), t("By when"), t("How to read this sheet")]
    for each in (*words, *(t(title) for title, _ in DIMENSION_WORDS.values())):
        assert re.sub(r"\s", "", each) in said
    assert len(reader(pdf).pages) == 1
    assert ("NotoSansTC-Regular" in json.dumps(list(fonts_of(pdf)))) == (language == "zh-Hant")
    assert ("NotoSansSC-Regular" in json.dumps(list(fonts_of(pdf)))) == (language == "zh-Hans")


def test_texts_in_a_language_that_we_do_not_speak_stand_among_english_words(shop: Shop) -> None:
    thai = copy.deepcopy(DOCUMENT)
    thai["languages"] = ["en", "th"]
    first = thai["sections"][0]["questions"][0]
    thai["sections"][0]["title"]["th"], first["text"]["th"] = "ความสะอาด", "พื้นสะอาด"
    shop.version.body, shop.site.language = json.dumps(thai).encode(), "th"
    made = visit(shop, **{first["key"]: False})
    sheet = scorecard.draw(scorecard.gather(shop.session, shop.scope, shop.site, photos=shop.store, base_url="https://scores.example.org"))
    report = visit_report.draw(visit_report.gather(shop.session, shop.scope, made, photos=shop.store))
    for said in (read_back(sheet), read_back(report)):
        assert "ความสะอาด" in said
        assert "พื้นสะอาด" in said
    assert "To do next" in read_back(sheet)
    assert "No Missed." in read_back(report)


@pytest.mark.parametrize(("code", "ours", "content"), [
    ("hu", "hu", "hu"), ("hu-HU", "hu", "hu"), ("zh-TW", "zh-Hant", "zh-Hant"), ("zh", "zh-Hans", "zh-Hans"), ("en-GB", "en", "en"),
    ("th", "en", "th"), ("de-AT", "en", "de-AT"),
])
def test_a_sites_language_may_have_another_name_or_be_none_of_ours(code: str, ours: str, content: str) -> None:
    t, texts = speaking(code)
    assert (t.language, texts) == (ours, content)


@pytest.mark.parametrize(("language", "shown"), [("en", "97.1"), ("hu", "97,1"), ("zh-Hans", "97.1"), ("zh-Hant", "97.1")])
def test_a_number_has_the_languages_decimal_sign(language: str, shown: str) -> None:
    t = translator(language)
    assert score_number(Fraction(971, 10), t) == number(Fraction(971, 10), t) == shown
    assert (score_number(None, t), number(Fraction(4), t)) == ("–", "4")


@pytest.mark.parametrize(("language", "day", "period", "month"), [
    ("en", "24 Nov 2026", "September to November 2026", "November 2026"), ("hu", "2026. nov. 24.", "2026. szeptember–november", "2026. november"),
    ("zh-Hans", "2026年11月24日", "2026年9月至11月", "2026年11月"), ("zh-Hant", "2026年11月24日", "2026年9月至11月", "2026年11月"),
])
def test_days_and_periods_are_said_in_the_language(language: str, day: str, period: str, month: str) -> None:
    made, t = card(), translator(language)
    assert day_words(made.made_on, t) == day
    assert period_words(made.first, made.last, t) == period
    assert period_words(made.last.replace(day=1), made.last, t) == month


@pytest.mark.parametrize(("language", "words"), [("en", "10:42"), ("hu", "10:42"), ("zh-Hans", "10:42"), ("zh-Hant", "10:42")])
def test_a_time_is_the_sites_own(language: str, words: str) -> None:
    assert time_words(report_of(Told("", "kept", "", "")).hours[0], translator(language)) == words


def test_sentences_follow_each_other_as_their_script_does() -> None:
    assert together(["One.", "", "Two."], translator("en")) == "One. Two."
    assert together(["一。", "二。"], translator("zh-Hant")) == "一。二。"
    assert together(["One.", "二。"], translator("zh-Hans")) == "One. 二。"
    assert [stopped(text, translator("zh-Hans")) for text in ("门店", "门店。", "Why?")] == ["门店。", "门店。", "Why?"]
    assert stopped("Shop", translator("hu")) == "Shop."


@pytest.mark.parametrize(("language", "quotation"), [("en", "“a”"), ("hu", "„a”"), ("zh-Hans", "“a”"), ("zh-Hant", "「a」")])
def test_a_comment_stands_between_the_languages_marks(language: str, quotation: str) -> None:
    assert quoted("a", translator(language)) == quotation
