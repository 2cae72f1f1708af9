"""What all forms share: WTForms speaks the language of the request, through our catalogues."""

from collections.abc import Callable
from gettext import NullTranslations

import wtforms
from flask_wtf import FlaskForm

from field.locale import N_


def n_(one: str, many: str) -> tuple[str, str]:
    """Marks a text that goes with a number."""
    return one, many


#: What WTForms says without our asking. Its own catalogues are not complete.
SAID = (
    N_("Not a valid choice."), N_("Not a valid date value."), N_("Not a valid datetime value."), N_("Not a valid float value."),
    N_("Not a valid integer value."), N_("This field is required."), N_("Invalid Choice: could not coerce."), N_("Invalid input."),
    N_("Number must be between %(min)s and %(max)s."), N_("Number must be at least %(min)s."), N_("Number must be at most %(max)s."),
    N_("Invalid value, must be one of: %(values)s."),
    n_("Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters."),
    n_("Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long."),
)


class _Speaking:
    """The language of the request, once the web room has told where to ask for it."""

    catalogue: Callable[[], NullTranslations] = NullTranslations

    def get_translations(self, form: wtforms.Form) -> NullTranslations:
        return _Speaking.catalogue()


def speak(catalogue: Callable[[], NullTranslations]) -> None:
    """From now on forms say what they say through the catalogue that this gives."""
    _Speaking.catalogue = catalogue


class Form(FlaskForm):
    """A form with a token against forgery."""

    class Meta(_Speaking, FlaskForm.Meta):
        pass


class Part(wtforms.Form):
    """A part of a form, which repeats in it; the whole has the token."""

    class Meta(_Speaking, wtforms.Form.Meta):
        pass
