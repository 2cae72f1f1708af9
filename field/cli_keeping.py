"""Commands that keep what was entrusted: verify, backup, restore."""

import base64
import hashlib
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import Engine, select

from field.content import builtin
from field.db.migrate import upgrade
from field.db.portable import copy_of, holds_data, load, make_schema
from field.errors import Problem
from field.jobs.queue import enqueue
from field.models import Photo
from field.operations.backup import write_backup
from field.operations.restore import Backup
from field.photos.store import PhotoStore
from field.sync.verifying import Walk, verify


@click.command("verify")
def verify_all() -> None:
    """Compares all evidence with what vouches for it; names what differs or is missing, then exits with 1.

    May run beside the server. Photos that no visit names are told too: they are left over or still arriving, no loss.
    """
    signer, faults = current_app.extensions["signer"], 0
    keys = {key["key"]: base64.b64decode(key["public"]) for key in signer.public_keys()}
    walk = Walk(current_app.extensions["database"].read, current_app.extensions["photo_store"], keys)
    for finding in verify(walk):
        faults += not finding.stray
        click.echo(str(finding))
    looked = ", ".join(f"{number} {what}" for what, number in sorted(walk.counts.items()))
    click.echo(f"Looked at {looked or 'nothing, the store is empty'}.")
    if faults:
        raise click.ClickException(f"{faults} things differ or are missing.")
    click.echo("Nothing differs, nothing is missing.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def backup(file: Path) -> None:
    """Writes database, secrets and photos to one FILE while the server runs. Keep it as safe as the server itself."""
    try:
        with copy_of(_engine(), file.absolute().parent) as copy:
            if not copy.schema:
                raise click.ClickException("The database has no schema. Run: flask --app app init")
            manifest = write_backup(file.absolute(), copy, _store(), _secrets(), _Progress())
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror or error}.") from None
    rows = sum(table["rows"] for table in manifest["tables"].values())
    click.echo(f"{rows} rows and {manifest['photos']} photos, {file.stat().st_size / 1e6:.1f} MB: {file}")
    if manifest["missing"]:
        raise click.ClickException("Missing or damaged in the photo store: " + ", ".join(manifest["missing"]))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fills a store that is empty, or has only what init made, from FILE, after checking every digest in it.

    Start the server afterwards, not before.
    """
    engine = _engine()
    if holds_data(engine, [hashlib.sha256(path.read_bytes()).hexdigest() for path, _ in builtin()]):
        raise Problem("backup.store_in_use")
    found = Backup(file, _Progress())
    make_schema(engine, found.manifest["schema"])
    found.put_photos(_store())
    found.put_secrets(_secrets())
    with engine.begin() as connection:
        rows = sum(load(connection, table, found.rows(table)) for table in found.tables)
    upgrade(engine)
    _ask_for_copies(engine)
    click.echo(f"{rows} rows and {found.manifest['photos']} photos are in place. Now run: flask --app app verify")


def _ask_for_copies(engine: Engine) -> None:
    """A backup holds originals alone: what pages and sheets show is made anew by the worker."""
    photo = Photo.__table__
    with engine.begin() as connection:
        for sha256 in connection.scalars(select(photo.c.sha256).where(photo.c.state == "readable").distinct()).all():
            enqueue(connection, "derivatives", sha256=sha256)


class _Progress:
    """Tells of every table, and of photos whenever another hundred is done."""

    def __call__(self, what: str, count: int) -> None:
        if not what.startswith("photos") or count % 100 == 0:
            click.echo(f"{what}: {count}", err=True)


def _engine() -> Engine:
    return current_app.extensions["database"].writing_engine


def _store() -> PhotoStore:
    return current_app.extensions["photo_store"]


def _secrets() -> Path:
    return current_app.config["FIELDSCORE"].home / "secrets"


COMMANDS = (verify_all, backup, restore)
