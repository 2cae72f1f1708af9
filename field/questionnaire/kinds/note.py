"""Something to read; nothing to answer."""

from collections.abc import Iterator

from field.locale import N_
from field.questionnaire.definition import Question
from field.questionnaire.kinds.base import Fault, Kind

NO_POINTS = Fault("note.points", N_("Take the points away: a note has no answer that could earn them."), ("points",))
NOT_REQUIRED = Fault("note.required", N_("Do not require a note: it has no answer."), ("required",))
NO_PHOTOS = Fault("note.photos", N_("Use a question of kind photo: a note takes no photos."), ("photos",))


class Note(Kind):
    """No answer of any sort."""

    name = "note"
    takes_value = False
    takes_answer = False
    scored_by = None
    operators = frozenset()

    def check(self, question: Question) -> Iterator[Fault]:
        if question.points:
            yield NO_POINTS
        if question.required:
            yield NOT_REQUIRED
        if question.photos is not None:
            yield NO_PHOTOS
