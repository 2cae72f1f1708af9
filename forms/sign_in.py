"""Signing in and out."""

from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from field.locale import N_
from forms.base import Form


class SignInForm(Form):
    email = EmailField(N_("E-mail"), [InputRequired(N_("Write your e-mail address.")), Length(max=254)])
    password = PasswordField(N_("Password"), [InputRequired(N_("Write your password.")), Length(max=1000)])
    next = HiddenField()


class ConfirmForm(Form):
    """Nothing but the token that shows that the person pressed the button."""
