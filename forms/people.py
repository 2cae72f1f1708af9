"""People, their roles and their passwords."""

from wtforms import BooleanField, EmailField, FieldList, FormField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from field.locale import N_
from forms.base import Form, Part
from forms.choices import ROLES, languages


class GrantForm(Part):
    """One role and where it holds; without a role the row says nothing."""

    role = SelectField(N_("Role"), choices={"": N_("No role"), **ROLES}, default="")
    region = SelectField(N_("In region"), choices={}, default="", validate_choice=False)
    site = StringField(N_("At site"), [Length(max=64)])


class PersonForm(Form):
    name = StringField(N_("Name"), [InputRequired(N_("Write a name.")), Length(max=200)])
    language = SelectField(N_("Language"), choices=languages)
    roles = FieldList(FormField(GrantForm), min_entries=2, max_entries=20)


class NewPersonForm(PersonForm):
    email = EmailField(N_("E-mail"), [InputRequired(N_("Write an e-mail address.")), Length(max=254)])
    password = PasswordField(N_("First password"), [Length(max=1000)])


class KnownPersonForm(PersonForm):
    active = BooleanField(N_("May sign in"))


class PasswordForm(Form):
    password = PasswordField(N_("New password"), [InputRequired(N_("Write the new password.")), Length(max=1000)])
