"""Exports: what a spreadsheet reads back is what was written, and nothing runs."""

import csv
from io import StringIO

import pytest

from field.reports.overview_csv import BYTE_ORDER_MARK, csv_lines


def read_back(*rows: tuple[object, ...]) -> list[list[str]]:
    text = "".join(csv_lines(("Site", "Score"), rows))
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(StringIO(text[1:], newline="")))[1:]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\")", "＝1"])
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert read_back((text, 84)) == [[f"'{text}", "84"]]


def test_ordinary_texts_and_numbers_come_back_as_they_were() -> None:
    assert read_back(("Őrült, \"quoted\"\nline", -8), ("a=b", 84.5), ("", None)) == [
        ["Őrült, \"quoted\"\nline", "-8"], ["a=b", "84.5"], ["", ""]]


def test_lines_come_one_by_one() -> None:
    lines = csv_lines(("Site",), iter([("a",), ("b",)]), mark=False)
    assert [next(lines), next(lines)] == ["Site\r\n", "a\r\n"]
