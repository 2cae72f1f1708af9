"""Signing in and out."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for

from field.access import Role, home_of
from field.errors import Problem
from field.models import Person
from field.operations import devices
from field.operations import sign_in as signing
from field.web.attempts import say_when
from field.web.auth import CODE, ENROL, clear_cookie
from field.web.entering import let_in
from field.web.policy import during, public, signed_in
from field.web.proof import passkey_site, person_with
from forms.sign_in import ConfirmForm, SignInForm

blueprint = Blueprint("sign_in", __name__)
_HOMES = {Role.INSPECTOR: "/app/", Role.REVIEWER: "/reviews", Role.MANAGER: "/overview", Role.ADMINISTRATOR: "/people", Role.STAFF: "/sites"}


@blueprint.get("/")
@public
def home() -> Response:
    """The first page of whoever asks."""
    if g.pending:
        return redirect(g.pending.page())
    return redirect(_HOMES.get(home_of(g.actor.grants), "/me") if g.actor else url_for("sign_in.show"))


@blueprint.get("/sign-in")
@public
def show() -> str:
    return _page(SignInForm(next=request.args.get("next", "")))


@blueprint.post("/sign-in")
@public
def begin() -> Response | tuple[str, int]:
    """303 with the cookie, or the page again with what is wrong."""
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    try:
        return let_in(_person(form.email.data, form.password.data), form.next.data)
    except Problem as problem:
        g.refused = not problem.keeps
        say_when(problem)
        return _page(form, problem), problem.status


def _person(email: str, password: str) -> Person:
    """Whose address and password these are. Tries are forgiven once nothing is left to guess."""
    person = person_with(email, password)
    if person is None:
        signing.refuse(g.session, email)
    if devices.level_after_password(g.session, person.id) == "full":
        signing.forgive(g.session, email)
    return person


def _page(form: SignInForm, problem: Problem | None = None) -> str:
    return render_template("sign_in/show.html", form=form, problem=problem, passkeys=passkey_site())


@blueprint.get("/sign-out")
@signed_in
@during(CODE, ENROL)
def confirm() -> str:
    return render_template("sign_in/out.html", form=ConfirmForm())


@blueprint.post("/sign-out")
@signed_in
@during(CODE, ENROL)
def end() -> Response:
    devices.end_session(g.session, g.actor)
    response = redirect(url_for("sign_in.show"), 303)
    clear_cookie(response)
    return response
