"""Publishing a questionnaire."""

from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField

from field.locale import N_
from forms.base import Form


class PublishForm(Form):
    document = FileField(N_("Questionnaire as a JSON file"), [FileRequired(N_("Choose a file."))])
    photos = MultipleFileField(N_("Reference photos"))
    unplanned = BooleanField(N_("Inspectors may start it by themselves"))
