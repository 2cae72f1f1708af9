"""A questionnaire from a spreadsheet: template, faults by sheet, row and column, a look at it as on a phone, publishing."""

import json
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for

from field.access import Role
from field.errors import Problem
from field.imports.sheet_columns import SHEETS
from field.imports.sheet_template import template as workbook
from field.imports.spreadsheet import read_spreadsheet
from field.imports.workbook import MAX_BYTES
from field.locale import LANGUAGES
from field.models.questionnaire import select_latest
from field.operations.questionnaires import publish_questionnaire
from field.questionnaire import load
from field.questionnaire.reading import in_one_language
from field.web.attempts import attempt, say
from field.web.policy import allow
from field.web.words import current, t
from forms.spreadsheets import PublicationForm, SpreadsheetForm

blueprint = Blueprint("spreadsheets", __name__, url_prefix="/questionnaires/new/spreadsheet")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@allow(Role.ADMINISTRATOR)
def show() -> str:
    return _page(SpreadsheetForm(language=g.actor.language))


@blueprint.get("/template.xlsx")
@allow(Role.ADMINISTRATOR)
def template() -> Response:
    further = [language for language in LANGUAGES if language in request.args.getlist("in")]
    return Response(workbook(current(), further), mimetype=_XLSX, headers={"Content-Disposition": "attachment; filename=questionnaire.xlsx"})


@blueprint.post("/preview")
@allow(Role.ADMINISTRATOR)
def preview() -> str | tuple[str, int]:
    """Shows the questionnaire as it will look on a phone in each of its languages; nothing is written."""
    form = SpreadsheetForm()
    tried = attempt(form, lambda: _document(form))
    if tried.thing is None:
        return _page(form, tried.problem), tried.status
    readings = {language: load(in_one_language(tried.thing, language)) for language in tried.thing["languages"]}
    return render_template("spreadsheets/preview.html", definition=load(tried.thing), readings=readings, named=LANGUAGES,
                           publication=_publication(tried.thing))


@blueprint.post("")
@allow(Role.ADMINISTRATOR)
def publish() -> Response | tuple[str, int]:
    form = PublicationForm()
    tried = attempt(form, lambda: publish_questionnaire(g.session, g.actor, _shown(form), unplanned=form.unplanned.data))
    if tried.thing is None:
        return _page(SpreadsheetForm(formdata=None, language=g.actor.language), tried.problem), tried.status
    say(t("%(title)s, version %(n)s, is published.", title=tried.thing.title_in(g.actor.language), n=tried.thing.version))
    return redirect(url_for("questionnaires.show", slug=tried.thing.slug, version=tried.thing.version), 303)


def _document(form: SpreadsheetForm) -> dict[str, Any]:
    """The document of the form and its file, as the next version of its code. The write lock is given back: reading takes a while."""
    facts = _facts(form)
    g.session.reading()
    g.session.rest()
    return read_spreadsheet(form.file.data.read(MAX_BYTES + 1), facts, form.language.data)


def _facts(form: SpreadsheetForm) -> dict[str, Any]:
    """The document's members that no sheet holds."""
    latest = g.session.scalar(select_latest(form.slug.data.strip()))
    title = {"title": {form.language.data: form.title.data.strip()}} if form.title.data.strip() else {}
    pass_mark = {"pass_mark": form.pass_mark.data.strip()} if form.pass_mark.data else {}
    return {
        "slug": form.slug.data.strip(), "version": latest.version + 1 if latest else 1, "languages": [form.language.data],
        **title, "purpose": "visit", **({"minutes": form.minutes.data} if form.minutes.data else {}),
        "scoring": {"mode": form.mode.data, **pass_mark},
    }


def _publication(document: dict[str, Any]) -> PublicationForm:
    return PublicationForm(formdata=None, document=json.dumps(document, ensure_ascii=False, indent=1))


def _shown(form: PublicationForm) -> bytes:
    """The bytes that the preview was made of: browsers send every line's end as two characters."""
    return form.document.data.replace("\r\n", "\n").encode()


def _page(form: SpreadsheetForm, problem: Problem | None = None) -> str:
    form.mode.choices = {value: t(word) for value, word in form.mode.choices.items()}
    places = [(mistake.path.split("/")[1:], mistake.message) for mistake in problem.errors] if problem else []
    faults = [(place, message) for place, message in places if place and place[0] in SHEETS]
    return render_template("spreadsheets/show.html", form=form, problem=problem, faults=faults, sheets=SHEETS, named=LANGUAGES)
