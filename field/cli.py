"""Commands: parse, call an operation, print. Each commits once, at its end."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from pathlib import Path
from typing import Any, BinaryIO

import click
from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError, OperationalError

from field import cli_imports, cli_keeping, cli_people, cli_phone, cli_places, cli_visits
from field.access import SYSTEM
from field.cli_phone import PORT
from field.config import mark_demo
from field.content import UNPLANNED, builtin, photos_of
from field.db import Database
from field.db.migrate import is_current, upgrade
from field.errors import Problem
from field.jobs.work import Work
from field.jobs.worker import run_worker
from field.locale import translator
from field.models import Chain
from field.models.questionnaire import select_version
from field.operations.questionnaires import publish_questionnaire, retire_version
from field.operations.reference_photos import copies_of, keep_reference_photos, our_own, without_their_photo
from field.photos.inspect import MAX_BYTES
from field.sync.direct import Direct


def init_app(app: Flask) -> None:
    rooms = (cli_people, cli_places, cli_visits, cli_imports, cli_keeping)
    for command in (init, demo, serve, worker, cli_phone.phone, questionnaire, *(c for room in rooms for c in room.COMMANDS)):
        app.cli.add_command(told(command))


def told(command: click.Command) -> click.Command:
    """The command, saying a Problem or what the database lacks in words instead of a stack trace."""
    if isinstance(command, click.Group):
        for child in command.commands.values():
            told(child)
    elif command.callback:
        command.callback = _telling(command.callback)
    return command


def _telling(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return callback(*args, **kwargs)
        except Problem as problem:
            raise click.ClickException(_said(problem)) from None
        except DBAPIError as error:
            raise click.ClickException(_outage(error)) from None
    return run


def _said(problem: Problem) -> str:
    """The refusal in one line, or in one for each of several mistakes."""
    t = translator("en")
    places = [f"{mistake.path or '/'}: {mistake.said(t)}" for mistake in problem.errors]
    remedy = places[0] if len(places) == 1 else "\n  ".join([problem.detail(t), *places])
    return f"{problem.title(t)} ({problem.code}). {remedy}"


def _outage(error: DBAPIError) -> str:
    """Why the database does not answer; an error that is no outage is raised again, and a lacking schema told instead."""
    try:
        _need_schema()
    except OperationalError as outage:
        error = outage
    if not isinstance(error, OperationalError):
        raise error
    return f"The database does not answer: {str(error.orig).splitlines()[0]}"


def _need_schema() -> None:
    if not is_current(the_database().engine):
        raise click.ClickException("The database has no schema or an older one. Run: flask --app app init")


def the_database() -> Database:
    return current_app.extensions["database"]


def writing() -> AbstractContextManager:
    return the_database().write()


def the_work() -> Work:
    return Work(the_database(), current_app.extensions["photo_store"], current_app.extensions["decoder"], current_app.extensions["bell"])


@click.command()
def init() -> None:
    """Makes or upgrades the database and publishes the built-in questionnaires. Safe to repeat."""
    upgrade(the_database().engine)
    with writing() as session:
        if session.get(Chain, 1) is None:
            session.add(Chain(id=1, receipts=0, entries=0))
            session.flush()
        for path, document in builtin():
            version = publish_questionnaire(session, SYSTEM, path.read_bytes(), unplanned=document["slug"] in UNPLANNED)
            keep_reference_photos(session, SYSTEM, version, [our_own(*photo) for photo in photos_of(document)])
    click.echo(f"Ready in {current_app.config['FIELDSCORE'].home}.")


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing where there is data already.")
def demo(if_empty: bool) -> None:
    """Fills an empty store with regions, sites, people and two years of visits."""
    from field.operations.demo import load_demo, say_who
    post = Direct(current_app.extensions["photo_store"], current_app.extensions["signer"])
    with writing() as session:
        visits = load_demo(session, post, only_if_empty=if_empty)
        who = say_who(session, current_app.config["FIELDSCORE"].base_url)
    if visits:
        mark_demo(current_app.config["FIELDSCORE"].home)
        click.echo(f"The demo is in place, with {visits} visits.")
    click.echo(who)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=PORT)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1))
@click.option("--certificate", type=click.Path(exists=True, path_type=Path))
@click.option("--key", type=click.Path(exists=True, path_type=Path))
def serve(host: str, port: int, workers: int, certificate: Path | None, key: Path | None) -> None:
    """Starts the production server."""
    _need_schema()
    from field.web.server import run
    the_database().dispose()
    run(host=host, port=port, workers=workers, certificate=certificate, key=key)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and stop.")
def worker(once: bool) -> None:
    """Does jobs until told to stop."""
    if once:
        _need_schema()
    done = run_worker(the_work(), once=once)
    if once:
        click.echo(f"{done} jobs done.")


@click.group()
def questionnaire() -> None:
    """Questionnaires and their versions."""


@questionnaire.command("publish")
@click.argument("file", type=click.File("rb"))
@click.option("--unplanned", is_flag=True, help="Inspectors may start visits with it by themselves.")
@click.option("--photo", "photos", type=click.File("rb"), multiple=True, help="A reference photo that a question names; once for each.")
def questionnaire_publish(file: Any, unplanned: bool, photos: Sequence[BinaryIO]) -> None:
    """Publishes a document as an immutable version. The same again changes nothing, but that --unplanned opens it and --photo adds photos."""
    copies = copies_of(current_app.extensions["decoder"], ((Path(photo.name).name, photo.read(MAX_BYTES + 1)) for photo in photos))
    with writing() as session:
        version = publish_questionnaire(session, SYSTEM, file.read(), unplanned=unplanned)
        keep_reference_photos(session, SYSTEM, version, copies)
        bare = without_their_photo(session, version)
    click.echo(f"{version.slug} {version.version} {version.sha256}")
    if version.unplanned:
        click.echo("Inspectors may start visits with it by themselves.", err=True)
    if bare:
        click.echo("These questions have no reference photo here yet. Publish the same file again, with --photo for each:", err=True)
    for question in bare:
        click.echo(f"  {question.key} {question.reference_photo}", err=True)


@questionnaire.command("retire")
@click.argument("slug")
@click.argument("version", type=click.IntRange(1, 10**9))
def questionnaire_retire(slug: str, version: int) -> None:
    """Takes a version out of use: its visits count, those still to come are flagged. Safe to repeat."""
    with writing() as session:
        held = session.scalar(select_version(slug, version))
        if held is None:
            raise click.ClickException(f"{slug} {version} was never published (questionnaire.unknown).")
        retire_version(session, SYSTEM, held)
    click.echo("retired")
