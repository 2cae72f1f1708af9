"""The time of an answer: UTC with a Z, or nothing."""

import pytest

from field.questionnaire import check_answers, load
from field.questionnaire.times import to_time
from tests.factories import ANSWERS, questionnaire


def faults(at) -> list[tuple[str, str]]:
    answers = {**ANSWERS, "floors": {"value": True, "at": at}}
    return [(mistake.path, mistake.code) for mistake in check_answers(load(questionnaire()), answers, [])]


@pytest.mark.parametrize("at", ["2026-11-22T10:04:11Z", "2026-11-22T10:04:11.350Z", "2024-02-29T23:59:59.123456789Z"])
def test_times_in_utc_are_taken(at):
    assert faults(at) == []


@pytest.mark.parametrize("at", [
    "", "yesterday", "2026-11-22 10:04:11", "2026-11-22T10:04:11", "2026-11-22T10:04:11+01:00", "2026-11-22T10:04Z", "2026-02-29T10:04:11Z",
    "2026-11-22T24:04:11Z", "2026-11-22T10:04:11Z\n", "٢٠٢٦-11-22T10:04:11Z", "2" * 10_000, None, 5, True, ["2026-11-22T10:04:11Z"]])
def test_other_times_are_mistakes_at_their_place(at):
    assert faults(at) == [("/answers/floors/at", "at.kind")]


def test_an_answer_needs_no_time():
    assert check_answers(load(questionnaire()), ANSWERS, []) == []


def test_finer_than_microseconds_is_cut():
    assert to_time("2026-11-22T10:04:11.1234569Z").microsecond == 123_456
