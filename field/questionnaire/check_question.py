"""Whether one question makes sense by itself."""

import re
from collections.abc import Collection, Iterator

from field.locale import N_
from field.questionnaire.definition import Question
from field.questionnaire.kinds import Fault

NEGATIVE_POINTS = Fault("points.negative", N_("Write points of 0 or more."), ("points",))
NEGATIVE_WEIGHT = Fault("weight.negative", N_("Write a weight of 0 or more."), ("weight",))
NO_POINTS = Fault("critical.points", N_("Give a must-keep question points: without them it cannot fail."), ("critical",))
FAIL_ABOVE = Fault("fail_below.range", N_("Write fail_below above 0 and no higher than the points."), ("fail_below",))
STAGE = Fault("stage.unknown", N_("Name a stage that the questionnaire lists under stages."), ("tags", "stage"))
NO_DIGEST = Fault("reference_photo.digest", N_("Write the SHA-256 of a photo: 64 digits and small letters from a to f."), ("reference_photo",))
FEWER = N_("Make max at least as large as min: without max a question takes 3 photos.")
_DIGEST = re.compile("[0-9a-f]{64}")


def check_question(question: Question, stages: Collection[str]) -> Iterator[Fault]:
    """Every fault of a question but those of its texts and rules."""
    yield from question.behaviour.check(question)
    yield from _check_points(question)
    yield from _check_photos(question)
    if "stage" in question.tags and question.tags["stage"] not in stages:
        yield STAGE
    if question.reference_photo is not None and not _DIGEST.fullmatch(question.reference_photo):
        yield NO_DIGEST


def _check_points(question: Question) -> Iterator[Fault]:
    if question.points < 0:
        yield NEGATIVE_POINTS
    if question.weight < 0:
        yield NEGATIVE_WEIGHT
    if question.critical and question.points <= 0:
        yield NO_POINTS
    elif question.points > 0 and not 0 < question.fail_below <= question.points:
        yield FAIL_ABOVE


def _check_photos(question: Question) -> Iterator[Fault]:
    photos = question.photos
    if photos is None:
        return
    if photos.min > photos.max:
        yield Fault("photos.range", FEWER, ("photos", "min"))
    if photos.rule_min > photos.max:
        yield Fault("photos.range", FEWER, ("photos", "min_if", "min"))
