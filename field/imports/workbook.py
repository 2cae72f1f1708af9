"""Spreadsheets that people hand in: bounded before they are unpacked, cells as plain values, nothing computed."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from field.errors import Mistake, Problem
from field.locale import N_

MAX_BYTES, MAX_UNPACKED, MAX_MEMBERS, MAX_RATIO = 2_000_000, 20_000_000, 200, 200
MAX_ROWS, MAX_COLUMNS = 1_000, 100
_SMALL = 100_000

NO_WORKBOOK = N_("This is not an .xlsx file. Save the spreadsheet as “Excel workbook (.xlsx)”.")
NO_SHEET = N_("This sheet is missing. Use the template.")

Cells = list[list[Any]]


def read_workbook(data: bytes, sheets: tuple[str, ...]) -> dict[str, Cells]:
    """The rows of these sheets, from the first; ``import.too_large``, or ``import.invalid`` where it is no workbook."""
    if len(data) > MAX_BYTES:
        raise Problem("import.too_large", limit="2 MB")
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except Exception as error:  # whatever a broken file makes the reader raise
        raise _no_workbook() from error
    try:
        missing = [name for name in sheets if name not in book.sheetnames]
        if missing:
            raise Problem("import.invalid", errors=[Mistake(f"/{name}", "sheet.missing", NO_SHEET) for name in missing])
        return {name: _rows(book[name]) for name in sheets}
    except Problem:
        raise
    except Exception as error:
        raise _no_workbook() from error
    finally:
        book.close()


def _rows(sheet: Any) -> Cells:
    """The rows with their trailing empty ones cut; one more than allowed is too many."""
    rows = [[_plain(cell) for cell in row] for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise Problem("import.too_large", limit="1000")
    return rows


def _plain(cell: Any) -> Any:
    """Texts without blanks around them; empty ones and blanks are None; days as people write them."""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").strip() or None
    return cell


def _refuse_bombs(data: bytes) -> None:
    """Counts members, sizes and declarations before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise Problem("import.too_large", limit="20 MB")
            if any(member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1) for member in members):
                raise Problem("import.too_large", limit="20 MB")
            if any(_declares(archive.read(member)) for member in members if member.filename.endswith((".xml", ".rels"))):
                raise _no_workbook()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _no_workbook() from error


def _declares(xml: bytes) -> bool:
    """Whether it brings declarations of its own, in any width of letters: a workbook needs none."""
    return b"<!" in xml.replace(b"\0", b"").replace(b"<!--", b"").replace(b"<![CDATA[", b"")


def _no_workbook() -> Problem:
    return Problem("import.invalid", errors=[Mistake("/file", "workbook.shape", NO_WORKBOOK)])
