"""The template of a questionnaire's spreadsheet: both sheets with a small example, every column explained in a note."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from field.imports.sheet_columns import SHEETS, Column, columns_in
from field.locale import LANGUAGES, Translator

_EXAMPLE = json.loads((Path(__file__).parent / "sheet_example.json").read_text("utf-8"))


def template(t: Translator, further: Sequence[str] = ()) -> bytes:
    """The workbook's bytes in the reader's language, with columns for further ones. Texts stay texts: nothing in it is ever run."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for name in SHEETS:
            columns = columns_in(name, [language for language in further if language != t.language])
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column.name, bold)
                sheet.write_comment(0, place, _note(column, t))
                sheet.set_column(place, place, 44 if column.text and len(column.path) == 1 else 14)
            for number, row in enumerate(_example(name, columns), 1):
                for place, column in enumerate(columns):
                    sheet.write(number, place, _cell(row, column, t.language))
    return out.getvalue()


def _note(column: Column, t: Translator) -> str:
    return f"{LANGUAGES[column.language]}: {t(column.about)}" if column.language else t(column.about)


def _example(sheet: str, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The example's rows; the questionnaire has one of its own where its title is said in several languages."""
    several = any(column.language for column in columns)
    return [row for row in _EXAMPLE[sheet] if several or row.get("kind") != "questionnaire"]


def _cell(row: Mapping[str, Any], column: Column, first: str) -> Any:
    value = row.get(column.meaning, "")
    return value[column.language or first] if isinstance(value, dict) else value
