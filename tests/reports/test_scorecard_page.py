"""The printed scorecard: one page, everything on it, whatever the texts are."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field.locale import translator
from field.reports.card import Praise, Row, Scorecard, Task
from field.reports.scorecard import draw
from field.reports.scorecard_edges import foot
from field.reports.scorecard_page import fitted
from field.reports.sheet import MARGIN, Sheet
from field.stats.ranges import NOTHING, Estimate, Range, Silence
from tests.reports.making import card, jpeg
from tests.reports.reading import codes_in, fonts_of, picture_of, placed_words, reader, text_of

PAPERS = ("a4", "letter")
HOSTILE = (
    "<b>&amp;</b> & <i>", '<img src="/etc/passwd"/>', '<img src="http://127.0.0.1:9/x.png">', "a" * 4000,
    "word " * 800, "\x00\x07\x1b[2J\u202e\u200b", "مرحبا שלום", "😀 中文 ő ű Ω Ж", "e\u0301\u0301\u0301", "\ud800",
    "%(score)s %s {}", "(unclosed \\ PDF string", "",
)


@pytest.mark.parametrize("paper", PAPERS)
def test_everything_of_a_card_stands_on_one_page(paper: str) -> None:
    pdf = draw(card(), paper)
    said = text_of(pdf)
    assert len(reader(pdf).pages) == 1
    for words in (
        "Old Mill Arcade", "September to November 2026", "8 visits. Store standards.", "Most standards were kept.",
        "84 (likely between 79 and 89). 8 visits. Good picture.", "What we looked at", "In five dimensions", "Empathy",
        "Knowledge and courtesy", "Done well at every visit", "The way in is tidy, lit and easy to find.", "To do next",
        "Must-keep standard: The till charges what the shelf says. Kept at 5 of 8 visits.",
        "Standard: A time given to a customer is kept. Kept at 5 of 7 visits.", "How to read this sheet",
        "Scan the code", "Sheet of 24 Nov 2026.",
    ):
        assert words in said
    assert (said.count("Who"), said.count("By when")) == (3, 3)


def test_the_sheet_measures_what_the_paper_measures() -> None:
    assert [round(float(side)) for side in reader(draw(card(), "letter")).pages[0].mediabox[2:]] == [612, 792]
    assert [round(float(side)) for side in reader(draw(card(), "a4")).pages[0].mediabox[2:]] == [595, 842]


def test_the_paper_names_nobody_and_no_time_of_day() -> None:
    pdf = draw(card())
    assert not re.search(r"\d\d:\d\d", text_of(pdf))
    assert "rank" not in text_of(pdf).lower()
    about = reader(pdf).metadata
    assert (about["/Title"], about["/Creator"], about["/Author"]) == ("Scorecard of Old Mill Arcade", "Fieldscore", "Fieldscore")
    assert reader(pdf).trailer["/Root"]["/Lang"] == "en"


def test_the_same_card_gives_the_same_bytes() -> None:
    assert draw(card()) == draw(card())


def test_every_font_is_embedded_and_no_other_is_named() -> None:
    fonts = fonts_of(draw(card()))
    assert all(fonts.values())
    assert {name.split("+")[-1] for name in fonts} == {"NotoSans-Regular", "NotoSans-Bold"}


def test_the_score_the_tasks_and_the_name_are_legible_at_arms_length() -> None:
    sizes: dict[str, float] = {}
    for text, _, _, size in placed_words(draw(card())):
        sizes[text] = max(size, sizes.get(text, 0))
    assert sizes["84"] >= 80
    assert sizes["Old Mill Arcade"] >= 26
    assert sizes["Shelf labels can be read."] >= 11
    assert min(sizes.values()) >= 9


@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_leads_to_the_sites_page(paper: str) -> None:
    assert codes_in(draw(card(), paper)) == ["https://scores.example.org/sites/old-mill-arcade"]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "127.8.0.1", "0.0.0.0"])
def test_a_loopback_address_prints_no_code_and_says_why(host: str) -> None:
    pdf = draw(card(address=f"http://{host}/sites/x"))
    assert codes_in(pdf) == []
    assert "No code here: the address of this server" in text_of(pdf)


def test_grey_loses_nothing() -> None:
    grey = picture_of(draw(card(done_well=())), grey=True).convert("L")
    number = grey.crop((70, 130, 330, 400))
    assert min(number.get_flattened_data() if hasattr(number, "get_flattened_data") else number.getdata()) < 100


def test_a_site_without_an_accepted_visit_gets_one_page_that_says_so() -> None:
    empty = card(visits=0, score=NOTHING, words="", sections=(), dimensions=(), done_well=(), to_do=(), first=None, last=None)
    said = text_of(draw(empty))
    assert "No accepted visit yet. Two are planned." in said
    assert "Most standards" not in said
    assert "To do next" not in said
    assert "12 are planned." in text_of(draw(replace(empty, planned=12)))


@pytest.mark.parametrize(("found", "words"), [
    (Estimate(91.0, 1, silence=Silence.ONE_VISIT), "91 out of 100. One visit: a snapshot of that hour."),
    (Estimate(91.0, 3, silence=Silence.TOO_FEW), "91 out of 100. 3 visits. Early picture: not ranked. Too few visits for a range."),
    (Estimate(84.5, 12, Range(78.2, 104)), "85 (likely between 78 and 100). 12 visits. Firm picture."),
])
def test_a_number_never_stands_alone(found: Estimate, words: str) -> None:
    assert words in text_of(draw(card(score=found, visits=found.visits)))


def test_nothing_left_to_do_is_said() -> None:
    assert "Nothing new: every standard was kept." in text_of(draw(card(to_do=())))


def test_a_section_without_a_score_says_so() -> None:
    assert text_of(draw(card(sections=(Row("Signage", None),)))).count("no score") == 1


def test_a_praise_without_a_printable_photo_is_text_alone() -> None:
    with_photos, without = draw(card()), draw(card(done_well=(Praise("Floors are clean."),)))
    assert len(reader(with_photos).pages[0].images) == 3
    assert len(reader(without).pages[0].images) == 0
    assert "Floors are clean." in text_of(without)


def test_photos_go_into_the_file_as_they_are() -> None:
    photo = jpeg()
    assert photo in draw(card(done_well=(Praise("Floors are clean.", photo),)))


def longer(text: str) -> str:
    """A text as long as Hungarian makes it: a third more."""
    return text + " " + "őszűlő " * (len(text) // 18)


def in_hungarian_length(made: Scorecard) -> Scorecard:
    return replace(
        made, site=longer(made.site), words=longer(made.words),
        sections=tuple(replace(row, title=longer(row.title)) for row in made.sections),
        dimensions=tuple(replace(row, title=longer(row.title), explained=longer(row.explained)) for row in made.dimensions),
        done_well=tuple(replace(praise, text=longer(praise.text)) for praise in made.done_well),
        to_do=tuple(replace(task, text=longer(task.text), standard=longer(task.standard)) for task in made.to_do))


@pytest.mark.parametrize("paper", PAPERS)
def test_texts_a_third_longer_lose_neither_a_word_nor_a_photo(paper: str) -> None:
    long = in_hungarian_length(card())
    pdf = draw(long, paper)
    assert "…" not in text_of(pdf)
    assert len(reader(pdf).pages[0].images) == 3
    assert " ".join(long.to_do[2].standard.split()) in text_of(pdf)


def with_sections(count: int) -> Scorecard:
    return card(sections=tuple(Row(f"Section number {place}", 60 + place) for place in range(count)))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", [1, 7, 12, 14])
def test_any_number_of_sections_fits(count: int, paper: str) -> None:
    said = text_of(draw(with_sections(count), paper))
    assert all(f"Section number {place} " in said for place in range(count))
    assert_nothing_overlaps(with_sections(count), paper)


@pytest.mark.parametrize("paper", PAPERS)
def test_of_very_many_sections_the_sheet_says_how_many_it_leaves_out(paper: str) -> None:
    assert_nothing_overlaps(with_sections(40), paper)
    assert re.search(r"\d\d more on the site's page\.", text_of(draw(with_sections(40), paper)))


def assert_nothing_overlaps(made: Scorecard, paper: str) -> None:
    """All blocks together end above the foot, and no text leaves the margins."""
    sheet, t = Sheet(paper, title="", language="en"), translator("en")
    room = sheet.height - 2 * MARGIN - foot(sheet, made, t).height
    assert sum(block.height for block in fitted(sheet, made, t, room)) <= room
    pdf = draw(made, paper)
    wide, high = (float(side) for side in reader(pdf).pages[0].mediabox[2:])
    for _text, x, y, _size in placed_words(pdf):
        assert MARGIN - 6 <= x < wide - MARGIN
        assert MARGIN - 6 <= y < high - MARGIN


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_text_on_one_page(text: str, paper: str) -> None:
    made = card(site=text, questionnaire=text, words=text, sections=(Row(text, 50),) * 12,
                dimensions=(Row(text, 50, text),) * 5, done_well=(Praise(text, jpeg()),) * 3,
                to_do=(Task(text, text, 0, 3, True),) * 3)
    assert len(reader(draw(made, paper)).pages) == 1
    assert_nothing_overlaps(made, paper)


def test_markup_is_printed_as_it_was_typed() -> None:
    pdf = draw(card(site="<b>Q&A</b>", done_well=(Praise('<img src="x">'),)))
    assert "<b>Q&A</b>" in text_of(pdf)
    assert '<img src="x">' in text_of(pdf)


def test_latin_greek_and_cyrillic_print_and_other_characters_show_their_code() -> None:
    said = text_of(draw(card(site="Őrült Űr Ωμέγα Жук 𠮷 😀")))
    assert "Őrült Űr Ωμέγα Жук [U+20BB7] [U+1F600]" in said


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300))
def test_any_text_prints_on_one_page(text: str) -> None:
    assert len(reader(draw(card(site=text, done_well=(Praise(text),), to_do=(Task(text, text, 1, 2),)))).pages) == 1


def test_a_sheet_with_three_photos_takes_at_most_thirty_five_milliseconds() -> None:
    made, spent = card(), []
    for _ in range(8):
        start = time.process_time()
        draw(made)
        spent.append(time.process_time() - start)
    assert sorted(spent)[3] < 0.035
