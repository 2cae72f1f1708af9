"""Nothing that JSON can say makes the room fail."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field.questionnaire import check, check_answers, load, score, visible
from tests.questionnaire.example import EXAMPLE, GONE, changed, places

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(anything)
def test_no_json_value_makes_the_check_fail(value: Any) -> None:
    assert check(value)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(places(EXAMPLE)[1:]), anything | st.just(GONE) | st.sampled_from(["-1", "0", "999999999.999"]))
def test_no_spoilt_document_makes_the_check_fail(path: str, value: Any) -> None:
    document = changed(path, value)
    mistakes = check(document)
    assert all(mistake.code and mistake.message.endswith(".") for mistake in mistakes)
    if not mistakes:
        score(load(document), {"clean": {"value": True}})


answer = st.fixed_dictionaries({}, optional=dict.fromkeys(("value", "not_applicable", "could_not_check", "comment"), anything))
answers = st.dictionaries(st.sampled_from([*load(EXAMPLE).questions, "other"]), anything | answer)
photo = st.fixed_dictionaries({"question": st.sampled_from(["queue", "clean"]), "position": anything})


@settings(max_examples=300, deadline=None)
@given(answers, anything | st.lists(photo))
def test_no_answers_make_checking_or_scoring_fail(answers: dict[str, Any], photos: Any) -> None:
    definition = load(EXAMPLE)
    check_answers(definition, answers, photos)
    score(definition, answers)
    visible(definition, answers)
    assert check_answers(definition, photos, answers) is not None


@pytest.mark.parametrize("depth", [40, 5000, 200_000])
def test_a_bottomless_document_is_refused(depth: int) -> None:
    rule: Any = {"question": "clean", "answered": True}
    for _ in range(depth):
        rule = {"not": rule}
    assert [mistake.code for mistake in check(changed("/sections/1/shown_if", rule))] == ["document.depth"]
    while "not" in rule:
        rule = rule.pop("not")
