"""A photo and nothing else; no points unless the reviewer gives them."""

from collections.abc import Iterator

from field.locale import N_
from field.questionnaire.definition import Question
from field.questionnaire.kinds.base import Fault, Kind

NO_PHOTOS = Fault("photos.required", N_("Say with photos how many photos the question takes."))
NO_COMMENT = N_("Ask for the comment at another question: a photo question has no answer to hold it.")


class Photo(Kind):
    """No value of its own: its photos answer it, or not_applicable, or could_not_check."""

    name = "photo"
    takes_value = False
    scored_by = "reviewer"
    operators = frozenset()

    def check(self, question: Question) -> Iterator[Fault]:
        if question.photos is None:
            yield NO_PHOTOS
        if question.comment == "required":
            yield Fault("comment.impossible", NO_COMMENT, ("comment",))
        if question.comment_required_if is not None:
            yield Fault("comment.impossible", NO_COMMENT, ("comment_required_if",))
