"""Sites."""

from wtforms import BooleanField, FloatField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from field.locale import N_
from forms.base import Form


class SiteForm(Form):
    """What is known of a site; the view offers the regions."""

    name = StringField(N_("Name"), [InputRequired(N_("Write a name.")), Length(max=200)])
    region = SelectField(N_("Region"), [InputRequired(N_("Choose a region."))], choices={})
    address = TextAreaField(N_("Address"), [Length(max=400)], filters=[lambda typed: typed or ""])
    lat = FloatField(N_("Latitude"), [Optional()])
    lon = FloatField(N_("Longitude"), [Optional()])
    time_zone = StringField(N_("Time zone"), [InputRequired(N_("Write a time zone.")), Length(max=64)])
    language = StringField(N_("Language on paper"), [InputRequired(N_("Write a language code.")), Length(max=16)], default="en")
    active = BooleanField(N_("Visited: new visits can be planned here"), default=True)


class NewSiteForm(SiteForm):
    code = StringField(N_("Code"), [InputRequired(N_("Write a code.")), Length(max=64)])
