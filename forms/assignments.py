"""Assignments."""

from wtforms import DateTimeLocalField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from field.locale import N_
from forms.base import Form

_TIME = "%Y-%m-%dT%H:%M"


class AssignmentForm(Form):
    """Who goes where, with which questionnaire, when by the site's clock; the view offers people and versions."""

    inspector = SelectField(N_("Inspector"), [InputRequired(N_("Choose an inspector."))], choices={})
    site = StringField(N_("Site code"), [InputRequired(N_("Write the code of a site.")), Length(max=64)])
    questionnaire = SelectField(N_("Questionnaire"), [InputRequired(N_("Choose a questionnaire."))], choices={})
    starts = DateTimeLocalField(N_("From"), [InputRequired(N_("Write the day and time."))], format=_TIME)
    until = DateTimeLocalField(N_("Until"), [InputRequired(N_("Write the day and time."))], format=_TIME)
    brief = TextAreaField(N_("Brief, read by the inspector"), [Length(max=4000)])
