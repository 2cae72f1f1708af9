"""Spreadsheets made for tests: the template, with cells changed."""

import io
from typing import Any

from openpyxl import load_workbook

from field.imports.sheet_template import template
from field.locale import translator

FACTS = {"slug": "paper", "version": 1, "languages": ["en"], "title": {"en": "Paper"}, "purpose": "visit", "scoring": {"mode": "sections"}}


def changed(**cells: Any) -> bytes:
    """The template's bytes with cells set: ``changed(Questions_C3="…")``."""
    book = load_workbook(io.BytesIO(template(translator("en"))))
    for name, value in cells.items():
        sheet, _, cell = name.partition("_")
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns(sheet: str) -> dict[str, str]:
    """The letter of each column by its name."""
    book = load_workbook(io.BytesIO(template(translator("en"))))
    return {cell.value: cell.column_letter for cell in book[sheet][1]}
