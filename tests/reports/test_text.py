"""Characters, fonts and lines on paper."""

import pytest

from field.reports.code import scannable
from field.reports.fonts import visible
from field.reports.text import Style, wrap

STYLE = Style(10, 14)


@pytest.mark.parametrize(("text", "shown"), [
    ("ő ű Ő Ű € – “”", "ő ű Ő Ű € – “”"), ("Ωμέγα", "Ωμέγα"), ("Жук", "Жук"), ("o\u030b", "ő"), ("𠮷", "[U+20BB7]"), ("🧀", "[U+1F9C0]"),
    ("\x07", "[U+0007]"), ("\u202e", "[U+202E]"), ("\ud800", "[U+D800]"), ("a\tb\nc", "a b c"), ("so\u00adft", "soft"), ("\ufffe", "[U+FFFE]"),
    ("❤\ufe0f", "❤"),
])
def test_a_character_that_no_font_has_prints_as_its_code(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_lines_never_exceed_the_width() -> None:
    for text in ("word " * 60, "x" * 900, "a " + "y" * 300 + " b"):
        assert all(STYLE.width(line) <= 100 for line in wrap(text, STYLE, 100))
        assert "".join(wrap(text, STYLE, 100)).replace(" ", "") == text.replace(" ", "")


def test_a_text_is_cut_at_a_sentence_where_that_keeps_most_of_it_else_at_a_word() -> None:
    sentence = "The till charges what the shelf says. Every item, every day, and also in the evening."
    assert wrap(sentence, STYLE, 100, 2) == ["The till charges what", "the shelf says."]
    assert wrap("several words without any end of a sentence", STYLE, 100, 1)[0].endswith(" …")


@pytest.mark.parametrize(("address", "can"), [
    ("https://scores.example.org/sites/x", True), ("http://192.168.1.5:8000/x", True), ("http://127.0.0.1/x", False),
    ("http://localhost:8000/x", False), ("http://[::1]/x", False), ("nonsense", False), ("http://app.localhost/", False),
])
def test_only_an_address_that_a_phone_can_open_becomes_a_code(address: str, can: bool) -> None:
    assert scannable(address) is can
