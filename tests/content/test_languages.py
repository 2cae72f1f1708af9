"""Every text of the built-in questionnaires stands in all four languages, in each one's own letters and marks."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from field.content import builtin

LANGUAGES = ["en", "hu", "zh-Hans", "zh-Hant"]
CHINESE = ["zh-Hans", "zh-Hant"]
#: An encoding that holds a language's letters and quotation marks, and not those of its neighbour.
LETTERS = {"hu": "cp1250", "zh-Hans": "gb2312", "zh-Hant": "big5"}
FOREIGN_QUOTES = {"hu": "\"“‘'「『", "zh-Hans": "\"„'「『", "zh-Hant": "\"„“”'"}
LABEL = {"en": 60, "hu": 80, "zh-Hans": 30, "zh-Hant": 30}

Text = dict[str, str]


def texts(value: Any, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every map of texts with its place in the document."""
    if isinstance(value, dict) and "en" in value:
        yield place, value
    elif isinstance(value, dict | list):
        for member, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(inner, f"{place}/{member}")


DOCUMENTS = {document["slug"]: document for _, document in builtin()}
TEXTS = {slug: dict(texts(document)) for slug, document in DOCUMENTS.items()}
every_questionnaire = pytest.mark.parametrize("slug", DOCUMENTS)
every_translation = pytest.mark.parametrize("language", LANGUAGES[1:])


@every_questionnaire
def test_a_builtin_questionnaire_names_its_four_languages(slug):
    assert DOCUMENTS[slug]["languages"] == LANGUAGES


@every_questionnaire
def test_every_text_stands_in_every_language(slug):
    lacking = [place for place, text in TEXTS[slug].items() if list(text) != LANGUAGES or not all(map(str.strip, text.values()))]

    assert TEXTS[slug] and lacking == []


@every_questionnaire
@every_translation
def test_no_text_is_left_in_english(slug, language):
    assert [place for place, text in TEXTS[slug].items() if text[language] == text["en"]] == []


@every_questionnaire
@every_translation
def test_a_translation_is_written_in_the_letters_of_its_language(slug, language):
    written = {letter for text in TEXTS[slug].values() for letter in text[language]}

    assert [letter for letter in written if not letter.encode(LETTERS[language], "ignore")] == []


@every_questionnaire
@every_translation
def test_a_translation_quotes_as_its_language_does(slug, language):
    marks = FOREIGN_QUOTES[language]

    assert [text[language] for text in TEXTS[slug].values() if set(text[language]) & set(marks)] == []


@every_questionnaire
@every_translation
def test_a_translation_keeps_numbers_and_placeholders(slug, language):
    kept = re.compile(r"\d+|\{\w*\}|%\(\w+\)s")

    assert [text[language] for text in TEXTS[slug].values() if sorted(kept.findall(text[language])) != sorted(kept.findall(text["en"]))] == []


@every_questionnaire
@pytest.mark.parametrize("language", CHINESE)
def test_chinese_is_punctuated_in_full_width(slug, language):
    narrow = re.compile(r"[,.?!:;()]|(?<=[\u4e00-\u9fff，。；：？、]) (?=[\u4e00-\u9fff])")

    assert [text[language] for text in TEXTS[slug].values() if narrow.search(text[language])] == []


@every_questionnaire
def test_a_sentence_ends_as_one_in_every_language(slug):
    ends = {"en": ".?”", "hu": ".?”", "zh-Hans": "。？”", "zh-Hant": "。？」"}
    sentences = [text for text in TEXTS[slug].values() if text["en"][-1] in ".?"]

    assert [text for text in sentences if any(text[language][-1] not in ends[language] for language in LANGUAGES)] == []


@every_questionnaire
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_fits_a_printed_label_in_every_language(slug, language):
    asked = [q["text"][language] for section in DOCUMENTS[slug]["sections"] for q in section["questions"] if q["kind"] != "note"]

    assert [text for text in asked if len(text) > LABEL[language]] == []
