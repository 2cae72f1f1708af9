"""Signing in and out."""

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for

from field.access import Role, home_of
from field.errors import Problem
from field.operations import devices
from field.operations import sign_in as signing
from field.web.auth import clear_cookie, set_cookie
from field.web.policy import public, signed_in
from forms.sign_in import ConfirmForm, SignInForm

blueprint = Blueprint("sign_in", __name__)
_HOMES = {Role.INSPECTOR: "/app/", Role.REVIEWER: "/reviews", Role.MANAGER: "/overview", Role.ADMINISTRATOR: "/people", Role.STAFF: "/sites"}


@blueprint.get("/")
@public
def home() -> Response:
    """The first page of whoever asks."""
    return redirect(_HOMES.get(home_of(g.actor.grants), "/devices") if g.actor else url_for("sign_in.show"))


@blueprint.get("/sign-in")
@public
def show() -> str:
    return render_template("sign_in/show.html", form=SignInForm(next=request.args.get("next", "")))


@blueprint.post("/sign-in")
@public
def begin() -> Response | tuple[str, int]:
    """303 with the cookie, or the page again with what is wrong."""
    form = SignInForm()
    if not form.validate():
        return render_template("sign_in/show.html", form=form), 422
    try:
        token = _signed_in(form.email.data, form.password.data)
    except Problem as problem:
        g.refused = not problem.keeps
        headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
        return render_template("sign_in/show.html", form=form, problem=problem), problem.status, headers
    response = redirect(_here(form.next.data) or "/", 303)
    set_cookie(response, token)
    return response


def _signed_in(email: str, password: str) -> str:
    """The token of a new session; the try is counted before the password is looked at, which holds no lock."""
    if current_app.config["FIELDSCORE"].rate_limits:
        signing.reserve_try(g.session, email, address=request.remote_addr or "")
        g.session.checkpoint()
    g.session.reading()
    person = signing.person_with(g.session, email, password)
    g.session.rest()
    g.session.writing()
    if person is None:
        signing.refuse(g.session, email)
    signing.forgive(g.session, email)
    return devices.begin_session(g.session, person, label=_label(request.user_agent.string))


def _here(address: str | None) -> str | None:
    """An address of our own, or None: never a way to another site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return address if all(" " < character and character != "\\" for character in address) else None


def _label(agent: str) -> str:
    """What a person recognises a device by."""
    systems = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    browsers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    system = next((name for name in systems if name in agent), "")
    browser = next((name for mark, name in browsers if mark in agent), "")
    return " ".join(filter(None, (browser, system))) or agent[:60] or "?"


@blueprint.get("/sign-out")
@signed_in
def confirm() -> str:
    return render_template("sign_in/out.html", form=ConfirmForm())


@blueprint.post("/sign-out")
@signed_in
def end() -> Response:
    devices.end_session(g.session, g.actor)
    response = redirect(url_for("sign_in.show"), 303)
    clear_cookie(response)
    return response
