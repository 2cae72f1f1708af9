"""Answers in words, in the reader's language."""

from field.questionnaire import load
from field.questionnaire.show import show_answer
from tests.factories import questionnaire


def test_a_number_keeps_its_digits_and_takes_the_languages_decimal_sign() -> None:
    document = questionnaire()
    question = {"key": "cost", "kind": "number", "text": {"en": "What did it cost?"}, "decimals": 2, "unit": {"en": "euro", "hu": "euró"},
                "bands": [{"points": "1"}]}
    document["sections"][0]["questions"].append(question)
    cost = load(document).questions["cost"]
    said = {language: show_answer(cost, {"value": "12.50"}, language) for language in ("en", "hu", "zh-Hans")}
    assert said == {"en": "12.50 euro", "hu": "12,50 euró", "zh-Hans": "12.50 euro"}
