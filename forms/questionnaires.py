"""Publishing a questionnaire."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from field.locale import N_


class PublishForm(FlaskForm):
    document = FileField(N_("Questionnaire as a JSON file"), [FileRequired(N_("Choose a file."))])
    unplanned = BooleanField(N_("Inspectors may start it by themselves"))
