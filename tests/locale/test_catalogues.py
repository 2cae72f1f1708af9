"""Every text of the product is translated into every language, with the same places for values."""

import re

import pytest
from babel.messages.catalog import Catalog

from field.locale import DEFAULT, LANGUAGES, app_catalogue, best_language, cldr, translator
from tests.locale.texts import DOMAINS, ROOT, texts, translated

OTHERS = [language for language in LANGUAGES if language != DEFAULT]
_PLACES = {"messages": re.compile(r"%\(\w+\)[a-z]|%%"), "app": re.compile(r"\{\w+\}")}
_BOTH = [(domain, language) for domain in DOMAINS for language in OTHERS]


@pytest.fixture(scope="module")
def said() -> dict[str, Catalog]:
    return {domain: texts(domain) for domain in DOMAINS}


@pytest.mark.parametrize(("domain", "language"), _BOTH)
def test_every_text_is_translated_and_no_other(said: dict[str, Catalog], domain: str, language: str) -> None:
    kept = {message.id: message for message in translated(domain, language) if message.id}
    wanted = {message.id for message in said[domain] if message.id}
    assert not wanted - kept.keys(), "run make texts, then translate"
    assert not kept.keys() - wanted, "run make texts: these are said no more"
    assert not [text for text, message in kept.items() if message.fuzzy or not _complete(message.string)]


@pytest.mark.parametrize(("domain", "language"), _BOTH)
def test_a_translation_has_the_same_places_for_values(domain: str, language: str) -> None:
    places = _PLACES[domain]
    for message in translated(domain, language):
        ways = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = [set(places.findall(text)) for text in (message.id if message.pluralizable else (message.id,))]
        for way in filter(None, ways if message.id else ()):
            assert set(places.findall(way)) in wanted, (message.id, way)


@pytest.mark.parametrize("language", OTHERS)
def test_the_server_and_the_phone_speak_the_language(language: str) -> None:
    assert translator(language)("Sign in") not in ("", "Sign in")
    assert app_catalogue(language)["messages"]["Finish"] not in ("", "Finish")
    assert len(app_catalogue(language)["messages"]["{n} photo"]) >= 1


def test_texts_that_templates_within_templates_say_are_found(said: dict[str, Catalog]) -> None:
    assert "Continue {site}" in said["app"]
    assert ("{n} photo", "{n} photos") in [message.id for message in said["app"]]


def test_no_text_is_said_in_a_way_that_the_reader_misses() -> None:
    hidden = re.compile(r"""(?:current\(\)|translator\([^)]*\))\(f?["']""")
    sources = [path for folder in DOMAINS["messages"] for path in (ROOT / folder).rglob("*.py")]
    assert sources
    assert not [str(path) for path in sources if hidden.search(path.read_text("utf-8"))]


@pytest.mark.parametrize(("asked", "spoken"), [
    (["hu-HU", "hu", "en"], "hu"), (["zh-TW", "en"], "zh-Hant"), (["zh-Hant-HK"], "zh-Hant"), (["zh-CN"], "zh-Hans"), (["zh-Hans-CN"], "zh-Hans"),
    (["zh"], "zh-Hans"), (["de", "hu"], "hu"), (["de"], "en"), (["en-US"], "en"), ([], "en")])
def test_a_browser_gets_the_first_language_that_we_speak(asked: list[str], spoken: str) -> None:
    assert best_language(asked) == spoken


def test_every_language_has_its_conventions() -> None:
    assert {language: cldr(language).english_name for language in LANGUAGES} == {
        "en": "English (United Kingdom)", "hu": "Hungarian", "zh-Hans": "Chinese (Simplified)", "zh-Hant": "Chinese (Traditional)"}


def _complete(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)
