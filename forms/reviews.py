"""A review: everything on its page is one form, so that nothing typed is lost whichever button is pressed."""

from collections.abc import Iterable

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from field.locale import N_
from forms.base import Form

_LONG = Length(max=4000, message=N_("A reason has at most 4000 characters."))
_PREFIX = "reason-"


class ReviewForm(Form):
    whole = TextAreaField(N_("Reason that concerns the visit as a whole, read by the inspector"), [_LONG])
    without = TextAreaField(N_("Why the photo is not needed"), [_LONG])
    exclusion = TextAreaField(N_("Why the visit counts nowhere"), [_LONG])

    def reason_of(self, question: str) -> TextAreaField:
        """The input for the reason of one question."""
        return self[_PREFIX + question]

    @property
    def reasons(self) -> list[tuple[str | None, str]]:
        """The reasons written, each with its question; None for the visit as a whole."""
        inputs = [(name.removeprefix(_PREFIX), given) for name, given in self._fields.items() if name.startswith(_PREFIX)]
        written = [(question, given.data.strip()) for question, given in inputs if (given.data or "").strip()]
        return written + ([(None, self.whole.data.strip())] if (self.whole.data or "").strip() else [])


class PrintableForm(Form):
    """Whether a photo may stand on the shop's sheet: 1 or nothing."""

    printable = HiddenField()


def review_form(questions: Iterable[str]) -> ReviewForm:
    """The form of a visit, with an input for each question's reason."""
    inputs = {_PREFIX + key: TextAreaField(N_("Reason to return, read by the inspector"), [_LONG]) for key in questions}
    return type("ReviewOfVisitForm", (ReviewForm,), inputs)()
