"""The words on the screens in one language, as its catalogues have them: how a test finds what it presses."""

import re

from field.locale import app_catalogue, pick, translator


class Saying:
    """``say("Start {site}", site="Mill Street")`` on the phone, ``say.desk("Sign in")`` on a page, by their English texts."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.desk = translator(language)
        self.locale = "en-GB" if language == "en" else language
        self.gap = "" if language.startswith("zh") else " "
        self._app = app_catalogue(language)["messages"]

    def __call__(self, text: str, **values: object) -> str:
        return _filled(self._app.get(text, text), values)

    def n(self, one: str, many: str, n: int) -> str:
        """The app's form for ``n`` things."""
        said = self._app.get(one, [one, many])
        return _filled(said[min(n > 1, len(said) - 1)], {"n": n})

    def like(self, text: str) -> re.Pattern[str]:
        """The text in the app, whatever stands in its places."""
        return _pattern(self._forms(text), r"\{\w+\}")

    def desk_like(self, text: str, many: str | None = None) -> re.Pattern[str]:
        """The text on a page, whatever stands in its places; with ``many``, for any number."""
        said = [self.desk.catalogue.ngettext(text, many, n) for n in (1, 2)] if many else [self.desk.catalogue.gettext(text)]
        return _pattern(said, r"%\(\w+\)s")

    def number(self, number: str) -> re.Pattern[str]:
        """A decimal number as any of the languages writes it."""
        return re.compile(re.escape(number).replace(r"\.", "[.,]"))

    def content(self, text: dict[str, str]) -> str:
        """What a questionnaire says."""
        return pick(text, self.language, ["en"])

    def _forms(self, text: str) -> list[str]:
        said = self._app.get(text, text)
        return said if isinstance(said, list) else [said]


ENGLISH = Saying()


def _filled(text: str, values: dict[str, object]) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: str(values.get(place[1], place[0])), text)


def _pattern(texts: list[str], place: str) -> re.Pattern[str]:
    return re.compile("|".join(".+".join(map(re.escape, re.split(place, text))) for text in texts))
