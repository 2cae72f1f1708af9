"""Every script on paper: what was put in is read back, in the right shapes, the right order and the right lines."""

from itertools import pairwise

import pytest

from field.reports import breaking, shaping
from field.reports.fonts import runs, visible
from field.reports.sheet import Sheet
from field.reports.text import Style, wrap
from tests.reports.reading import fonts_of, picture_of, read_back, reader

STYLE = Style(14, 22)
TEXTS = {
    "Hungarian": "Árvíztűrő tükörfúrógép: őŐűŰ, „idézet”", "Greek": "Ελληνικά Ωμέγα Άέήίόύώ", "Cyrillic": "Съешь ещё этих мягких булок, їґєЖ",
    "Simplified": "店员穿着约定的服装，干净整齐。“收银台”的价格——营业时间：9:00", "Traditional": "店員依規定穿著，乾淨、齊全。「收銀臺」門市標準：直角骨頭",
    "Thai": "พนักงานที่นี่ใช้น้ำปั๊มป้ากตัญญู", "Devanagari": "हिन्दी क्षत्रिय श्री स्टाफ की वर्दी कर्मचारी", "Arabic": "العربية مرحبا بكم في المتجر السلام عليكم لا إله",
    "Hebrew": "שלום לכולם בחנות", "mixed": "Őz 茶 店 ไทย Ω Ж हिन्दी ✓ → №", "Arabic within Latin": "Mixed مرحبا and العربية, end.",
    "missing": "cheese [U+1F9C0] [U+20BB7]",
}


def page(*lines: str, language: str = "en", weight: str = "regular") -> bytes:
    sheet = Sheet("a4", title="-", language=language)
    sheet.lines(50, 80, lines, Style(14, 30, weight))
    return sheet.finish()


@pytest.mark.parametrize("weight", ["regular", "bold"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_read_back_as_it_was_put_in(text: str, weight: str) -> None:
    assert read_back(page(text, weight=weight)) == text


def test_all_scripts_on_one_page_embed_all_fonts_in_a_small_file() -> None:
    pdf = page(*TEXTS.values())
    assert read_back(pdf).split() == " ".join(TEXTS.values()).split()
    assert len(fonts_of(pdf)) >= 6
    assert all(fonts_of(pdf).values())
    assert len(pdf) < 80_000
    assert "Helvetica" not in str(fonts_of(pdf))


def test_a_character_that_no_font_has_is_seen_as_its_code() -> None:
    assert read_back(page("A 🧀 B 𠮷")) == "A [U+1F9C0] B [U+20BB7]"


def test_no_glyph_is_ever_the_empty_box() -> None:
    for text in TEXTS.values():
        for weight in ("regular", "bold"):
            shaped = shaping.line(visible(text + " ½¾‰₿ℹ️☃㈱ｱ"), weight, "zh-Hans")
            assert all(glyph.number for part in shaped for glyph in part.glyphs)


@pytest.mark.parametrize("character", list("骨角遍"))
def test_the_language_decides_the_shape_of_an_ideograph(character: str) -> None:
    simplified, traditional = page(character, language="zh-Hans"), page(character, language="zh-Hant")
    assert {name.split("+")[1] for name in fonts_of(simplified)} == {"NotoSansSC-Regular"}
    assert {name.split("+")[1] for name in fonts_of(traditional)} == {"NotoSansTC-Regular"}
    assert picture_of(simplified).tobytes() != picture_of(traditional).tobytes()
    assert read_back(simplified) == read_back(traditional) == character


@pytest.mark.parametrize(("language", "text", "font"), [
    ("zh-Hans", "臺灣茶行", "NotoSansSC-Regular"), ("zh-Hant", "上海银行", "NotoSansTC-Regular"), ("zh-Hant", "这车来了", "NotoSansSC-Regular"),
    ("en", "臺灣骨", "NotoSansTC-Regular"), ("hu", "银行骨", "NotoSansSC-Regular"), ("en", "骨茶", "NotoSansSC-Regular"),
])
def test_one_chinese_font_draws_a_whole_word_where_it_can(language: str, text: str, font: str) -> None:
    assert [run.ink.font for run in runs(text, "regular", language)] == [font]


def test_each_chinese_font_stands_in_for_the_other_within_a_word() -> None:
    mixed = "这𠀾"  # the first is simplified alone, the second Hong Kong's alone
    for language in ("zh-Hans", "zh-Hant"):
        assert [run.ink.font for run in runs(mixed, "regular", language)] == ["NotoSansSC-Regular", "NotoSansTC-Regular"]
    assert read_back(page(mixed)) == mixed


def test_a_rare_ideograph_in_bold_is_drawn_thicker() -> None:
    assert [(run.ink.font, run.ink.thick) for run in runs("茶堃", "bold", "zh-Hans")] == [
        ("NotoSansSC-Bold", False), ("NotoSansSC-Regular", True)]
    dark = [sum(255 - level for level in picture_of(page("堃", weight=weight)).convert("L").tobytes()) for weight in ("regular", "bold")]
    assert dark[1] > 1.2 * dark[0]


def test_every_character_of_the_national_standards_is_drawn() -> None:
    for encoding in ("gb2312", "gbk", "big5", "big5hkscs"):
        standard = [chr(code) for code in range(0x4E00, 0x9FA6) if chr(code).encode(encoding, "ignore")]
        assert [character for character in standard if visible(character) != character] == []


@pytest.mark.parametrize(("text", "wide"), [("“茶”", True), ("“tea”", False), ("茶……", True), ("tea…", False)])
def test_quotation_marks_are_wide_beside_ideographs_alone(text: str, wide: bool) -> None:
    assert ("NotoSans-Regular" in {run.ink.font for run in runs(text, "regular")}) is not wide


@pytest.mark.parametrize("text", ["AVAVAVAVAVATo Tő", "ป้าที่น้ำ", "क्षत्रिय की वर्दी", "مرحبا", "茶店：“骨”"])
def test_what_is_drawn_is_as_wide_as_it_was_measured(text: str) -> None:
    """A bar after the text stands where the measure says; the ink of the text ends before it."""
    style = Style(40, 50)
    sheet = Sheet("a4", title="-", language="en")
    sheet.text(50, 100, f"\u200e{text}\u200e|", style)
    dark = picture_of(sheet.finish(), dpi=72).convert("L").point(lambda level: 255 * (level < 128)).getbbox()
    assert dark[2] == pytest.approx(50 + style.width(text) + style.width("|") / 2, abs=2)


def test_letters_join_and_marks_stack() -> None:
    """One glyph for lam and alef, one for ksha, and marks above marks in Thai."""
    assert len(shaping.line("لا", "regular", "en")[0].glyphs) == 2  # the second draws nothing: it says the first letter
    assert len(shaping.line("क्ष", "regular", "en")[0].glyphs) == 1
    assert any(glyph.up or glyph.across for glyph in shaping.line("ที่ป้า", "regular", "en")[0].glyphs)


def test_right_to_left_text_stands_from_right_to_left() -> None:
    first, *_, last = shaping.line("אבג", "regular", "en")[0].glyphs
    assert (first.said, last.said) == ("ג", "א")


@pytest.mark.parametrize("text", ["abc אבג 123 (דהו) x, 4.5%", "مرحبا 2026 (abc) نعم", TEXTS["mixed"], TEXTS["Thai"] * 3, TEXTS["Simplified"] * 2])
def test_lines_never_exceed_the_width_and_lose_nothing(text: str) -> None:
    for width in (30, 61, 140):
        lines = wrap(text, STYLE, width)
        assert all(STYLE.width(line) <= max(width, STYLE.size * 1.6) for line in lines)
        assert "".join(lines).replace(" ", "").translate({0x200E: None, 0x200F: None}) == text.replace(" ", "")


def test_thai_breaks_between_words() -> None:
    text = "พนักงานทักทายลูกค้าภายในสามสิบวินาที"
    assert [piece for piece, _ in breaking.pieces(text)] == ["พนักงาน", "ทัก", "ทาย", "ลูกค้า", "ภาย", "ใน", "สาม", "สิบวินาที"]


def test_no_chinese_line_begins_with_a_stop_or_ends_with_an_opening_mark() -> None:
    text = TEXTS["Simplified"] * 4
    for width in range(40, 200, 7):
        for line, after in pairwise(wrap(text, STYLE, width)):
            assert after[0] not in "，。：”—…"
            assert line[-1] not in "“（"


def test_a_wrapped_paragraph_keeps_its_direction_on_every_line() -> None:
    lines = wrap("العربية لغة تكتب Fieldscore من اليمين إلى اليسار", STYLE, 70)
    assert all(shaping.bidi.direction(line) == 1 for line in lines)


def test_no_break_spaces_hold_together_and_chances_to_break_are_taken() -> None:
    assert [piece for piece, _ in breaking.pieces("10\u00a0000 a\u200bb")] == ["10\u00a0000", "a", "b"]


def test_what_is_too_long_is_broken_between_letters_never_before_their_marks() -> None:
    assert list(breaking.clusters("ที่น้ำ")) == ["ที่", "น้ำ"]
    assert list(breaking.clusters("क्षत्रिय")) == ["क्ष", "त्रि", "य"]
    assert list(breaking.clusters("e\u0301x")) == ["e\u0301", "x"]


def test_the_same_text_gives_the_same_bytes_whatever_was_printed_before() -> None:
    before = page(*TEXTS.values())
    page("完全不同的文字 ก ข ค", language="zh-Hant")
    assert page(*TEXTS.values()) == before
    assert reader(before).metadata["/Creator"] == "Fieldscore"
