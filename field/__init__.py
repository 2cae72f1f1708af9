"""Fieldscore: measures service at the point of service. ``create_app`` joins the rooms."""

import logging
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from field import cli, config, db, faults, logs, web
from field.jobs.bell import Bell
from field.jobs.queue import ENQUEUED
from field.photos.decoder import Decoder
from field.photos.store import PhotoStore, open_store
from field.sync.receipts import Signer
from field.web.gateway import Gateway

_ROOT = Path(__file__).parent.parent


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The application for the given environment (``os.environ`` by default); BadSettings names all bad settings."""
    settings = config.load(environ) if environ is not None else config.load()
    app = Flask(__name__, static_folder=None, template_folder=str(_ROOT / "templates"))
    app.static_folder = str(_ROOT / "static")
    app.config.update(FIELDSCORE=settings, SECRET_KEY=settings.secret_key, MAX_FORM_MEMORY_SIZE=1_000_000,
                      MAX_CONTENT_LENGTH=32 * 1024 * 1024, WTF_CSRF_TIME_LIMIT=None)
    app.config.update(SESSION_COOKIE_SECURE=settings.https, SESSION_COOKIE_SAMESITE="Lax",
                      SESSION_COOKIE_NAME="__Host-session" if settings.https else "session")
    logs.init_app(app)
    _arm(settings.faults)
    bell = Bell(settings.redis_url)
    database = db.Database(settings.database_url)
    if settings.redis_url:
        database.after_writing(ENQUEUED, bell.ring)
    app.extensions.update(photo_store=_photo_store(settings.photo_store), decoder=Decoder(), bell=bell, signer=Signer(settings.receipt_key))
    web.init_headers(app)
    db.init_app(app, database)
    web.init_app(app)
    cli.init_app(app)
    app.wsgi_app = Gateway(app.wsgi_app)
    return app


def _arm(plan: str) -> None:
    faults.arm(plan)
    if plan:
        logging.getLogger("field").warning("faults armed", extra={"code": plan})


def _photo_store(url: str) -> PhotoStore:
    try:
        return open_store(url)
    except ValueError as fault:
        raise config.BadSettings(f"PHOTO_STORE {fault}") from None
