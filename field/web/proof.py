"""Showing that it is really the person: before what matters most, by password or passkey, within the last ten minutes.

A view declared ``fresh`` is answered by a page that asks again, with all that was sent kept in it; nothing typed is lost.
"""

from datetime import timedelta

from flask import Flask, Response, current_app, g, render_template, request

from field import clock
from field.errors import Problem
from field.models import Person
from field.operations import devices, passkeys
from field.operations import sign_in as signing
from field.operations.sealing import Seal
from field.web.attempts import say_when

_GOOD_FOR = timedelta(minutes=10)
#: Inputs of the page that asks again.
PASSWORD, PASSKEY = "proof", "proof_passkey"


def init_app(app: Flask) -> None:
    """Asks again after the page's token was checked and before the view."""
    app.extensions["seal"] = Seal(app.config["FIELDSCORE"].secret_key)
    app.before_request(_ask_again)


def the_seal() -> Seal:
    return current_app.extensions["seal"]


def passkey_site() -> passkeys.Site | None:
    """For whom passkeys are made, or None where browsers have none for our address."""
    config = current_app.config["FIELDSCORE"]
    return passkeys.Site(config.passkey_host, config.base_url.rstrip("/")) if config.passkey_host else None


def person_with(email: str, password: str) -> Person | None:
    """The person, or None; the try is counted before the password is looked at, which holds no lock."""
    if current_app.config["FIELDSCORE"].rate_limits:
        signing.reserve_try(g.session, email, address=request.remote_addr or "")
        g.session.checkpoint()
    g.session.reading()
    person = signing.person_with(g.session, email, password)
    g.session.rest()
    g.session.writing()
    return person


def prove_password(password: str) -> None:
    """``password.wrong`` unless it is the password of the person who asks."""
    email = g.session.get(Person, g.actor.person_id).email
    if person_with(email, password) is None:
        signing.refuse_proof(g.session, g.actor)
    signing.forgive(g.session, email)
    _remember()


def _ask_again() -> tuple[Response | str, int] | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or not getattr(view, "fresh", False) or g.actor is None or _is_recent():
        return None
    problem = None
    try:
        if _was_proved():
            return None
    except Problem as refused:
        problem = refused
        say_when(problem)
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in (PASSWORD, PASSKEY, "csrf_token")]
    return render_template("me/proof.html", kept=kept, problem=problem, passkeys=passkey_site()), problem.status if problem else 403


def _is_recent() -> bool:
    return g.proved_at is not None and clock.now() - g.proved_at <= _GOOD_FOR


def _was_proved() -> bool:
    """Whether the page that asks again was answered well; a wrong answer raises."""
    if request.form.get(PASSKEY) and passkey_site():
        passkeys.prove_passkey(g.session, passkey_site(), answer=request.form[PASSKEY], purpose=passkeys.PROVE, actor=g.actor)
        _remember()
    elif PASSWORD in request.form:
        prove_password(request.form[PASSWORD][:1000])
    else:
        return False
    return True


def _remember() -> None:
    """Stands whatever the view makes of the rest."""
    devices.prove_again(g.session, g.actor)
    g.session.checkpoint()
    g.session.writing()
    g.proved_at = clock.now()
