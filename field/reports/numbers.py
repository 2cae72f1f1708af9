"""Numbers, sentences and quotations as the reader's language writes them."""

from collections.abc import Iterable
from fractions import Fraction

from babel.numbers import get_decimal_symbol

from field.locale import Translator, cldr
from field.questionnaire import display

NOTHING = "–"
_STOPS, _WIDE_STOPS = (".", "!", "?", "।"), ("。", "！", "？")
_QUOTES = {"en": "“”", "hu": "„”", "zh-Hans": "“”", "zh-Hant": "「」"}


def number(value: Fraction | int, t: Translator) -> str:
    """A number without needless zeros, at most three decimals."""
    shown = display(Fraction(value), 3)
    return _written(shown.rstrip("0").rstrip("."), t)


def score_number(value: Fraction | None, t: Translator, places: int = 1) -> str:
    """A score with its decimal; a dash where there is none."""
    return NOTHING if value is None else _written(display(value, places), t)


def _written(shown: str, t: Translator) -> str:
    return shown.replace(".", get_decimal_symbol(cldr(t.language)))


def together(sentences: Iterable[str], t: Translator) -> str:
    """Sentences one after the other: Chinese sets no space after its own stops."""
    said = ""
    for sentence in filter(None, sentences):
        gap = "" if not said or (t.language.startswith("zh") and said.endswith(_WIDE_STOPS)) else " "
        said += gap + sentence
    return said


def comma(t: Translator) -> str:
    """What stands between the parts of a list."""
    return "，" if t.language.startswith("zh") else ", "


def stopped(text: str, t: Translator) -> str:
    """A text that ends like a sentence."""
    if text.endswith(_STOPS + _WIDE_STOPS):
        return text
    return text + ("。" if t.language.startswith("zh") else ".")


def quoted(text: str, t: Translator) -> str:
    """What somebody wrote, between the language's marks."""
    opening, closing = _QUOTES.get(t.language, _QUOTES["en"])
    return f"{opening}{text}{closing}"
