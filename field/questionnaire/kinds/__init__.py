"""The registry of kinds: the only list of them. Everything else asks the question's kind."""

from field.questionnaire.kinds.base import Fault, Kind
from field.questionnaire.kinds.choice import Choice
from field.questionnaire.kinds.choices import Choices
from field.questionnaire.kinds.duration import Duration
from field.questionnaire.kinds.note import Note
from field.questionnaire.kinds.number import Number
from field.questionnaire.kinds.photo import Photo
from field.questionnaire.kinds.rating import Rating
from field.questionnaire.kinds.text import Text
from field.questionnaire.kinds.yes_no import YesNo

__all__ = ["KINDS", "Fault", "Kind"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (YesNo(), Rating(), Choice(), Choices(), Number(), Duration(), Text(), Photo(), Note())
}
