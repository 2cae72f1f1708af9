"""Regions, sites and people handed in as tables: a template for each, everything or nothing, faults by row and column."""

from flask import Blueprint, Response, current_app, g, redirect, render_template, url_for

from field.access import Role
from field.errors import Problem
from field.imports.subjects import SUBJECTS
from field.imports.tables import MAX_BYTES
from field.locale import N_
from field.operations.tables import Taken, take_table
from field.reports.overview_csv import csv_lines
from field.web.attempts import Attempt, attempt, say
from field.web.policy import allow, fresh, or_404
from field.web.words import current
from forms.imports import TableForm

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
_TITLES = {"regions": N_("Regions from a table"), "sites": N_("Sites from a table"), "people": N_("People from a table")}


@blueprint.get("/<subject>")
@allow(Role.ADMINISTRATOR)
def show(subject: str) -> str:
    return _page(subject, TableForm())


@blueprint.get("/<subject>/template.csv")
@allow(Role.ADMINISTRATOR)
def template(subject: str) -> Response:
    columns = or_404(SUBJECTS.get(subject))
    return Response("".join(csv_lines([column.name for column in columns], ())), mimetype="text/csv",
                    headers={"Content-Disposition": f"attachment; filename={subject}.csv"})


@blueprint.post("/<subject>")
@allow(Role.ADMINISTRATOR)
def take(subject: str) -> Response | tuple[str, int]:
    form = TableForm()
    tried = _try(subject, form)
    if tried.thing is None:
        return _page(subject, form, tried.problem), tried.status
    say(current().n("%(n)s row is taken in.", "%(n)s rows are taken in.", tried.thing.added))
    return redirect(url_for("regions.index"), 303)


@blueprint.post("/people")
@allow(Role.ADMINISTRATOR)
@fresh
def invite() -> tuple[str, int]:
    """Adds people and shows their links this once."""
    form = TableForm()
    tried = _try("people", form)
    if tried.thing is None:
        return _page("people", form, tried.problem), tried.status
    base = current_app.config["FIELDSCORE"].base_url.rstrip("/")
    links = {one: base + url_for("links.show", token=one.token) for one in tried.thing.invited}
    return render_template("imports/invited.html", links=links), 201


def _try(subject: str, form: TableForm) -> Attempt[Taken]:
    or_404(SUBJECTS.get(subject))
    return attempt(form, lambda: take_table(g.session, g.actor, subject, form.file.data.read(MAX_BYTES + 1), encoding=form.encoding.data))


def _page(subject: str, form: TableForm, problem: Problem | None = None) -> str:
    columns, t = or_404(SUBJECTS.get(subject)), current()
    form.encoding.choices = {value: t(word) for value, word in form.encoding.choices.items()}
    return render_template("imports/show.html", subject=subject, columns=columns, form=form, problem=problem, titles=_TITLES)
