"""The person's own page and the steps of signing in."""

from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from field.locale import N_
from forms.base import Form
from forms.choices import languages


class DescriptionForm(Form):
    name = StringField(N_("Name"), [InputRequired(N_("Write a name.")), Length(max=200)])
    language = SelectField(N_("Language"), choices=languages)


class OwnPasswordForm(Form):
    present = PasswordField(N_("Present password"), [InputRequired(N_("Write the password that you sign in with now.")), Length(max=1000)])
    password = PasswordField(N_("New password"), [InputRequired(N_("Write the new password.")), Length(max=1000)])


class CodeForm(Form):
    code = StringField(N_("Code"), [InputRequired(N_("Write the code.")), Length(max=40)])
    next = HiddenField()


class EnrolForm(CodeForm):
    """``offer`` is the sealed secret that the page shows."""

    offer = HiddenField(validators=[Length(max=400)])


class PasskeyForm(Form):
    """``credential`` is what the browser signed, as JSON."""

    credential = HiddenField(validators=[InputRequired(), Length(max=20_000)])
    label = StringField(N_("What you call it"), [Length(max=120)])
    next = HiddenField()
