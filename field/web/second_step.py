"""The second step of signing in: the code of the person's app, or a recovery code."""

from flask import Blueprint, Response, g, redirect, render_template, request

from field.models import Person
from field.operations import sign_in as signing
from field.operations.devices import step_up
from field.operations.second_factor import prove_code
from field.web.addresses import here
from field.web.attempts import attempt
from field.web.auth import CODE, set_cookie
from field.web.policy import during, signed_in
from field.web.proof import the_seal
from forms.me import CodeForm

blueprint = Blueprint("second_step", __name__, url_prefix="/sign-in/code")


@blueprint.get("")
@signed_in
@during(CODE)
def show() -> Response | str:
    return _page(CodeForm(next=request.args.get("next", ""))) if g.pending else redirect("/")


@blueprint.post("")
@signed_in
@during(CODE)
def enter() -> Response | tuple[str, int]:
    """303 with a new cookie, or the page again with what is wrong."""
    if g.pending is None:
        return redirect("/", 303)
    form = CodeForm()
    tried = attempt(form, _raised)
    if tried.thing is None:
        return _page(form, tried.problem), tried.status
    response = redirect(here(form.next.data) or "/", 303)
    set_cookie(response, tried.thing)
    return response


def _raised() -> str:
    """The token of the session, now signed in fully."""
    prove_code(g.session, g.actor, CodeForm().code.data, the_seal())
    signing.forgive(g.session, g.session.get(Person, g.actor.person_id).email)
    return step_up(g.session, g.actor)


def _page(form: CodeForm, problem: Exception | None = None) -> str:
    return render_template("sign_in/code.html", form=form, problem=problem)
