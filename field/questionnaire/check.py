"""Every mistake of a questionnaire document: first of shape, then, where the shape is right, of meaning."""

from typing import Any

from field.errors import Mistake
from field.questionnaire.check_meaning import check_meaning
from field.questionnaire.check_shape import check_shape


def check(document: Any) -> list[Mistake]:
    """The mistakes in the order of the document, none for one that can be published.

    Takes any JSON value and never raises. Meaning is looked at only in a document of the right shape.
    """
    return check_shape(document) or check_meaning(document)
