"""Languages: gettext catalogues and the choice of a text in a person's language.

English is written in the sources. The other languages are ``<language>/messages.po`` (server, templates, paper) and
``<language>/app.po`` (the phone and the desk's scripts), read when first asked for; ``make texts`` keeps them up to date.
"""

import gettext
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol

#: Code -> the language's name in itself.
LANGUAGES = {"en": "English", "hu": "magyar", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
DEFAULT = "en"
#: What browsers and systems call languages that are ours under another name.
_ALIASES = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}
_FOLDER = Path(__file__).parent


def N_(text: str) -> str:
    """Marks a text for extraction where it is written; it is translated where it is shown."""
    return text


class Translator:
    """Says texts in one language: ``t("Saved at %(time)s.", time="10:42")``."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self.catalogue = catalogue

    def __call__(self, text: str, **values: object) -> str:
        said = self.catalogue.gettext(text)
        return said % values if values else said

    def n(self, one: str, many: str, n: int, **values: object) -> str:
        """The form for ``n`` things; ``%(n)s`` stands for the number."""
        return self.catalogue.ngettext(one, many, n) % {"n": n, **values}


@cache
def translator(language: str) -> Translator:
    """The translator of a language; English (the texts themselves) for an unknown one."""
    known = language if language in LANGUAGES else DEFAULT
    if known == DEFAULT:
        return Translator(known, gettext.NullTranslations())
    compiled = BytesIO()
    write_mo(compiled, _catalogue("messages", known))
    compiled.seek(0)
    return Translator(known, gettext.GNUTranslations(compiled))


@cache
def app_catalogue(language: str) -> dict[str, dict[str, str | list[str]]]:
    """The phone's texts: ``{"messages": {English: text, or the texts for one, other}}``; no messages for English."""
    if language == DEFAULT:
        return {"messages": {}}
    kept = _catalogue("app", language)
    return {"messages": dict(_for_phone(message) for message in kept if message.id and message.string and all(message.string))}


def _for_phone(message: Message) -> tuple[str, str | list[str]]:
    return (message.id[0], list(message.string)) if message.pluralizable else (message.id, message.string)


def catalogue_file(domain: str, language: str) -> Path:
    """Where a catalogue is kept."""
    return _FOLDER / language / f"{domain}.po"


def _catalogue(domain: str, language: str) -> Catalog:
    with catalogue_file(domain, language).open("rb") as kept:
        return read_po(kept, locale=language.replace("-", "_"))


def best_language(wanted: Sequence[str]) -> str:
    """The first of the languages that somebody's browser asks for which we speak; English if there is none."""
    for name in wanted:
        parts = name.split("-")
        for shorter in ("-".join(parts[:length]) for length in range(len(parts), 0, -1)):
            known = _ALIASES.get(shorter, shorter)
            if known in LANGUAGES:
                return known
    return DEFAULT


def cldr(language: str) -> Locale:
    """The conventions for numbers, dates and names. English is British: days before months, hours to 24."""
    return Locale.parse({"en": "en_GB"}.get(language, language.replace("-", "_")))


def is_language(code: str) -> bool:
    """Whether a code such as ``el`` or ``zh-Hans`` is that of a language whose conventions are known."""
    try:
        return bool(cldr(code))
    except (UnknownLocaleError, ValueError):
        return False


def decimal_text(number: str, language: str) -> str:
    """A decimal text with all its digits and the language's own sign: ``12,50`` in Hungarian."""
    return number.replace(".", get_decimal_symbol(cldr(language)))


def pick(text: Mapping[str, str] | None, language: str, languages: Sequence[str] = ()) -> str:
    """The text of a content map in ``language``, else in the first of ``languages`` that it has."""
    if not text:
        return ""
    wanted = (language, language.split("-")[0], *languages, *text)
    return next(text[candidate] for candidate in wanted if candidate in text)
