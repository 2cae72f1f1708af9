"""Which photos may stand where."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from field.errors import Mistake
from field.locale import N_
from field.questionnaire.definition import Definition
from field.questionnaire.rules import HIDDEN
from field.questionnaire.texts import pointer

SHAPE = N_("Send the photos as a list of objects that name their question and position.")
UNKNOWN = N_("Leave the photo out: this version of the questionnaire does not ask the question.")
SHOWN_NOT = N_("Leave the photo out: the other answers hide the question.")
NO_PHOTOS = N_("Leave the photo out: the question takes none.")
TOO_MANY = N_("Leave a photo out: the question takes fewer.")
POSITION = N_("Give every photo of a question its own position, counted from 0.")


def count_photos(photos: Any) -> Counter[str]:
    """How many photos stand at each question."""
    entries = photos if isinstance(photos, list) else ()
    return Counter(photo["question"] for photo in entries if _names_question(photo))


def check_photos(definition: Definition, states: Mapping[str, str], photos: Any) -> Iterator[Mistake]:
    """Every photo that stands where it may not, in the list's order."""
    if not isinstance(photos, list):
        yield Mistake("/photos", "photos.shape", SHAPE)
        return
    seen: dict[str, set[int]] = {}
    for index, photo in enumerate(photos):
        if not _names_question(photo):
            yield Mistake(pointer("photos", index), "photos.shape", SHAPE)
        else:
            positions = seen.setdefault(photo["question"], set())
            yield from _check_photo(definition, states, index, photo, positions)


def _names_question(photo: Any) -> bool:
    return isinstance(photo, dict) and isinstance(photo.get("question"), str)


def _check_photo(
    definition: Definition, states: Mapping[str, str], index: int, photo: dict[str, Any], positions: set[int]
) -> Iterator[Mistake]:
    question = definition.questions.get(photo["question"])
    here = pointer("photos", index)
    if question is None:
        yield Mistake(f"{here}/question", "question.unknown", UNKNOWN)
        return
    position = photo.get("position")
    if type(position) is not int or position < 0 or position in positions:
        yield Mistake(f"{here}/position", "photos.position", POSITION)
    if states[question.key] == HIDDEN:
        yield Mistake(here, "photos.hidden", SHOWN_NOT)
    elif question.photos is None:
        yield Mistake(here, "photos.not_allowed", NO_PHOTOS)
    elif len(positions) >= question.photos.max:
        yield Mistake(here, "photos.too_many", TOO_MANY)
    positions.add(position if type(position) is int else -1 - len(positions))
