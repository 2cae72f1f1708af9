"""Who is asking: the session cookie becomes ``g.actor`` and ``g.scope``, or ``g.pending`` for one who is half-way in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, Response, current_app, g, request, url_for
from sqlalchemy import Row

from field import clock
from field.access import SECOND_FACTOR_ROLES, Actor, Grant, Role
from field.models.person import SESSION, DeviceSession, select_devices
from field.models.scope import Scope
from field.operations import devices
from field.sync.shape import is_uuid

#: How long a session lives unused and at all. Inspectors are offline for days; a desk is not.
DEVICE_IDLE, DEVICE_LIFE = timedelta(days=30), timedelta(days=90)
DESK_IDLE, DESK_LIFE = timedelta(hours=2), timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=5)
#: Steps of signing in that may follow the password, and their pages.
CODE, ENROL = "code", "enrol"
_PAGES = {CODE: "second_step.show", ENROL: "second_factor.show"}
_SAFE = {"GET", "HEAD", "OPTIONS"}
#: What asks the database nothing, whoever asks.
_NOBODYS = {"static", "health.healthz"}


@dataclass(frozen=True)
class Pending:
    """Somebody whose password was right and who has a step left: to give the ``code``, or to ``enrol`` a second factor."""

    actor: Actor
    step: str

    def page(self, onwards: str | None = None) -> str:
        """The step's page, which leads on afterwards."""
        return step_page(self.step, onwards)


def step_page(step: str, onwards: str | None) -> str:
    return url_for(_PAGES[step], next=onwards or None)


def must_enrol(grants: Iterable[Grant]) -> bool:
    """Whether people with these roles need a second factor here."""
    return current_app.config["FIELDSCORE"].second_factor == "required" and any(grant.role in SECOND_FACTOR_ROLES for grant in grants)


def init_app(app: Flask) -> None:
    """Knows the person before the policies are enforced."""

    @app.before_request
    def _know() -> None:
        g.actor = g.pending = g.proved_at = None
        if request.endpoint not in _NOBODYS:
            _recognise()
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


def _recognise() -> None:
    token = request.cookies.get(cookie_name())
    if not token:
        return
    digest = hashlib.sha256(token.encode()).hexdigest()
    rows = g.session.connection().execute(SESSION, {"digest": digest}).all()
    if not rows or not _alive(rows):
        return
    first = rows[0]
    if not _is_meant(first.person_id):
        return
    if clock.now() - first.seen_at > _SEEN_EVERY:
        _touch(first.id)
    grants = tuple(Grant(Role(row.role), row.region_id, row.site_id) for row in rows if row.role)
    actor = Actor(first.person_id, first.name, first.language, grants, first.id)
    g.proved_at = first.proved_at
    step = CODE if first.level != "full" else ENROL if first.factor_at is None and must_enrol(grants) else None
    if step:
        g.pending = Pending(actor, step)
    else:
        g.actor = actor


def _is_meant(person_id: str) -> bool:
    """Whether a request is this person's: a phone may name in ``X-Person`` whose store it sends from, and somebody else may
    have signed in meanwhile. Then nobody is signed in for it, before anything of it is looked at."""
    named = request.headers.get("X-Person")
    return not is_uuid(named) or named == person_id


def _alive(rows: list) -> bool:
    return is_alive(rows[0], inspects_only={row.role for row in rows} <= {Role.INSPECTOR, None})


def is_alive(device: Row | DeviceSession, *, inspects_only: bool) -> bool:
    """Whether a session still lets its person in; a phone's lasts longer than a desk's."""
    now = clock.now()
    if device.level != "full":
        return now - device.created_at <= devices.CODE_LIFE
    idle, life = (DEVICE_IDLE, DEVICE_LIFE) if inspects_only else (DESK_IDLE, DESK_LIFE)
    return now - device.seen_at <= idle and now - device.created_at <= life


def living_devices(person_id: str, grants: Iterable[Grant]) -> list[DeviceSession]:
    """Where a person who holds these grants is signed in now."""
    inspects_only = {grant.role for grant in grants} <= {Role.INSPECTOR}
    return [device for device in g.session.scalars(select_devices(person_id)) if is_alive(device, inspects_only=inspects_only)]


def _touch(session_id: str) -> None:
    """Remembers that the device was seen, in a small transaction of its own before the view's."""
    g.session.writing()
    devices.seen(g.session, session_id)
    g.session.commit()
    g.session.reading()
