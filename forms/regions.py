"""Regions."""

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from field.locale import N_
from forms.base import Form


class RegionForm(Form):
    """A region's name and the region above it; the view offers the parents."""

    name = StringField(N_("Name"), [InputRequired(N_("Write a name.")), Length(max=200)])
    parent = SelectField(N_("Below"), choices={}, default="")


class NewRegionForm(RegionForm):
    code = StringField(N_("Code"), [InputRequired(N_("Write a code.")), Length(max=64)])
