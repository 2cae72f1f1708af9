"""Languages: gettext catalogues and the choice of a text in a person's language."""

import gettext
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English"}
DEFAULT = "en"
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
    return Translator(known, gettext.translation("messages", _FOLDER, [known], fallback=True))


def pick(text: Mapping[str, str] | None, language: str, languages: Sequence[str] = ()) -> str:
    """The text of a content map in ``language``, else in the first of ``languages`` that it has."""
    if not text:
        return ""
    wanted = (language, language.split("-")[0], *languages, *text)
    return next(text[candidate] for candidate in wanted if candidate in text)
