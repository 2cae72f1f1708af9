"""Who is asking: the session cookie becomes ``g.actor`` and ``g.scope``."""

import hashlib
from datetime import timedelta

from flask import Flask, Response, current_app, g, request

from field import clock
from field.access import Actor, Grant, Role
from field.models.person import SESSION
from field.models.scope import Scope
from field.operations import devices

#: How long a session lives unused and at all. Inspectors are offline for days; a desk is not.
DEVICE_IDLE, DEVICE_LIFE = timedelta(days=30), timedelta(days=90)
DESK_IDLE, DESK_LIFE = timedelta(hours=2), timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=5)
_SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Knows the person before the policies are enforced."""

    @app.before_request
    def _know() -> None:
        g.actor = None if request.endpoint == "static" else _actor()
        g.scope = Scope(g.actor) if g.actor else None
        if request.method not in _SAFE and not request.path.startswith("/api/"):
            g.session.writing()


def cookie_name() -> str:
    return "__Host-fieldscore" if current_app.config["FIELDSCORE"].https else "fieldscore"


def set_cookie(response: Response, token: str) -> None:
    """Hands out the opaque token; the browser keeps it longer than the server honours it."""
    response.set_cookie(
        cookie_name(), token, max_age=int(DEVICE_LIFE.total_seconds()), httponly=True, samesite="Lax",
        secure=current_app.config["FIELDSCORE"].https, path="/",
    )


def clear_cookie(response: Response) -> None:
    response.delete_cookie(
        cookie_name(), httponly=True, samesite="Lax", secure=current_app.config["FIELDSCORE"].https, path="/")


def _actor() -> Actor | None:
    token = request.cookies.get(cookie_name())
    if not token:
        return None
    digest = hashlib.sha256(token.encode()).hexdigest()
    rows = g.session.execute(SESSION, {"digest": digest}).all()
    if not rows or not _alive(rows):
        return None
    first = rows[0]
    if clock.now() - first.seen_at > _SEEN_EVERY:
        _touch(first.id)
    grants = tuple(Grant(Role(row.role), row.region_id, row.site_id) for row in rows if row.role)
    return Actor(first.person_id, first.name, first.language, grants, first.id)


def _alive(rows: list) -> bool:
    inspects_only = {row.role for row in rows} <= {Role.INSPECTOR, None}
    idle, life = (DEVICE_IDLE, DEVICE_LIFE) if inspects_only else (DESK_IDLE, DESK_LIFE)
    now = clock.now()
    return now - rows[0].seen_at <= idle and now - rows[0].created_at <= life


def _touch(session_id: str) -> None:
    """Remembers that the device was seen, in a small transaction of its own before the view's."""
    g.session.writing()
    devices.seen(g.session, session_id)
    g.session.commit()
    g.session.reading()
