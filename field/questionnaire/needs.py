"""What an answer needs beside itself, by the rules of its question."""

from field.questionnaire.plan import Step
from field.questionnaire.rules import Values


def is_required(step: Step, values: Values) -> bool:
    """Whether a shown question must be answered; `required_if` replaces the default."""
    return _is_required(step, values, default=True)


def needs_comment(step: Step, values: Values) -> bool:
    """Whether an answer with a value must bring a comment."""
    if step.question.comment == "required":
        return True
    return step.comment_required is not None and step.comment_required(values)


def photos_needed(step: Step, values: Values, taken: int) -> int:
    """How many photos a shown question needs that neither lifts them nor waits for its value."""
    photos = step.question.photos
    if photos is None:
        return 0
    least = photos.min
    if step.photos_required is not None and step.photos_required(values):
        least = max(least, photos.rule_min)
    if step.kind.takes_value or taken:
        return least
    return max(least, 1) if _is_required(step, values, default=least > 0) else 0


def _is_required(step: Step, values: Values, default: bool) -> bool:
    if step.question.required is True:
        return True
    if step.required is not None:
        return step.required(values)
    return default if step.question.required is None else False
