"""Letting somebody in whose password, passkey or link was right: the session, its cookie, and the page that comes next."""

from flask import Response, g, redirect, request

from field.models import Person, SecondFactor
from field.operations import devices
from field.web.addresses import here, label_of
from field.web.auth import CODE, ENROL, must_enrol, set_cookie, step_page


def let_in(person: Person, onwards: str | None = None, *, passkey: bool = False) -> Response:
    """303 with the cookie: to the step that is left, else to an address of ours, else to the first page."""
    token = devices.begin_session(g.session, person, label=label_of(request.user_agent.string), passkey=passkey)
    step, onwards = _step_left(person, passkey=passkey), here(onwards)
    response = redirect(step_page(step, onwards) if step else onwards or "/", 303)
    set_cookie(response, token)
    return response


def _step_left(person: Person, *, passkey: bool) -> str | None:
    enrolled = g.session.get(SecondFactor, person.id) is not None
    if enrolled:
        return None if passkey else CODE
    return ENROL if must_enrol(person.grants) else None
