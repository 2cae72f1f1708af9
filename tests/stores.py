"""A migrated store with the least that is valid in it, for programs that then serve it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Flask
from sqlalchemy.orm import Session

from field import create_app
from field.db.migrate import upgrade
from field.models import Chain
from tests.factories import World, build_world


@contextmanager
def filled(environ: Mapping[str, str]) -> Iterator[tuple[Flask, Session, World]]:
    """The application on its new store, a session that is kept at the end, and the world in it."""
    app = create_app(environ)
    database = app.extensions["database"]
    upgrade(database.engine)
    try:
        with database.write() as session:
            session.add(Chain(id=1, receipts=0, entries=0))
            session.flush()
            yield app, session, build_world(session)
    finally:
        app.extensions["decoder"].close()
        database.dispose()
