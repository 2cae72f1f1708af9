"""The words of scores, as paper and screens say them."""

from fractions import Fraction

import pytest

from field.locale import translator
from field.stats.ranges import Estimate, Range, Silence
from field.stats.words import estimate_words, score_words, silence_words, visits_words

t = translator("en")


@pytest.mark.parametrize(("score", "words"), [
    (100, "Nearly every standard was kept."),
    (90, "Nearly every standard was kept."),
    (Fraction(8999, 100), "Most standards were kept."),
    (75, "Most standards were kept."),
    (74.96, "Some standards were kept, others were not."),
    (50, "Some standards were kept, others were not."),
    (49.9, "Many standards were missed."),
    (None, ""),
])
def test_words_are_decided_before_rounding(score: float | None, words: str) -> None:
    assert score_words(score, t) == words


def test_a_mean_of_exactly_ninety_is_ninety() -> None:
    assert score_words(sum([0.1] * 900), t) == "Nearly every standard was kept."


def test_a_failed_must_keep_standard_comes_first() -> None:
    assert score_words(95, t, failed_critical=True) == "A must-keep standard was missed. Nearly every standard was kept."
    assert score_words(None, t, failed_critical=True) == "A must-keep standard was missed."


def test_a_questionnaire_may_bring_its_own_words() -> None:
    bands = ((Fraction(80), "Ready."), (Fraction(60), "Nearly ready."), (Fraction(0), "Not yet."))
    assert [score_words(x, t, bands=bands) for x in (80, 79.9, 60, 3)] == ["Ready.", "Nearly ready.", "Nearly ready.", "Not yet."]


@pytest.mark.parametrize(("visits", "words"), [
    (0, "No accepted visit yet."), (1, "One visit: a snapshot of that hour."), (2, "Early picture: not ranked."),
    (3, "Early picture: not ranked."), (4, "Fair picture: compare with care."), (7, "Fair picture: compare with care."),
    (8, "Good picture."), (11, "Good picture."), (12, "Firm picture."), (99, "Firm picture."),
])
def test_words_say_how_much_the_visits_carry(visits: int, words: str) -> None:
    assert visits_words(visits, t) == words


def test_a_number_never_stands_alone() -> None:
    assert estimate_words(Estimate(84.25, 4, Range(77.6, 90.9)), t) == "84 (likely between 78 and 91). 4 visits."
    assert estimate_words(Estimate(91, 1, silence=Silence.ONE_VISIT), t) == "91. 1 visit."
    assert estimate_words(Estimate(None, 0, silence=Silence.NO_VISIT), t) == "No accepted visit yet."


def test_every_silence_has_its_words() -> None:
    assert all(silence_words(silence, t).endswith(".") for silence in Silence)
