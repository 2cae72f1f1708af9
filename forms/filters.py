"""The filters of the manager's pages: read from the address, so that every page can be shared and kept."""

from datetime import date

from wtforms import DateField, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import AnyOf, Length, NumberRange, Optional, Regexp

from field.locale import N_
from forms.base import Form
from forms.choices import languages

_CODE = Regexp(r"[A-Za-z0-9._~-]{1,64}\Z", message=N_("Use a code of letters, digits and hyphens."))
_DAY = [Optional()]
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class _Day(DateField):
    """A day that a calendar has and a business could mean."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(N_("Write a day as year-month-day, such as 2026-11-20.")) from None

    def pre_validate(self, form: Form) -> None:
        if self.data and not _FIRST_DAY <= self.data <= _LAST_DAY:
            raise ValidationError(N_("Choose a day between the years 2000 and 2100."))


class PeriodFilter(Form):
    """Questionnaire and period, both left to a default when empty."""

    class Meta:
        csrf = False

    questionnaire = StringField(N_("Questionnaire"), [Optional(), _CODE])
    first = _Day(N_("From"), _DAY, name="from")
    last = _Day(N_("To"), _DAY, name="to")

    def validate_last(self, input: DateField) -> None:
        if self.first.data and input.data and input.data < self.first.data:
            raise ValidationError(N_("The last day lies before the first one."))


class OverviewFilter(PeriodFilter):
    """Of many sites; ``sort`` is a column's name, ``-`` in front turns it round."""

    region = StringField(N_("Region"), [Optional(), _CODE])
    sort = StringField(N_("Sorted"), [Optional(), Regexp(r"-?[a-z]{1,16}\Z", message=N_("Sort by one of the columns."))])
    page = IntegerField(N_("Page"), [Optional(), NumberRange(1, 10_000, N_("Choose a page of the list."))])


class SiteFilter(PeriodFilter):
    """Of one site: what is opened, down to one question of one visit."""

    visit = StringField(N_("Visit"), [Optional(), _CODE])
    section = StringField(N_("Section"), [Optional(), Regexp(r"\w{1,64}\Z", message=N_("Open the section from the page."))])
    question = StringField(N_("Question"), [Optional(), Regexp(r"\w{1,64}\Z", message=N_("Open the question from the page."))])


class DirectoryFilter(Form):
    """Of the list of sites: words to look for, and the key that the page begins behind."""

    class Meta:
        csrf = False

    q = StringField(N_("Name or code"), [Optional(), Length(max=200, message=N_("Look for fewer letters."))])
    after = StringField(validators=[Optional(), Length(max=300, message=N_("Open the list again from its beginning."))])


class PaperFilter(Form):
    """The paper that a page is printed on, and its language where the usual one is not wanted."""

    class Meta:
        csrf = False

    paper = StringField(N_("Paper"), [AnyOf(("a4", "letter"), message=N_("Choose a4 or letter."))], default="a4",
                        filters=[lambda paper: paper or "a4"])
    lang = SelectField(N_("Language"), [Optional()], choices=languages)


class ScorecardFilter(PaperFilter, PeriodFilter):
    """A site's sheet: paper, language, questionnaire and period."""


class CompareFilter(PeriodFilter):
    """The codes of the sites to set side by side."""

    site = StringField(N_("Sites"))

    @property
    def codes(self) -> list[str]:
        """The codes given, in order, none twice, none empty."""
        return list(dict.fromkeys(code for code in self.site.raw_data or [] if code))

    def validate_site(self, input: StringField) -> None:
        if len(self.codes) > 2 or any(len(code) > 64 for code in self.codes):
            raise ValidationError(N_("Choose two sites."))
