"""A questionnaire as a spreadsheet: what the sheets do not hold, and publishing what was looked at."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from field.locale import N_
from forms.base import Form
from forms.choices import languages

_MODES = {"sections": N_("Weighted mean of the sections"), "points": N_("All earned points of all possible points"), "none": N_("No overall score")}


class SpreadsheetForm(Form):
    file = FileField(N_("Spreadsheet (.xlsx)"), [FileRequired(N_("Choose a file."))])
    title = StringField(N_("Title"), [Optional(), Length(max=200)])
    slug = StringField(N_("Code"), [InputRequired(N_("Write a code.")), Length(max=64)])
    language = SelectField(N_("First language of its texts"), choices=languages)
    mode = SelectField(N_("Score"), choices=_MODES, default="sections")
    pass_mark = StringField(N_("Passed from, out of 100"), [Optional(), Length(max=14)])
    minutes = IntegerField(N_("Minutes a visit takes"), [Optional(), NumberRange(1, 10_000, N_("Write a whole number of minutes."))])


class PublicationForm(Form):
    """The document as it was shown."""

    document = HiddenField(validators=[InputRequired(N_("Send the spreadsheet again."))])
    unplanned = BooleanField(N_("Inspectors may start it by themselves"))
