"""A questionnaire in one language: nothing of the others, the first one where a text is missing."""

from field.questionnaire import check
from field.questionnaire.reading import in_one_language
from tests.factories import questionnaire


def bilingual():
    document = questionnaire("both")
    document["languages"] = ["en", "hu"]
    document["title"] = {"en": "Both", "hu": "Mindkettő"}
    return document


def test_only_the_texts_of_the_language_are_left():
    read = in_one_language(bilingual(), "hu")
    assert (read["languages"], read["title"]) == (["hu"], {"hu": "Mindkettő"})
    assert check(read) == []


def test_a_missing_text_is_said_in_the_first_language_and_the_document_stays_as_it_was():
    document = bilingual()
    first = document["sections"][0]["title"]["en"]
    assert in_one_language(document, "hu")["sections"][0]["title"] == {"hu": first}
    assert document == bilingual()
