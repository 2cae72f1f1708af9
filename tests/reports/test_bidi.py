"""Which way letters run: cases of Unicode's bidirectional algorithm, written by hand. Capitals stand for Hebrew."""

import pytest

from field.reports import bidi

HEBREW = {ord(capital): chr(0x5D0 + place) for place, capital in enumerate("ABCDEFGH")}
LATIN = {letter: chr(capital) for capital, letter in HEBREW.items()}


def seen(text: str) -> str:
    """A line as it is seen from left to right, before brackets are mirrored."""
    real = text.translate(HEBREW)
    order = bidi.visual(list(zip(real, bidi.levels(real), strict=True)), lambda each: each[1])
    return "".join(LATIN.get(character, character) for character, _ in order)


@pytest.mark.parametrize(("text", "line"), [
    ("abc def", "abc def"), ("ABC DEF", "FED CBA"), ("abc ABC def", "abc CBA def"), ("ABC abc DEF", "FED abc CBA"),
    ("abc ABC DEF def", "abc FED CBA def"), ("ABC 123 DEF", "FED 123 CBA"), ("abc ABC 123", "abc 123 CBA"), ("abc ABC 1,234.5%", "abc 1,234.5% CBA"),
    ("ABC (abc)", ")abc( CBA"), ("abc (ABC) def", "abc (CBA) def"), ("ABC.", ".CBA"), ("abc ABC.", "abc CBA."), ("12 ABC", "CBA 12"),
    ("ABC  ", "  CBA"), ("", ""), ("a-B-c", "a-B-c"), ("A1b", "1bA"), ("abc ABC (DEF)", "abc )FED( CBA"),
])
def test_a_line_is_seen_as_unicode_says(text: str, line: str) -> None:
    assert seen(text) == line


def test_digits_after_arabic_letters_stay_in_their_order() -> None:
    text = "س 12-3"
    assert bidi.levels(text) == [1, 1, 2, 2, 1, 2]


def test_a_mark_stays_with_its_letter() -> None:
    assert bidi.levels("א\u05b0 a") == [1, 1, 1, 2]


@pytest.mark.parametrize(("text", "way"), [("abc ABC", 0), ("12 ABC", 1), ("...", None), ("\u200fabc", 1)])
def test_the_first_letter_or_mark_decides_the_direction(text: str, way: int | None) -> None:
    assert bidi.direction(text.translate(HEBREW)) == way


def test_a_text_set_apart_does_not_reorder_its_sentence() -> None:
    site = "ABC".translate(HEBREW)
    sentence = f"{bidi.apart(site)}, 12 Nov 2026. Fieldscore."
    assert bidi.direction(sentence) == 0
    assert "".join(c for c, _ in bidi.visual(list(zip(sentence, bidi.levels(sentence), strict=True)), lambda each: each[1])) == \
        f"\u200e{site[::-1]}\u200e, 12 Nov 2026. Fieldscore."
    assert bidi.apart("Old Mill") == "Old Mill"
