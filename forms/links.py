"""What somebody writes who came by a link that works once."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from field.locale import N_
from forms.base import Form


class ResetForm(Form):
    password = PasswordField(N_("New password"), [InputRequired(N_("Write the new password.")), Length(max=1000)])


class InvitationForm(Form):
    name = StringField(N_("Name"), [InputRequired(N_("Write a name.")), Length(max=200)])
    password = PasswordField(N_("Password"), [InputRequired(N_("Write a password.")), Length(max=1000)])
