"""A questionnaire in several languages from a spreadsheet: a column for each language, nothing half translated."""

import io

import pytest
from openpyxl import load_workbook

from field.content import builtin
from field.errors import Problem
from field.imports.sheet_template import template
from field.imports.spreadsheet import read_spreadsheet
from field.imports.workbook import MAX_COLUMNS
from field.locale import LANGUAGES, translator
from field.questionnaire import check
from tests.imports.sheets import FACTS, changed, columns, written

FURTHER = ("hu", "zh-Hans", "zh-Hant")
UNTITLED = {name: fact for name, fact in FACTS.items() if name != "title"}


def faults(data, facts=UNTITLED, language="en"):
    with pytest.raises(Problem) as caught:
        read_spreadsheet(data, facts, language)
    return [(mistake.path, mistake.code) for mistake in caught.value.errors]


def plain(document):
    """The document without what no sheet holds."""
    questions = [[{name: value for name, value in question.items() if name != "tags"} for question in section["questions"]]
                 for section in document["sections"]]
    sections = [{**section, "questions": kept} for section, kept in zip(document["sections"], questions, strict=True)]
    return {**{name: value for name, value in document.items() if name != "stages"}, "sections": sections}


@pytest.mark.parametrize("slug", ["business-customer", "five-dimensions", "staff-traits"])
def test_a_questionnaire_in_four_languages_goes_through_a_spreadsheet_and_back(slug):
    [document] = [plain(document) for _, document in builtin() if document["slug"] == slug]
    facts = {name: document[name] for name in ("slug", "version", "purpose", "minutes", "scoring")}
    assert len(document["languages"]) == 4
    assert read_spreadsheet(written(document), facts, "en") == document


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_says_its_example_in_every_language_that_is_asked_for(language):
    document = read_spreadsheet(template(translator(language), tuple(LANGUAGES)), UNTITLED, language)
    assert check(document) == []
    assert document["languages"] == [language, *(code for code in LANGUAGES if code != language)]
    assert document["title"]["hu"] == "Rövid látogatás"
    assert document["sections"][1]["questions"][0]["labels"]["5"]["zh-Hans"] == "热情"
    assert document["sections"][1]["questions"][1]["options"][0]["text"]["zh-Hant"] == "完全一致"


def test_a_column_of_words_stands_beside_those_it_repeats():
    assert list(columns("Options", FURTHER)) == ["question", "key", "text", "text hu", "text zh-Hans", "text zh-Hant", "up_to", "points"]
    assert len(columns("Questions", FURTHER)) < MAX_COLUMNS


def test_a_language_whose_columns_are_empty_is_not_one_of_the_questionnaire():
    book = load_workbook(io.BytesIO(template(translator("en"), FURTHER)))
    for sheet in book:
        for column in sheet.iter_cols(min_row=1):
            if str(column[0].value).endswith(("hu", "zh-Hant")):
                for cell in column[1:]:
                    cell.value = None
    out = io.BytesIO()
    book.save(out)
    document = read_spreadsheet(out.getvalue(), UNTITLED, "en")
    assert document["languages"] == ["en", "zh-Hans"]
    assert set(document["sections"][0]["title"]) == {"en", "zh-Hans"}


def test_a_text_that_is_not_translated_is_named_at_its_empty_cell():
    question, option = columns("Questions", FURTHER), columns("Options", FURTHER)
    empty = {f"Questions_{question['standard hu']}4": None, f"Options_{option['text zh-Hant']}3": None}
    assert faults(changed(FURTHER, **empty)) == [
        (f"/Questions/4/{question['standard hu']}: standard hu", "text.untranslated"),
        (f"/Options/3/{option['text zh-Hant']}: text zh-Hant", "text.untranslated")]


def test_a_text_that_has_no_column_in_a_language_is_named_at_its_own_cell():
    at = columns("Options", FURTHER)["text hu"]
    assert faults(changed(FURTHER, **{f"Options_{at}1": None})) == [(f"/Options/{row}/C: text", "text.untranslated") for row in (2, 3, 4)]


def test_a_text_that_is_missing_in_the_first_language_is_named():
    assert ("/Questions/4/C: text", "text.untranslated") in faults(changed(FURTHER, Questions_C4=None))


def test_the_first_language_has_no_column_of_its_own():
    assert faults(changed(("hu",)), language="hu")[0] == ("/Questions/1/D: text hu", "column.first_language")


@pytest.mark.parametrize("name", ["text de", "text hungarian", "points hu", "hu"])
def test_a_column_in_a_language_that_is_not_offered_is_unknown(name):
    assert faults(changed(("hu",), Questions_D1=name))[0] == (f"/Questions/1/D: {name}", "column.unknown")


def test_a_column_is_found_however_its_name_is_spaced_and_written():
    document = read_spreadsheet(changed(("zh-Hans",), Questions_D1=" Text  ZH-hans"), UNTITLED, "en")
    assert document["sections"][0]["title"] == {"en": "Cleanliness", "zh-Hans": "清洁"}


def test_a_title_on_the_page_comes_before_the_sheets_and_wants_its_translations():
    assert read_spreadsheet(changed(FURTHER), FACTS, "en")["title"] == {
        "en": "Paper", "hu": "Rövid látogatás", "zh-Hans": "简短到访", "zh-Hant": "簡短訪查"}
    without = changed(("hu",), **{f"Questions_{cell}2": None for cell in columns("Questions", ("hu",)).values()})
    assert faults(without, FACTS) == [("/title", "text.untranslated")]


def test_a_questionnaire_without_any_title_is_told_so():
    assert faults(changed()) == [("/title", "shape.missing")]


def test_the_questionnaires_row_stands_first_once_and_holds_nothing_else():
    at = columns("Questions", ("hu",))
    assert faults(changed(("hu",), Questions_A4="questionnaire"))[0] == ("/Questions/4/A: kind", "questionnaire.place")
    assert faults(changed(("hu",), **{f"Questions_{at['points']}2": 4})) == [(f"/Questions/2/{at['points']}: points", "questionnaire.cell")]
