"""Spreadsheets made for tests: the template, with cells changed, and questionnaires written into one."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from field.imports.sheet_columns import OPTIONS, QUESTIONNAIRE_PATHS, QUESTIONS, SECTION_PATHS, SHEETS, TOP, columns_in
from field.imports.sheet_template import template
from field.locale import translator

FACTS = {"slug": "paper", "version": 1, "languages": ["en"], "title": {"en": "Paper"}, "purpose": "visit", "scoring": {"mode": "sections"}}


def changed(further: Sequence[str] = (), **cells: Any) -> bytes:
    """The template's bytes with cells set: ``changed(Questions_C3="…")``."""
    book = load_workbook(io.BytesIO(template(translator("en"), further)))
    for name, value in cells.items():
        sheet, _, cell = name.partition("_")
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns(sheet: str, further: Sequence[str] = ()) -> dict[str, str]:
    """The letter of each column by its name."""
    book = load_workbook(io.BytesIO(template(translator("en"), further)))
    return {cell.value: cell.column_letter for cell in book[sheet][1]}


def written(document: dict[str, Any]) -> bytes:
    """A workbook that says what the document says, as far as sheets can: every text in all languages, no tags and no stages."""
    book = Workbook()
    book.remove(book.active)
    rows = {QUESTIONS: list(_question_rows(document)), OPTIONS: list(_option_rows(document))}
    for name in SHEETS:
        sheet = book.create_sheet(name)
        listed = columns_in(name, document["languages"][1:])
        sheet.append([column.name for column in listed])
        for kind, part, paths in rows[name]:
            steps = {column.meaning: paths.get(column.meaning) if paths else column.path for column in listed}
            sheet.append([kind if column.name == "kind" else _cell(part, steps[column.meaning], column.language or document["languages"][0])
                          for column in listed])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _question_rows(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    yield "questionnaire", document, QUESTIONNAIRE_PATHS
    for section in document["sections"]:
        yield "section", section, SECTION_PATHS
        for question in section["questions"]:
            yield question["kind"], question, None


def _option_rows(document: dict[str, Any]) -> Iterator[tuple[None, dict[str, Any], None]]:
    for section in document["sections"]:
        for question in section["questions"]:
            for part in (*question.get("options", ()), *question.get("bands", ())):
                yield None, {"question": question["key"], **part}, None


def _cell(part: Any, path: Sequence[str] | None, language: str) -> Any:
    """What the member holds, in the words of a cell."""
    for step in path or ():
        part = part.get(str(part.get("scale", 5)) if step == TOP else step) if isinstance(part, dict) else None
    return None if not path or part is None else _in_words(part, language)


def _in_words(value: Any, language: str) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "question" in value:
        operator = next(member for member in value if member != "question")
        return f"{value['question']} {operator} {_in_words(value[operator], language)}"
    return value.get(language) if isinstance(value, dict) else value
