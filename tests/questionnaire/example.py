"""A sound questionnaire of every kind, and ways to spoil it."""

from copy import deepcopy
from typing import Any

GONE = object()

EXAMPLE: dict[str, Any] = {
    "schema": 1,
    "slug": "one-of-each",
    "version": 1,
    "languages": ["en", "hu"],
    "title": {"en": "One of each", "hu": "Mindenből egy"},
    "purpose": "visit",
    "stages": [{"key": "enter", "title": {"en": "Coming in"}}],
    "scoring": {"mode": "points", "pass_mark": "80", "critical": {"rule": "cap", "cap": "50"}},
    "sections": [
        {
            "key": "look",
            "title": {"en": "What one sees"},
            "questions": [
                {"key": "clean", "kind": "yes_no", "text": {"en": "Clean?"}, "points": "4", "critical": True},
                {"key": "stars", "kind": "rating", "text": {"en": "Stars?"}, "labels": {"1": {"en": "Bad"}}},
                {
                    "key": "price",
                    "kind": "choice",
                    "text": {"en": "Price?"},
                    "points": "2",
                    "options": [
                        {"key": "right", "text": {"en": "Right"}, "points": "2"},
                        {"key": "wrong", "text": {"en": "Wrong"}},
                    ],
                },
                {
                    "key": "signs",
                    "kind": "choices",
                    "text": {"en": "Signs?"},
                    "options": [{"key": "in", "text": {"en": "In"}}, {"key": "out", "text": {"en": "Out"}}],
                },
            ],
        },
        {
            "key": "wait",
            "title": {"en": "The wait"},
            "questions": [
                {"key": "gap", "kind": "number", "text": {"en": "Gap?"}, "min": "0", "max": "9"},
                {
                    "key": "greeted",
                    "kind": "duration",
                    "text": {"en": "Greeted?"},
                    "points": "4",
                    "bands": [{"up_to": "30", "points": "4"}, {"up_to": "60", "points": "1"}, {"points": "0"}],
                },
                {"key": "why", "kind": "text", "text": {"en": "Why?"}, "required": False},
                {"key": "queue", "kind": "photo", "text": {"en": "The queue"}, "photos": {"min": 1}},
                {"key": "read", "kind": "note", "text": {"en": "Well done."}},
            ],
        },
    ],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sound example with one other value at a JSON Pointer, or without it, or with one entry more."""
    document = deepcopy(EXAMPLE)
    *way, last = path.split("/")[1:]
    holder: Any = document
    for step in way:
        holder = holder[place(holder, step)]
    if value is GONE:
        del holder[place(holder, last)]
    elif isinstance(holder, list) and int(last) == len(holder):
        holder.append(value)
    else:
        holder[place(holder, last)] = value
    return document


def place(holder: Any, step: str) -> str | int:
    return int(step) if isinstance(holder, list) else step


def places(value: Any, at: str = "") -> list[str]:
    """JSON Pointers to everything in a value, itself first."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for member, inner in members for path in places(inner, f"{at}/{member}"))]
