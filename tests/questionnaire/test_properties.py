"""The compiled scorer against the plain formula, and Python against the browser, on questionnaires made up at random."""

import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from field.questionnaire import Definition, check, check_answers, load, score, visible
from tests.questionnaire.telling import told

PROGRAM = Path(__file__).parents[1] / "js" / "score_cases.mjs"
DIMENSIONS = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"]

points = st.integers(1, 20_000).map(lambda n: f"{n // 1000}.{n % 1000:03d}")
weights = st.sampled_from(["0", "0.001", "0.5", "1", "2", "33.333"])
rarely = st.integers(0, 4).map(lambda n: n == 0)


@st.composite
def kinds(draw: st.DrawFn, maximum: str) -> tuple[dict[str, Any], st.SearchStrategy]:
    """A kind's own members and its values, now and then bad ones."""
    half = f"{float(maximum) / 2:.3f}"
    options = [{"key": key, "text": {"en": key}, "points": p} for key, p in zip("abc", (maximum, half, "-1"), strict=True)]
    bands = [{"up_to": "30", "points": maximum}, {"up_to": "60.5", "points": half}, {"points": "-0.5"}]
    scale = draw(st.integers(2, 11))
    return draw(st.sampled_from([
        ({"kind": "yes_no", "good": draw(st.booleans())}, st.booleans()),
        ({"kind": "rating", "scale": scale}, st.integers(0, scale)),
        ({"kind": "choice", "options": options}, st.sampled_from("abcd")),
        ({"kind": "choices", "options": options}, st.lists(st.sampled_from("abc"), max_size=3)),
        ({"kind": "number", "decimals": 1, "bands": bands}, st.sampled_from(["-3", "30", "30.1", "60.5", "61", "1.25"])),
        ({"kind": "duration", "bands": bands}, st.sampled_from([0, 30000, 30001, 60500, 60501, -1])),
        ({"kind": "text", "max_length": 3}, st.sampled_from(["", " ", "abc", "abcd", 5])),
        ({"kind": "photo", "photos": {"min": draw(st.integers(0, 1))}}, st.just("x")),
        ({"kind": "note"}, st.just("x")),
    ]))


def looks(question: dict[str, Any]) -> st.SearchStrategy:
    """A rule over one earlier question."""
    key, operand = question["key"], {"yes_no": True, "rating": 2, "choice": "a", "number": "30", "duration": 30}
    rules = [st.booleans().map(lambda answered: {"question": key, "answered": answered})]
    if question["kind"] in operand:
        rules.append(st.just({"question": key, "is": operand[question["kind"]]}))
        rules.append(st.just({"not": {"question": key, "in": [operand[question["kind"]]]}}))
    if question["kind"] in ("rating", "number", "duration"):
        rules.append(st.sampled_from(["below", "at_least"]).map(lambda operator: {"question": key, operator: "30.1"}))
    if question["kind"] == "choices":
        rules.append(st.just({"question": key, "has": "b"}))
    return st.one_of(rules)


@st.composite
def rules(draw: st.DrawFn, member: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """Now and then the member with a rule."""
    valued = [question for question in earlier if question["kind"] not in ("photo", "note")]
    if not valued or not draw(rarely):
        return {}
    one, other = (draw(looks(draw(st.sampled_from(valued)))) for _ in range(2))
    return {member: draw(st.sampled_from([one, {"all": [one, other]}, {"any": [one, other]}]))}


@st.composite
def questions(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> tuple[dict[str, Any], Any]:
    """A question and its answer, None for none."""
    maximum = draw(points)
    members, values = draw(kinds(maximum))
    question = {"key": f"q{len(earlier)}", "text": {"en": "?"}, **members}
    if question["kind"] != "note":
        question |= {"points": maximum, "weight": draw(weights)}
        question |= draw(st.sampled_from([{}, {"required": True}, {"required": False}]))
        question |= {"critical": draw(rarely), "bonus": draw(rarely), "not_applicable": draw(st.booleans())}
        question |= draw(st.sampled_from([{}, {"fail_below": "0.001"}, {"comment": "none"}]))
        question |= {"dimension": draw(st.sampled_from(DIMENSIONS))} if draw(st.booleans()) else {}
    for member in ("shown_if", "required_if", "comment_required_if"):
        if question["kind"] not in ("photo", "note"):
            question |= draw(rules(member, earlier))
    value = values.map(lambda value: {"value": value})
    nothing = st.sampled_from([None, {"not_applicable": True}, {"could_not_check": "dark"}, {"could_not_check": " "}])
    return question, draw(st.one_of(value, value, value, nothing))


@st.composite
def visits(draw: st.DrawFn) -> dict[str, Any]:
    """A sound document with the answers of a visit, good and bad ones."""
    asked: list[dict[str, Any]] = []
    answers: dict[str, Any] = {}
    sections = []
    for index in range(draw(st.integers(1, 3))):
        section = {"key": f"s{index}", "title": {"en": "?"}, "weight": draw(weights), "questions": []}
        section |= draw(rules("shown_if", asked))
        for _ in range(draw(st.integers(1, 5))):
            question, answer = draw(questions(asked))
            asked.append(question)
            section["questions"].append(question)
            answers |= {question["key"]: answer} if answer else {}
        sections.append(section)
    scoring = {
        "mode": draw(st.sampled_from(["sections", "sections", "points", "points", "none"])),
        "critical": {"rule": draw(st.sampled_from(["fail", "cap", "zero"])), "cap": "50"},
        "allow_over_100": draw(st.booleans()),
    }
    scoring |= draw(st.sampled_from([{}, {"pass_mark": "80"}, {"pass_mark": "0"}]))
    document = {"schema": 1, "slug": "case", "version": 1, "languages": ["en"], "title": {"en": "Case"}}
    photos = [{"question": key, "position": 0} for key in draw(st.sets(st.sampled_from([q["key"] for q in asked])))]
    return {
        "document": document | {"purpose": "visit", "scoring": scoring, "sections": sections},
        "answers": answers,
        "photos": sorted(photos, key=lambda photo: photo["question"]),
    }


def ratio(part: list[tuple[Fraction, Fraction, Fraction]], extra: Fraction = Fraction(0)) -> Fraction | None:
    """The formula itself: 100 * sum(w e) / sum(w m)."""
    possible = sum(weight * maximum for weight, _, maximum in part)
    return 100 * (sum(weight * earned for weight, earned, _ in part) + extra) / possible if possible else None


def plain_score(definition: Definition, answers: dict[str, Any]) -> tuple[Fraction | None, str, dict, dict]:
    """The score by the words of the rule, slowly: every sum anew, every number a fraction."""
    shown, scored, bonus, failed = visible(definition, answers), [], Fraction(0), False
    for question in definition.questions.values():
        answer = answers.get(question.key, {})
        good = "value" in answer and question.behaviour.fault(question, answer["value"]) is None
        if question.key not in shown or not good or not question.scorable:
            continue
        earned = question.behaviour.earned(question, answer["value"])
        failed = failed or (question.critical and earned < question.fail_below)
        if question.bonus:
            bonus += question.weight * earned
        else:
            scored.append((question, (question.weight, earned, question.points)))
    sections = {s.key: ratio([part for q, part in scored if q.section == s.key]) for s in definition.sections}
    dimensions = {d: ratio([part for q, part in scored if q.dimension == d]) for d in definition.dimensions}
    scoring, overall = definition.scoring, None
    if scoring.mode == "points":
        overall = ratio([part for _, part in scored], bonus)
        if overall is not None and not scoring.allow_over_100:
            overall = min(overall, Fraction(100))
    if scoring.mode == "sections":
        there = [(s.weight, sections[s.key]) for s in definition.sections if sections[s.key] is not None]
        weight = sum(weight for weight, _ in there)
        overall = sum(weight * part for weight, part in there) / weight if weight else None
    if failed and overall is not None:
        overall = {"fail": overall, "cap": min(overall, Fraction(50)), "zero": Fraction(0)}[scoring.critical]
    outcome = "fail" if failed else "none"
    if not failed and overall is not None and scoring.pass_mark is not None:
        outcome = "pass" if overall >= scoring.pass_mark else "fail"
    return overall, outcome, sections, dimensions


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(visits())
def test_the_compiled_score_is_the_plain_formula(visit: dict[str, Any]) -> None:
    assert check(visit["document"]) == []
    definition = load(visit["document"])
    found = score(definition, visit["answers"])
    assert (found.overall, found.outcome, found.sections, found.dimensions) == plain_score(definition, visit["answers"])
    assert found.overall is None or found.overall >= 0
    assert all(line.earned is None or 0 <= line.earned <= line.maximum for line in found.lines)


def seen_by_python(visit: dict[str, Any]) -> dict[str, Any]:
    definition, answers = load(visit["document"]), visit["answers"]
    mistakes = check_answers(definition, answers, visit["photos"])
    return {
        "score": told(score(definition, answers)),
        "visible": sorted(visible(definition, answers)),
        "mistakes": [[mistake.path, mistake.code] for mistake in mistakes],
    }


def made_up(count: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []

    @settings(max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(visits())
    def make(visit: dict[str, Any]) -> None:
        made.append(visit)

    make()
    return made


def test_the_browser_finds_the_same_scores_and_mistakes() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: the browser's room cannot be compared")
    made = made_up(200)
    answer = subprocess.run([node, PROGRAM], input=json.dumps(made), capture_output=True, text=True, check=True)
    for visit, seen in zip(made, json.loads(answer.stdout), strict=True):
        assert seen == seen_by_python(visit), json.dumps(visit)
