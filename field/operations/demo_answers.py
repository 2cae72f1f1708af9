"""One demo visit filled in: answers by the shop's true levels, then what the questionnaire still asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log
from random import Random
from typing import Any

from field.operations.demo_words import COMMENTS, PRAISE, REASONS, REMARKS, SCENES, WORTH_A_PHOTO
from field.questionnaire import Definition, check_answers, visible
from field.questionnaire.definition import Question

Answers = dict[str, dict[str, Any]]

_EASE = {
    "exits_clear": 4.4, "price_match": 3.2, "goods_sound": 2.6, "got_as_asked": 2.4,
    "shelf_labels": 1.3, "promise_kept": 1.3, "test_question": 1.2,
    "receipt_right": 2.6, "payment_private": 3.0, "entrance_tidy": 2.6, "dress_complete": 2.4,
    "shop_sign": 2.8, "request_met": 1.1, "needs_asked": 1.1, "badges_worn": 1.5, "in_stock": 2.6, "problem_raised": -1.6,
}
_USUAL_EASE = 1.55
_NOT_APPLICABLE = {"toilets_clean": 0.35, "offers_current": 0.08, "promise_kept": 0.4, "seen_when_busy": 0.35,
                   "request_met": 0.12, "one_person": 0.15}
_COULD_NOT_CHECK = 0.012
_PHOTO_UNASKED = 0.7
_USUAL_SECONDS = {"greeted": 19, "queue": 75}


@dataclass(frozen=True)
class Shot:
    """A photo to take: where it stands, what it shows, and whether that is as it should be."""

    question: str
    position: int
    scene: str
    tidy: bool


@dataclass(frozen=True)
class Filled:
    answers: Answers
    shots: tuple[Shot, ...]


def fill_in(definition: Definition, rng: Random, levels: Mapping[str, float], habits: Mapping[str, float]) -> Filled:
    """Answers and photos that the questionnaire accepts, as one inspector would send them.

    ``levels`` are those of the dimensions; ``habits`` add to them at single questions.
    """
    answers: Answers = {}
    for question in definition.questions.values():
        if question.behaviour.takes_value and question.key in visible(definition, answers):
            answer = _answer(question, rng, levels.get(question.dimension, 0.0) + habits.get(question.key, 0.0))
            answers |= {question.key: answer} if answer else {}
    shots = [Shot(key, 0, SCENES[key], True) for key in WORTH_A_PHOTO
             if key in habits and _kept(definition, answers, key) and rng.random() < _PHOTO_UNASKED]
    _complete(definition, rng, answers, shots)
    return Filled(answers, tuple(shots))


def _answer(question: Question, rng: Random, level: float) -> dict[str, Any] | None:
    if question.not_applicable and rng.random() < _NOT_APPLICABLE.get(question.key, 0):
        return {"not_applicable": True}
    if question.points and question.could_not_check and rng.random() < _COULD_NOT_CHECK:
        return {"could_not_check": rng.choice(REASONS)}
    value = _VALUES[question.kind](question, rng, level)
    return None if value is None else {"value": value}


def _chance(question: Question, level: float) -> float:
    """How likely the standard is kept."""
    return 1 / (1 + exp(-_EASE.get(question.key, _USUAL_EASE) - level))


def _yes_no(question: Question, rng: Random, level: float) -> bool:
    return (rng.random() < _chance(question, level)) is question.good


def _rating(question: Question, rng: Random, level: float) -> int:
    return min(max(round(question.scale * 0.8 + 0.75 * level + rng.gauss(0, 0.7)), 1), question.scale)


def _choice(question: Question, rng: Random, level: float) -> str:
    best, *rest = sorted(question.options, key=lambda option: -option.points)
    if rng.random() < _chance(question, level):
        return best.key
    return rest[0].key if rng.random() < 0.62 else rest[-1].key


def _choices(question: Question, rng: Random, level: float) -> list[str]:
    return [option.key for option in question.options if rng.random() < _chance(question, level)]


def _number(question: Question, rng: Random, level: float) -> str:
    if not question.points:
        return f"{rng.randint(5, 60) * 5 / 100:.{question.decimals}f}"
    return str(sum(rng.random() < _chance(question, level) for _ in range(int(question.max))))


def _duration(question: Question, rng: Random, level: float) -> int:
    return round(exp(log(_USUAL_SECONDS[question.key]) - 0.5 * level + rng.gauss(0, 0.55)) * 10) * 100


def _text(question: Question, rng: Random, level: float) -> str | None:
    return rng.choice(REMARKS) if rng.random() < 0.25 else None


_VALUES: dict[str, Callable[[Question, Random, float], Any]] = {
    "yes_no": _yes_no, "rating": _rating, "choice": _choice, "choices": _choices, "number": _number,
    "duration": _duration, "text": _text, "photo": lambda question, rng, level: None,
}


def _kept(definition: Definition, answers: Answers, key: str) -> bool:
    """Whether the standard was kept and may be photographed."""
    question = definition.questions.get(key)
    return bool(question and question.photos and answers.get(key, {}).get("value") is True)


def _complete(definition: Definition, rng: Random, answers: Answers, shots: list[Shot]) -> None:
    """Adds each comment and photo that the questionnaire's own check finds missing."""
    named = [{"question": shot.question, "position": shot.position} for shot in shots]
    for mistake in check_answers(definition, answers, named):
        key = mistake.path.split("/")[2]
        good = _good(definition.questions[key], answers.get(key, {}))
        if mistake.code == "comment.required":
            answers[key]["comment"] = _comment(rng, key, answers[key], good)
        elif mistake.code == "photos.too_few":
            shots.append(Shot(key, sum(shot.question == key for shot in shots), SCENES[key], good))
        else:
            raise AssertionError(f"{mistake.path}: {mistake.code}")


def _comment(rng: Random, key: str, answer: Mapping[str, Any], good: bool) -> str:
    told = PRAISE.get(key) if good else COMMENTS.get(f"{key}={answer['value']}")
    return rng.choice(told or COMMENTS[key]).format(n=rng.randint(2, 9))


def _good(question: Question, answer: Mapping[str, Any]) -> bool:
    """Whether the standard was more or less kept, so that a photo shows it in order."""
    if "value" not in answer or not question.points:
        return True
    return question.behaviour.earned(question, answer["value"]) * 2 > question.points
