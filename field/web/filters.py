"""Filters in the address of a page: read once, refused clearly, carried along by every link."""

from flask import request, url_for
from flask_wtf import FlaskForm

from field.errors import Mistake, Problem
from field.reports.selection import Asked
from forms.filters import PeriodFilter

#: Filters that links carry along; anything else in an address is dropped.
_CARRIED = ("region", "questionnaire", "from", "to", "sort", "page", "visit", "section", "question", "as", "site", "q", "after")


def read(kind: type[FlaskForm]) -> FlaskForm:
    """The filters of this request; ``filters.invalid`` names each one that cannot be read."""
    form = kind(request.args)
    if not form.validate():
        mistakes = [Mistake(f"/{field.short_name}", "filter.shape", str(text)) for field in form for text in field.errors]
        raise Problem("filters.invalid", errors=mistakes)
    return form


def asked(form: PeriodFilter) -> Asked:
    """What the filters choose."""
    region = form["region"].data if "region" in form else None
    return Asked(region or None, form.questionnaire.data or None, form.first.data, form.last.data)


def here(endpoint: str | None = None, **changes: object) -> str:
    """The address of this page, or of a like one, with some filters changed; None leaves one out."""
    kept = {name: request.args.getlist(name) for name in _CARRIED} | dict(request.view_args or {})
    return url_for(endpoint or request.endpoint, **{name: value for name, value in {**kept, **changes}.items() if value})
