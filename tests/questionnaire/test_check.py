"""Every mistake of a questionnaire document is named at its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from field.questionnaire import check
from tests.questionnaire.example import EXAMPLE, GONE, changed

ROOT = Path(__file__).parents[2]
LOOK = "/sections/0/questions"
WAIT = "/sections/1/questions"


def found(document: Any) -> list[tuple[str, str]]:
    return [(mistake.path, mistake.code) for mistake in check(document)]


def test_a_sound_document_has_no_mistake() -> None:
    assert check(EXAMPLE) == []


SHAPE = [
    ("/schema", 2, "shape.value"),
    ("/schema", True, "shape.value"),
    ("/schema", 1.0, "shape.value"),
    ("/slug", "One Of", "shape.text"),
    ("/slug", "one\n", "shape.text"),
    ("/slug", "x" * 65, "shape.too_long"),
    ("/version", 0, "shape.too_small"),
    ("/version", True, "shape.type"),
    ("/version", "1", "shape.type"),
    ("/purpose", "party", "shape.value"),
    ("/title", GONE, "shape.missing"),
    ("/title", {}, "text.empty"),
    ("/title/en", 5, "shape.type"),
    ("/title/en", "x" * 4001, "shape.too_long"),
    ("/title/en", "a\x00b", "text.characters"),
    ("/title/en", "a\ud800b", "text.characters"),
    ("/colour", "red", "shape.unknown"),
    ("/languages", [], "shape.too_few"),
    ("/languages", "en", "shape.type"),
    ("/sections", [], "shape.too_few"),
    ("/scoring/pass_mark", "80,5", "shape.text"),
    ("/scoring/pass_mark", 80, "shape.type"),
    ("/scoring/pass_mark", "1.2345", "shape.text"),
    (f"{LOOK}/0/kind", "slider", "shape.value"),
    (f"{LOOK}/0/kind", None, "shape.value"),
    (f"{LOOK}/0/points", "4.", "shape.text"),
    (f"{LOOK}/1/scale", 12, "shape.too_large"),
    (f"{LOOK}/2/options", [{"key": "one", "text": {"en": "One"}}], "shape.too_few"),
    (f"{WAIT}/0/shown_if", {}, "rule.shape"),
    (f"{WAIT}/0/shown_if", "clean", "rule.shape"),
    (f"{WAIT}/0/shown_if", {"question": "clean"}, "rule.shape"),
]


@pytest.mark.parametrize(("path", "value", "code"), SHAPE)
def test_a_mistake_of_shape_is_named_at_its_place(path: str, value: Any, code: str) -> None:
    assert found(changed(path, value)) == [(path, code)]


def test_a_rule_compares_in_one_way_only() -> None:
    document = changed(f"{WAIT}/0/shown_if", {"question": "clean", "is": True, "answered": True})
    assert found(document) == [(f"{WAIT}/0/shown_if/answered", "shape.unknown")]


def test_a_language_is_named_once() -> None:
    assert found(changed("/languages", ["en", "hu", "en"])) == [("/languages/2", "shape.twice")]


def test_every_mistake_of_shape_is_named() -> None:
    document = changed("/slug", "")
    document["version"], document["sections"][1]["questions"][0]["min"] = 0, "x"
    assert [path for path, _ in found(document)] == ["/slug", "/version", f"{WAIT}/0/min"]


def look(question: str, **comparison: Any) -> dict[str, Any]:
    return {"question": question, **comparison}


def option(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": {"en": key}, **more}


def bands(*pairs: tuple[str | None, str]) -> list[dict[str, str]]:
    return [{"points": points} | ({"up_to": end} if end else {}) for end, points in pairs]


SHOWN = f"{WAIT}/5/shown_if"
MEANING = [
    ("/sections/1/key", "look", "/sections/1/key", "key.duplicate"),
    (f"{WAIT}/0/key", "clean", f"{WAIT}/0/key", "key.duplicate"),
    ("/stages/1", {"key": "enter", "title": {"en": "Again"}}, "/stages/1/key", "key.duplicate"),
    ("/scoring/pass_mark", "100.001", "/scoring/pass_mark", "scoring.pass_mark"),
    ("/scoring/pass_mark", "-1", "/scoring/pass_mark", "scoring.pass_mark"),
    ("/scoring/critical/cap", GONE, "/scoring/critical/cap", "scoring.cap"),
    ("/scoring/critical/cap", "101", "/scoring/critical/cap", "scoring.cap"),
    ("/sections/0/weight", "-1", "/sections/0/weight", "weight.negative"),
    ("/title", {"hu": "Cím"}, "/title", "text.missing"),
    ("/title/zh", "标题", "/title/zh", "text.language"),
    ("/title/hu", " ", "/title/hu", "text.blank"),
    (f"{LOOK}/1/labels/1", {"hu": "Rossz"}, f"{LOOK}/1/labels/1", "text.missing"),
    (f"{LOOK}/1/labels/6", {"en": "Six"}, f"{LOOK}/1/labels/6", "label.unknown"),
    (f"{LOOK}/0/weight", "-0.5", f"{LOOK}/0/weight", "weight.negative"),
    (f"{LOOK}/1/points", "-1", f"{LOOK}/1/points", "points.negative"),
    (f"{LOOK}/0/points", GONE, f"{LOOK}/0/critical", "critical.points"),
    (f"{LOOK}/0/fail_below", "4.001", f"{LOOK}/0/fail_below", "fail_below.range"),
    (f"{LOOK}/0/tags", {"stage": "pay"}, f"{LOOK}/0/tags/stage", "stage.unknown"),
    (f"{LOOK}/0/reference_photo", "xyz", f"{LOOK}/0/reference_photo", "reference_photo.digest"),
    (f"{LOOK}/0/reference_photo", "A" * 64, f"{LOOK}/0/reference_photo", "reference_photo.digest"),
    (f"{LOOK}/0/reference_photo", "a" * 64 + "\n", f"{LOOK}/0/reference_photo", "reference_photo.digest"),
    (f"{LOOK}/2/options", GONE, f"{LOOK}/2", "options.required"),
    (f"{LOOK}/2/options/0/points", "3", f"{LOOK}/2/options/0/points", "points.above_maximum"),
    (f"{LOOK}/3/options/0/points", "1", f"{LOOK}/3/options/0/points", "points.above_maximum"),
    (f"{LOOK}/3/options", [option("in"), option("in")], f"{LOOK}/3/options/1/key", "option.duplicate"),
    (f"{WAIT}/0/min", "10", f"{WAIT}/0/min", "range.order"),
    (f"{WAIT}/0/points", "1", f"{WAIT}/0", "bands.required"),
    (f"{WAIT}/1/bands", bands(("30", "4")), f"{WAIT}/1/bands/0/up_to", "bands.last_closed"),
    (f"{WAIT}/1/bands", bands((None, "4"), (None, "0")), f"{WAIT}/1/bands/0", "bands.open"),
    (f"{WAIT}/1/bands", bands(("9", "4"), ("9", "1"), (None, "0")), f"{WAIT}/1/bands/1/up_to", "bands.order"),
    (f"{WAIT}/1/bands/0/points", "5", f"{WAIT}/1/bands/0/points", "points.above_maximum"),
    (f"{WAIT}/3/photos", GONE, f"{WAIT}/3", "photos.required"),
    (f"{WAIT}/3/photos", {"min": 4}, f"{WAIT}/3/photos/min", "photos.range"),
    (f"{WAIT}/3/comment", "required", f"{WAIT}/3/comment", "comment.impossible"),
    (f"{WAIT}/4/points", "1", f"{WAIT}/4/points", "note.points"),
    (f"{WAIT}/4/required", True, f"{WAIT}/4/required", "note.required"),
    (f"{WAIT}/4/photos", {}, f"{WAIT}/4/photos", "note.photos"),
    (f"{WAIT}/5", {**option("last", shown_if=look("nobody", answered=True)), "kind": "text"}, f"{SHOWN}/question", "rule.unknown"),
    (f"{WAIT}/0/shown_if", look("why", answered=True), f"{WAIT}/0/shown_if/question", "rule.later"),
    (f"{WAIT}/0/shown_if", look("gap", answered=True), f"{WAIT}/0/shown_if/question", "rule.later"),
    (f"{WAIT}/0/required_if", look("gap", answered=True), f"{WAIT}/0/required_if/question", "rule.later"),
    ("/sections/1/shown_if", look("gap", answered=True), "/sections/1/shown_if/question", "rule.later"),
    (f"{WAIT}/4/shown_if", look("queue", answered=True), f"{WAIT}/4/shown_if/question", "rule.valueless"),
    (f"{WAIT}/0/shown_if", {"not": {"all": [look("why", answered=True)]}}, f"{WAIT}/0/shown_if/not/all/0/question", "rule.later"),
]


@pytest.mark.parametrize(("at", "value", "path", "code"), MEANING)
def test_a_mistake_of_meaning_is_named_at_its_place(at: str, value: Any, path: str, code: str) -> None:
    assert found(changed(at, value)) == [(path, code)]


COMPARISONS = [
    (look("clean", **{"is": 1}), "is", "rule.operand"),
    (look("clean", **{"is": "yes"}), "is", "rule.operand"),
    (look("clean", below="1"), "below", "rule.operator"),
    (look("clean", has="in"), "has", "rule.operator"),
    (look("stars", **{"is": 6}), "is", "rule.operand"),
    (look("stars", **{"is": True}), "is", "rule.operand"),
    (look("stars", **{"in": [1, "2"]}), "in", "rule.operand"),
    (look("price", **{"is": "cheap"}), "is", "rule.operand"),
    (look("price", at_least="1"), "at_least", "rule.operator"),
    (look("signs", has="up"), "has", "rule.operand"),
    (look("signs", **{"is": "in"}), "is", "rule.operator"),
    (look("gap", **{"is": "much"}), "is", "rule.operand"),
    (look("greeted", **{"is": False}), "is", "rule.operand"),
]


@pytest.mark.parametrize(("rule", "member", "code"), COMPARISONS)
def test_a_rule_fits_the_kind_it_looks_at(rule: dict[str, Any], member: str, code: str) -> None:
    assert found(changed(f"{WAIT}/2/shown_if", rule)) == [(f"{WAIT}/2/shown_if/{member}", code)]


def test_comments_and_photos_may_depend_on_their_own_question() -> None:
    own = look("clean", **{"is": False})
    document = changed(f"{LOOK}/0/comment_required_if", own)
    document["sections"][0]["questions"][0]["photos"] = {"min_if": {"rule": own, "min": 1}}
    assert check(document) == []


def test_a_digest_names_a_reference_photo() -> None:
    assert check(changed(f"{LOOK}/0/reference_photo", "0123456789abcdef" * 4)) == []


def test_a_bonus_is_allowed_in_every_mode() -> None:
    document = changed(f"{LOOK}/2/bonus", True)
    document["scoring"]["mode"] = "sections"
    assert check(document) == []


def test_the_schema_is_shipped_with_the_room() -> None:
    schema = json.loads((ROOT / "field/questionnaire/schema.json").read_text("utf-8"))
    assert schema["title"] == "Questionnaire version, schema 1"
