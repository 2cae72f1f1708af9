"""Dates and periods in words and as moments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from field.locale import translator
from field.reports.periods import bounds, day_words, period_words, quarter_until

t = translator("en")


@pytest.mark.parametrize(("first", "last", "words"), [
    ((2026, 9, 1), (2026, 11, 30), "September to November 2026"),
    ((2025, 11, 1), (2026, 1, 31), "November 2025 to January 2026"),
    ((2026, 2, 1), (2026, 2, 28), "February 2026"),
    ((2026, 9, 1), (2026, 11, 24), "1 Sep to 24 Nov 2026"),
    ((2026, 9, 12), (2026, 9, 12), "12 September 2026"),
])
def test_a_period_is_said_as_people_say_it(first: tuple[int, ...], last: tuple[int, ...], words: str) -> None:
    assert period_words(date(*first), date(*last), t) == words


def test_a_day_is_said_in_short() -> None:
    assert day_words(date(2026, 9, 4), t) == "4 Sep 2026"


@pytest.mark.parametrize(("day", "first", "last"), [
    ((2026, 11, 12), (2026, 9, 1), (2026, 11, 30)), ((2026, 1, 31), (2025, 11, 1), (2026, 1, 31)),
    ((2026, 12, 31), (2026, 10, 1), (2026, 12, 31)), ((2024, 2, 29), (2023, 12, 1), (2024, 2, 29)),
])
def test_a_quarter_is_the_month_and_the_two_before_it(day: tuple[int, ...], first: tuple[int, ...], last: tuple[int, ...]) -> None:
    assert quarter_until(date(*day)) == (date(*first), date(*last))


def test_a_period_ends_when_the_day_after_it_begins_also_when_the_clocks_change() -> None:
    start, end = bounds(date(2026, 10, 1), date(2026, 10, 31), ZoneInfo("Europe/Budapest"))
    assert start.astimezone(UTC) == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 10, 31, 23, tzinfo=UTC)
