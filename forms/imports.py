"""Files that are handed in."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from field.locale import N_
from forms.base import Form

_ENCODINGS = {"utf-8": N_("UTF-8: nearly always"), "windows-1252": N_("Windows-1252: old Excel in western Europe"), "latin-1": N_("Latin-1")}


class TableForm(Form):
    """A table as CSV, and its encoding where it is an old one."""

    file = FileField(N_("Table as a CSV file"), [FileRequired(N_("Choose a file."))])
    encoding = SelectField(N_("Encoding"), choices=_ENCODINGS, default="utf-8")
