"""Tables: known columns, bounded, harmless; every fault with its row and column."""

import pytest

from field.errors import Problem
from field.imports import tables
from field.imports.tables import Column, read_table
from field.reports.overview_csv import harmless

COLUMNS = (Column("code", "", required=True), Column("name", "", required=True), Column("lat", "", numeric=True))


def faults(data):
    with pytest.raises(Problem) as caught:
        read_table(data, COLUMNS)
    return [(mistake.path, mistake.code) for mistake in caught.value.errors]


def cells(data):
    return [(row.number, row.cells) for row in read_table(data, COLUMNS)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_come_in_any_order_with_the_usual_separators(separator):
    data = f"name{separator}CODE\r\nMill{separator}mill\r\n\r\nQuay {separator} quay\r\n".encode()
    assert cells(data) == [(2, {"name": "Mill", "code": "mill"}), (4, {"name": "Quay", "code": "quay"})]


def test_a_cell_may_hold_separators_and_quotation_marks():
    assert cells(b'code,name\nmill,"Mill, ""the old one"""\n')[0][1]["name"] == 'Mill, "the old one"'


def test_unknown_missing_and_repeated_columns_are_named():
    assert faults(b"code,colour,code\nmill,red,mill\n") == [
        ("/1/colour", "column.unknown"), ("/1/code", "column.twice"), ("/1/name", "column.missing")]


def test_empty_and_overlong_cells_and_rows_are_named():
    long = b"x" * (tables.MAX_CELL + 1)
    assert faults(b"code,name\n,Mill\nquay," + long + b"\ncanal,Canal,more\n") == [
        ("/2/code", "cell.empty"), ("/3/name", "cell.long"), ("/4", "row.wide")]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "＝1", "  =1"])
def test_a_formula_is_refused_and_with_an_apostrophe_is_text(cell):
    assert faults(f"code,name\nmill,{cell}\n".encode()) == [("/2/name", "cell.formula")]
    assert cells(f"code,name\nmill,{harmless(cell.strip())}\n".encode())[0][1]["name"] == cell.strip()


def test_a_number_may_be_negative():
    assert cells(b"code,name,lat\nmill,Mill,-33.5\n")[0][1]["lat"] == "-33.5"


def test_a_quotation_mark_that_is_never_closed_is_said():
    assert faults(b'code,name\nmill,Mill\nquay,"Quay\n') == [("/3", "table.broken")]


@pytest.mark.parametrize("data, code", [(b"", "table.empty"), (b"code,name\n", "table.empty"), (b"code,name\n , \n", "table.empty")])
def test_an_empty_table_is_said(data, code):
    assert [code for _path, code in faults(data)] == [code]


def test_too_much_at_once_is_refused(monkeypatch):
    for data in (b"code,name\n" + b"mill,Mill\n" * (tables.MAX_ROWS + 1), b"x" * (tables.MAX_BYTES + 1)):
        with pytest.raises(Problem) as caught:
            read_table(data, COLUMNS)
        assert caught.value.code == "import.too_large"
