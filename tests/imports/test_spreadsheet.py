"""A questionnaire from a spreadsheet: the template is one, every fault has its sheet, row and column, bombs are refused."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from field.errors import Problem
from field.imports import sheet_cells, workbook
from field.imports.sheet_cells import Unclear
from field.imports.sheet_template import template
from field.imports.spreadsheet import read_spreadsheet
from field.locale import translator
from field.questionnaire import KINDS, check
from tests.imports.sheets import FACTS, changed, columns


def faults(data, facts=FACTS):
    with pytest.raises(Problem) as caught:
        read_spreadsheet(data, facts, "en")
    return [(mistake.path, mistake.code) for mistake in caught.value.errors]


def questions(data):
    return {question["key"]: question for section in read_spreadsheet(data, FACTS, "en")["sections"] for question in section["questions"]}


def test_the_template_is_a_questionnaire():
    document = read_spreadsheet(template(translator("en")), FACTS, "en")
    assert check(document) == []
    assert [(section["key"], section["weight"]) for section in document["sections"]] == [("cleanliness", "1"), ("service", "2")]
    asked = questions(template(translator("en")))
    assert asked["price_match"]["options"][1] == {"key": "cheaper", "text": {"en": "The till was cheaper"}, "points": "2"}
    assert asked["queue"]["bands"] == [{"up_to": "120", "points": "10"}, {"up_to": "240", "points": "5"}, {"points": "0"}]
    assert asked["courteous"]["labels"] == {"1": {"en": "Curt"}, "5": {"en": "Warm"}}
    assert asked["floors_clean"]["comment_required_if"] == {"question": "floors_clean", "is": False}


def test_every_cell_of_a_question_lands_in_its_member():
    at = columns("Questions")
    cells = {f"Questions_{at[name]}3": value for name, value in {
        "weight": 1.5, "must_keep": True, "fail_below": "2,5", "good": "no", "required": "yes", "not_applicable": "x", "could_not_check": "no",
        "bonus": "no", "comment": "required", "photos_min": 1, "shown_if": None}.items()}
    floors = questions(changed(**cells))["floors_clean"]
    wanted = {"weight": "1.5", "critical": True, "fail_below": "2.5", "good": False, "required": True, "not_applicable": True,
              "could_not_check": False, "bonus": False, "comment": "required", "photos": {"min": 1, "max": 3}}
    assert {name: floors[name] for name in wanted} == wanted


def test_the_names_of_a_rating_follow_its_scale():
    at = columns("Questions")
    courteous = questions(changed(**{f"Questions_{at['scale']}5": 7}))["courteous"]
    assert set(courteous["labels"]) == {"1", "7"}


@pytest.mark.parametrize("cell, column, code", [
    ({"kind": "telepathy"}, "kind", "shape.value"), ({"key": "Floors Clean"}, "key", "shape.text"), ({"points": "many"}, "points", "cell.unclear"),
    ({"points": -4}, "points", "points.negative"), ({"must_keep": "perhaps"}, "must_keep", "cell.unclear"),
    ({"dimension": "looks"}, "dimension", "shape.value"), ({"text": "=1+1"}, "text", "cell.unclear"),
    ({"shown_if": "if it rains"}, "shown_if", "cell.unclear"), ({"photos_min": 9}, "photos_min", "photos.range"),
    ({"comment_required_if": "queue is yes"}, "comment_required_if", "rule.later"), ({"key": "remarks"}, "key", "key.duplicate"),
])
def test_a_fault_of_a_question_is_named_at_its_cell(cell, column, code):
    at = columns("Questions")
    found = faults(changed(**{f"Questions_{at[name]}3": value for name, value in cell.items()}))
    places = [path for path, _code in found]
    row = 8 if code == "key.duplicate" else 3
    assert f"/Questions/{row}/{at[column]}: {column}" in places, found
    assert code in dict(found).values()


def test_a_missing_text_is_named_at_its_empty_cell():
    assert ("/Questions/3/C: text", "shape.missing") in faults(changed(Questions_C3=None))


def test_faults_of_options_and_bands_are_named_on_their_sheet():
    assert faults(changed(Options_B3="exact")) == [("/Options/3/B: key", "option.duplicate")]
    assert [path for path, _ in faults(changed(Options_D6=100))] == ["/Options/6/D: up_to"]
    assert faults(changed(Options_A4="nothing")) == [("/Options/4/A: question", "question.unknown")]


def test_rows_before_a_section_and_foreign_cells_of_one_are_named():
    assert faults(changed(Questions_A2="yes_no"))[0] == ("/Questions/2/A: kind", "section.missing")
    assert faults(changed(Questions_G2=4)) == [("/Questions/2/G: points", "section.cell")]


def test_unknown_and_missing_columns_are_named():
    assert faults(changed(Questions_A1="sort")) == [("/Questions/1/A: sort", "column.unknown"), ("/Questions/1/kind", "column.missing")]


def test_what_is_wrong_with_the_facts_keeps_its_member():
    assert [path for path, _ in faults(changed(), {**FACTS, "slug": "Not A Slug", "scoring": {"mode": "sections", "pass_mark": "101"}})] == ["/slug"]
    assert [path for path, _ in faults(changed(), {**FACTS, "scoring": {"mode": "sections", "pass_mark": "101"}})] == ["/scoring/pass_mark"]


@pytest.mark.parametrize("written, meant", [
    ("floors is yes", {"question": "floors", "is": True}), ("smile is 3", {"question": "smile", "is": 3}),
    ("price in cheaper, dearer", {"question": "price", "in": ["cheaper", "dearer"]}), ("drinks has tea", {"question": "drinks", "has": "tea"}),
    ("wait below 60", {"question": "wait", "below": "60"}), ("smile at least 4", {"question": "smile", "at_least": "4"}),
    ("remarks answered", {"question": "remarks", "answered": True}), ("remarks not answered", {"question": "remarks", "answered": False}),
])
def test_a_rule_is_read_as_it_is_said(written, meant):
    assert sheet_cells.rule(written) == meant


def test_yes_and_no_are_keys_where_a_rule_looks_at_options():
    at = columns("Questions")
    rule = {"Options_B2": "yes", "Options_B3": "no", f"Questions_{at['comment_required_if']}6": "price_match is no",
            f"Questions_{at['shown_if']}8": "price_match in no, dearer", f"Questions_{at['required_if']}8": "floors_clean is no"}
    asked = questions(changed(**rule))
    assert asked["price_match"]["comment_required_if"] == {"question": "price_match", "is": "no"}
    assert asked["remarks"]["shown_if"] == {"question": "price_match", "in": ["no", "dearer"]}
    assert asked["remarks"]["required_if"] == {"question": "floors_clean", "is": False}


@pytest.mark.parametrize("cell", ["1.2345", "1e400", "NaN", True, "=1", "ten", 10**12])
def test_what_is_no_decimal_is_unclear(cell):
    with pytest.raises(Unclear):
        sheet_cells.decimal(cell)


def test_every_kind_can_be_asked_by_a_spreadsheet():
    rows = {"rating": {}, "number": {}, "photo": {"photos_max": 2}, "note": {}, "text": {}, "yes_no": {}, "duration": {}}
    assert set(KINDS) - set(rows) == {"choice", "choices"}
    at = columns("Questions")
    for kind, cells in rows.items():
        filled = {at[name] + "8": value for name, value in {"kind": kind, **cells}.items()}
        assert questions(changed(**{f"Questions_{cell}": value for cell, value in filled.items()}))["remarks"]["kind"] == kind


def refused(data):
    with pytest.raises(Problem) as caught:
        read_spreadsheet(data, FACTS, "en")
    return caught.value.code, [mistake.code for mistake in caught.value.errors]


@pytest.mark.parametrize("data", [b"", b"code,name\n", b"PK\x03\x04 not a zip", template(translator("en"))[:4000]])
def test_what_is_no_workbook_is_refused(data):
    assert refused(data) == ("import.invalid", ["workbook.shape"])


def test_a_workbook_without_the_sheets_names_them():
    out = io.BytesIO()
    Workbook().save(out)
    assert refused(out.getvalue()) == ("import.invalid", ["sheet.missing", "sheet.missing"])


def rezipped(**members):
    """The template with members replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template(translator("en")))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in members:
                new.writestr(member.filename, old.read(member))
        for name, data in members.items():
            new.writestr(name, data)
    return out.getvalue()


def test_bombs_are_refused_before_they_are_unpacked():
    blanks = b" " * (workbook.MAX_UNPACKED + 1)
    assert refused(rezipped(**{"xl/media/blank.bin": blanks}))[0] == "import.too_large"
    assert refused(rezipped(**{"xl/media/blank.bin": blanks[:workbook.MAX_UNPACKED // 4]}))[0] == "import.too_large"
    assert refused(rezipped(**{f"xl/media/{n}": b"x" for n in range(workbook.MAX_MEMBERS)}))[0] == "import.too_large"
    assert refused(b"x" * (workbook.MAX_BYTES + 1))[0] == "import.too_large"


def test_declarations_of_entities_are_refused():
    lol = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><workbook/>'
    assert refused(rezipped(**{"xl/workbook.xml": lol})) == ("import.invalid", ["workbook.shape"])
    assert refused(rezipped(**{"xl/workbook.xml": lol.decode().encode("utf-16")})) == ("import.invalid", ["workbook.shape"])


def test_too_many_rows_are_refused():
    at = columns("Questions")["kind"]
    assert refused(changed(**{f"Questions_{at}{workbook.MAX_ROWS + 1}": "note"}))[0] == "import.too_large"
