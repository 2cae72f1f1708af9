"""Answers for benches: the best one to every question of a definition."""

import json
from collections.abc import Callable
from typing import Any

from field.questionnaire import Definition, visible

_SAMPLES: dict[str, Callable] = {
    "yes_no": lambda q: q.good, "rating": lambda q: q.scale, "choice": lambda q: q.options[0].key,
    "choices": lambda q: [option.key for option in q.options], "number": lambda q: str(q.min or 0), "duration": lambda q: 20_000,
    "text": lambda q: "Fine.", "photo": lambda q: None, "note": lambda q: None,
}


def best(definition: Definition) -> dict[str, Any]:
    """A complete, valid set of answers."""
    answers: dict[str, Any] = {}
    for key, question in definition.questions.items():
        value = _SAMPLES[question.kind](question)
        if value is not None and key in visible(definition, answers):
            answers[key] = {"value": value} | ({} if question.comment == "none" else {"comment": "Seen at the second shelf."})
    return answers


def lenient(document: dict) -> dict:
    """The document as one of its own, that asks for no photos but takes them, so that visits of any size are valid."""
    copy = {**json.loads(json.dumps(document)), "slug": "bench", "version": 1}
    for question in _with_photos(copy):
        question["photos"] = {"max": 5}
    return copy


def photo_question(document: dict) -> str:
    """A yes/no question where photos may stand."""
    return next(question["key"] for question in _with_photos(document) if question["kind"] == "yes_no")


def _with_photos(document: dict) -> list[dict]:
    return [question for section in document["sections"] for question in section["questions"] if "photos" in question]
