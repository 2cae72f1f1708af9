"""CSV tables that people hand in: known columns, bounded, no cell that a spreadsheet would run; every fault with row and column."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from field.errors import Mistake, Problem
from field.imports.text import decode
from field.locale import N_

MAX_BYTES, MAX_ROWS, MAX_CELL = 1_000_000, 5_000, 4_000
_SEPARATORS = ",;\t"
#: How a text begins that a spreadsheet would take for a formula; our own exports put an apostrophe before it.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

EMPTY = N_("The file is empty. Its first row names the columns.")
BROKEN = N_("From here on this is no table: look for a quotation mark that is never closed.")
MISSING = N_("This column is missing. Use the template.")
UNKNOWN = N_("There is no such column. Use the template.")
TWICE = N_("This column is there twice.")
TOO_WIDE = N_("This row has more cells than there are columns.")
REQUIRED = N_("Write something here.")
FORMULA = N_("A spreadsheet would run this as a formula. Put an apostrophe before it if it is meant as text.")
LONG = N_("Shorten this to 4,000 characters.")
NO_ROWS = N_("There is no row below the names of the columns.")


@dataclass(frozen=True)
class Column:
    """A column by its name in the first row; ``numeric`` ones may begin with a sign."""

    name: str
    about: str
    required: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """``number`` is the row as a spreadsheet counts it: the names of the columns are row 1."""

    number: int
    cells: dict[str, str]

    def fault(self, column: str, code: str, message: str) -> Mistake:
        return Mistake(f"/{self.number}/{column}", code, message)


def read_table(data: bytes, columns: Sequence[Column], *, encoding: str = "utf-8") -> list[Row]:
    """The rows that hold something; ``import.too_large``, ``import.encoding``, or ``import.invalid`` with every fault."""
    if len(data) > MAX_BYTES:
        raise Problem("import.too_large", limit="1 MB")
    lines = _lines(decode(data, encoding))
    if not lines:
        raise Problem("import.invalid", errors=[Mistake("/1", "table.empty", EMPTY)])
    names = [name.strip().lower() for name in lines[0]]
    _refuse(list(_head_faults(names, columns)))
    filled = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(cell.strip() for cell in cells)]
    if len(filled) > MAX_ROWS:
        raise Problem("import.too_large", limit="5000")
    known = {column.name: column for column in columns}
    _refuse([fault for number, cells in filled for fault in _row_faults(number, names, cells, known)]
            or ([] if filled else [Mistake("/2", "table.empty", NO_ROWS)]))
    return [Row(number, {name: _plain(cell) for name, cell in zip(names, [*cells, *[""] * len(names)], strict=False)}) for number, cells in filled]


def _lines(text: str) -> list[list[str]]:
    """The cells of all lines, by the separator that the first line has most of."""
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    found: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            found.append(cells)
    except csv.Error:
        raise Problem("import.invalid", errors=[Mistake(f"/{len(found) + 1}", "table.broken", BROKEN)]) from None
    return found


def _head_faults(names: Sequence[str], columns: Sequence[Column]) -> Iterator[Mistake]:
    known = {column.name for column in columns}
    for place, name in enumerate(names):
        if name not in known:
            yield Mistake(f"/1/{name[:64]}", "column.unknown", UNKNOWN)
        elif name in names[:place]:
            yield Mistake(f"/1/{name}", "column.twice", TWICE)
    for column in columns:
        if column.required and column.name not in names:
            yield Mistake(f"/1/{column.name}", "column.missing", MISSING)


def _row_faults(number: int, names: Sequence[str], cells: Sequence[str], known: dict[str, Column]) -> Iterator[Mistake]:
    row = Row(number, {})
    if any(cell.strip() for cell in cells[len(names):]):
        yield Mistake(f"/{number}", "row.wide", TOO_WIDE)
    for name, cell in zip(names, [*cells, *[""] * len(names)], strict=False):
        if known[name].required and not cell.strip():
            yield row.fault(name, "cell.empty", REQUIRED)
        if len(cell) > MAX_CELL:
            yield row.fault(name, "cell.long", LONG)
        if cell.lstrip().startswith(_FORMULA) and not known[name].numeric:
            yield row.fault(name, "cell.formula", FORMULA)


def _plain(cell: str) -> str:
    """The text without blanks around it and without the apostrophe that keeps a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _refuse(faults: list[Mistake]) -> None:
    if faults:
        raise Problem("import.invalid", errors=faults)
