"""Whether every text exists in the questionnaire's first language and only in its declared ones."""

from collections.abc import Iterator
from typing import Any

from field.errors import Mistake
from field.locale import N_
from field.questionnaire.texts import is_blank, pointer

FIRST = N_("Add the text in the questionnaire's first language: it stands in for the others.")
UNDECLARED = N_("Add the language to languages, or remove this text.")
BLANK = N_("Write the text, or remove this language.")

TEXTS = frozenset({"title", "summary", "text", "standard", "help", "explanation", "intro", "unit"})

Place = tuple[str | int, ...]


def check_texts(document: dict[str, Any]) -> Iterator[Mistake]:
    """Every text that a reader of a declared language would miss, or nobody would read."""
    for at, text in texts_of(document):
        if document["languages"][0] not in text:
            yield Mistake(pointer(*at), "text.missing", FIRST)
        for language, words in text.items():
            if language not in document["languages"]:
                yield Mistake(pointer(*at, language), "text.language", UNDECLARED)
            elif is_blank(words):
                yield Mistake(pointer(*at, language), "text.blank", BLANK)


def texts_of(value: Any, at: Place = ()) -> Iterator[tuple[Place, dict[str, str]]]:
    """Every map of texts in the document with its place; a rule's members hold none."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for member, inner in members:
        if isinstance(inner, dict) and (member in TEXTS or (at and at[-1] == "labels")):
            yield (*at, member), inner
        else:
            yield from texts_of(inner, (*at, member))
