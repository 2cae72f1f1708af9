"""A questionnaire as one reader sees it: in one language."""

from copy import deepcopy
from typing import Any

from field.questionnaire.check_texts import texts_of


def in_one_language(document: dict[str, Any], language: str) -> dict[str, Any]:
    """A checked document with only the texts of ``language``; where there is none, those of its first stand in."""
    read = deepcopy(document)
    for _, text in list(texts_of(read)):
        words = text.get(language, text[document["languages"][0]])
        text.clear()
        text[language] = words
    return {**read, "languages": [language]}
