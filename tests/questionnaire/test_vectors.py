"""The cases that the browser's questionnaire room runs too (tests/js/questionnaire.test.mjs)."""

import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from field.questionnaire import KINDS, check, check_answers, display, load, score, visible
from tests.questionnaire.telling import exact, told

VECTORS = Path(__file__).parents[1] / "vectors"


def read(name: str) -> Any:
    return json.loads((VECTORS / name).read_text("utf-8"))


def named(cases: list[dict]) -> list:
    return [pytest.param(case, id=case["name"]) for case in cases]


def changed(document: dict, changes: dict[str, Any]) -> dict:
    """A copy of the document with other values at some JSON Pointers."""
    document = deepcopy(document)
    for path, value in changes.items():
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")[1:]]
        holder = document
        for step in way:
            holder = holder[step]
        holder[last] = value
    return document


SCORES = read("scores.json")
RULES = read("rules.json")
ANSWERS = read("answers.json")


@pytest.mark.parametrize("case", named(SCORES["cases"]))
def test_a_visit_is_scored(case: dict) -> None:
    document = changed(SCORES["documents"][case["document"]], case.get("changes", {}))
    found = told(score(load(document), case["answers"], case.get("given")))
    for member, expected in case["expect"].items():
        if member == "lines":
            assert {key: found["lines"][key] for key in expected} == expected
        else:
            assert found[member] == expected, member


@pytest.mark.parametrize("case", named(RULES["cases"]))
def test_a_rule_shows_or_hides(case: dict) -> None:
    document = changed(RULES["document"], {RULES["place"]: case["rule"]})
    assert check(document) == []
    assert (RULES["target"] in visible(load(document), case["answers"])) is case["shown"]


@pytest.mark.parametrize("case", named(ANSWERS["cases"]))
def test_answers_are_checked(case: dict) -> None:
    document = changed(ANSWERS["document"], case.get("changes", {}))
    assert check(document) == []
    mistakes = check_answers(load(document), case["answers"], case["photos"])
    assert [[mistake.path, mistake.code] for mistake in mistakes] == case["expect"]


@pytest.mark.parametrize(("value", "places", "text"), read("display.json"))
def test_a_number_is_shown_half_up(value: str | None, places: int, text: str | None) -> None:
    assert display(Fraction(value) if value else None, places) == text


@pytest.mark.parametrize("document", [*SCORES["documents"].values(), ANSWERS["document"]])
def test_the_documents_of_the_vectors_are_sound(document: dict) -> None:
    assert check(document) == []


def alone(question: dict) -> Any:
    """The one question of a questionnaire that asks nothing else."""
    document = deepcopy(RULES["document"])
    document["sections"] = [{"key": "s", "title": {"en": "s"}, "questions": [question]}]
    assert check(document) == []
    return load(document).questions[question["key"]]


SETS = [(name, each) for name in KINDS for each in read(f"kinds/{name}.json")]


@pytest.mark.parametrize(("name", "each"), SETS, ids=[name for name, _ in SETS])
def test_a_kind_knows_its_values_points_and_words(name: str, each: dict) -> None:
    question = alone(each["question"])
    kind = question.behaviour
    assert kind.name == name
    assert [value for value in each["good"] if kind.fault(question, value)] == []
    for value, code in each["bad"]:
        fault = kind.fault(question, value)
        assert (value, fault and fault.code) == (value, code)
    assert [[value, exact(kind.earned(question, value))] for value, _ in each["earned"]] == each["earned"]
    assert [[value, question.show(value, "en")] for value, _ in each["shown"]] == each["shown"]


def test_every_kind_has_its_vectors() -> None:
    assert {path.stem for path in (VECTORS / "kinds").glob("*.json")} == set(KINDS)


def test_a_decimal_point_makes_no_integer() -> None:
    rating, duration = alone({"key": "k", "kind": "rating", "text": {"en": "k"}}), KINDS["duration"]
    assert rating.behaviour.fault(rating, 3.0).code == "value.kind"
    assert duration.fault(rating, 3.0).code == "value.kind"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"value": False, "comment": "x" * 4000}, None),
        ({"value": False, "comment": "😀" * 4000}, None),
        ({"value": False, "comment": "x" * 4001}, "comment.length"),
        ({"could_not_check": "x" * 4000}, None),
        ({"could_not_check": "x" * 4001}, "reason.length"),
    ],
)
def test_texts_beside_an_answer_have_at_most_4000_characters(answer: dict, code: str | None) -> None:
    photos = [{"question": key, "position": 0} for key in ("clean", "queue")]
    mistakes = check_answers(load(ANSWERS["document"]), {"clean": answer}, photos)
    assert [mistake.code for mistake in mistakes] == ([code] if code else [])
