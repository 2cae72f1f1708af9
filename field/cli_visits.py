"""Commands for assignments and visits."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from field import clock
from field.access import SYSTEM, Actor, State
from field.cli_places import site_named
from field.errors import Problem
from field.locale import translator
from field.models import Assignment, Person, QuestionnaireVersion, Site, Visit
from field.models.person import select_person
from field.models.questionnaire import select_offered
from field.operations import reviews
from field.operations.assignments import add_assignment, cancel_assignment
from field.operations.photos import keep_finding, look_at, undecoded
from field.operations.sign_in import canonical_email
from field.sync.export_file import ExportFile
from field.sync.importing import Importing


def _writing():
    return current_app.extensions["database"].write()


def _person(session: Session, email: str) -> Person:
    person = session.scalar(select_person(canonical_email(email)))
    if person is None:
        raise Problem("person.unknown")
    return person


def _reviewer(session: Session, email: str) -> Actor:
    person = _person(session, email)
    return Actor(person.id, person.name, person.language, person.grants)


def _visit(session: Session, visit_id: str) -> Visit:
    visit = session.get(Visit, visit_id)
    if visit is None:
        raise Problem("visit.unknown")
    return visit


@click.group()
def assignment() -> None:
    """Who goes where, when."""


@assignment.command("add")
@click.option("--inspector", required=True)
@click.option("--site", required=True)
@click.option("--questionnaire", required=True)
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--until", "last", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--brief", default="")
def assignment_add(inspector: str, site: str, questionnaire: str, first: datetime | None, last: datetime | None, brief: str) -> None:
    """Sends an inspector to a site; both days included, in the site's time. Prints the assignment's and the visit's id."""
    with _writing() as session:
        place = site_named(session, site)
        version = session.scalar(select_offered().where(QuestionnaireVersion.slug == questionnaire))
        if version is None:
            raise click.ClickException(f"No version of {questionnaire} is in use (questionnaire.unknown).")
        starts, ends = clock.days(first, last, place.time_zone)
        added = add_assignment(session, SYSTEM, _person(session, inspector), site=place, version=version,
                               starts_at=starts, ends_at=ends, brief=brief)
        click.echo(f"{added.id} {added.visit_id}")


@assignment.command("cancel")
@click.argument("assignment_id")
def assignment_cancel(assignment_id: str) -> None:
    """Takes an assignment back."""
    with _writing() as session:
        held = session.get(Assignment, assignment_id)
        if held is None:
            raise Problem("assignment.missing")
        cancel_assignment(session, SYSTEM, held)
        click.echo("cancelled")


@click.group()
def visit() -> None:
    """Visits and their review."""


@visit.command("list")
@click.option("--state", type=click.Choice([str(state) for state in State]))
def visit_list(state: str | None) -> None:
    """Lists visits: id, state, revision, site, score."""
    query = select(Visit.id, Visit.state, Visit.revision, Site.code, Visit.overall).join(Site, isouter=True).order_by(Visit.changed_at, Visit.id)
    with current_app.extensions["database"].read() as session:
        for row in session.execute(query.where(Visit.state == state) if state else query):
            score = "-" if row.overall is None else f"{row.overall:.1f}"
            click.echo(f"{row.id}\t{row.state}\t{row.revision}\t{row.code or '-'}\t{score}")


@visit.command("return")
@click.argument("visit_id")
@click.option("--reviewer", required=True)
@click.option("--reason", required=True)
def visit_return(visit_id: str, reviewer: str, reason: str) -> None:
    """Returns a submitted visit to its inspector, through review, in one step."""
    with _writing() as session:
        held, actor = _visit(session, visit_id), _reviewer(session, reviewer)
        reviews.open_review(session, actor, held)
        reviews.return_visit(session, actor, held, reasons=[reviews.Reason(None, reason)])
        click.echo("returned")


@visit.command("accept")
@click.argument("visit_id")
@click.option("--reviewer", required=True)
@click.option("--reason", default="", help="Why a photo that cannot be read is not needed.")
def visit_accept(visit_id: str, reviewer: str, reason: str) -> None:
    """Accepts a submitted visit, through review, in one step. What its photos show is kept, even if that forbids it."""
    with current_app.extensions["database"].read() as session:
        waiting = undecoded(session, visit_id)
    findings = look_at(current_app.extensions["photo_store"], current_app.extensions["decoder"], waiting)
    with _writing() as session:
        for sha256, reason_found in findings.items():
            keep_finding(session, sha256, reason_found)
    with _writing() as session:
        held, actor = _visit(session, visit_id), _reviewer(session, reviewer)
        reviews.open_review(session, actor, held)
        reviews.accept_visit(session, actor, held, reason=reason)
        click.echo("accepted")


@visit.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def visit_import(file: Path) -> None:
    """Receives the visits of a FILE that a phone saved because it could not send them. Doing it again changes nothing."""
    extensions, exported = current_app.extensions, ExportFile(file)
    importing = Importing(_writing, extensions["photo_store"], extensions["signer"])
    taken = [importing.visit(exported, each) for each in exported.visits]
    t = translator("en")
    for one in taken:
        reason = f"{one.refusal.title(t)} ({one.refusal.code})" if one.refusal else one.receipt or "-"
        click.echo(f"{one.visit_id}\t{one.state}\t{reason}")
        if one.notes:
            click.echo(f"{one.visit_id}\tnotes\t{one.notes}")
    if refused := sum(one.refusal is not None for one in taken):
        raise click.ClickException(f"{refused} of {len(taken)} were refused.")


COMMANDS = (assignment, visit)
