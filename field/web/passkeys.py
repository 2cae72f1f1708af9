"""Passkeys: what a browser is asked to sign, and what it answers. Scripts fetch the question; a form carries the answer."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from field.errors import Problem
from field.models import Passkey, Person
from field.models.passkey import select_passkeys
from field.operations import passkeys
from field.web import limits
from field.web.addresses import label_of
from field.web.attempts import attempt, say
from field.web.entering import let_in
from field.web.policy import fresh, or_404, public, signed_in
from field.web.proof import passkey_site
from field.web.words import t
from forms.me import PasskeyForm
from forms.sign_in import SignInForm

blueprint = Blueprint("passkeys", __name__)


@blueprint.post("/sign-in/passkey/challenge")
@public
def ask_to_sign_in() -> Response:
    limits.check("passkeys", request.remote_addr or "")
    return _question(passkeys.ask_to_sign(g.session, _site()))


@blueprint.post("/sign-in/passkey")
@public
def sign_in() -> Response | tuple[str, int]:
    """303 with the cookie, or the sign-in page with what is wrong."""
    limits.check("passkeys", request.remote_addr or "")
    site, form = _site(), PasskeyForm()
    tried = attempt(form, lambda: passkeys.prove_passkey(g.session, site, answer=form.credential.data))
    if tried.thing is None:
        problem = tried.problem or Problem("passkey.refused")
        return render_template("sign_in/show.html", form=SignInForm(formdata=None), problem=problem, passkeys=passkey_site()), problem.status
    return let_in(tried.thing, form.next.data, passkey=True)


@blueprint.post("/me/passkeys/proof")
@signed_in
def ask_to_prove() -> Response:
    return _question(passkeys.ask_to_sign(g.session, _site(), purpose=passkeys.PROVE, actor=g.actor))


@blueprint.post("/me/passkeys/challenge")
@signed_in
def ask_to_register() -> Response:
    return _question(passkeys.ask_to_register(g.session, _site(), g.actor, g.session.get(Person, g.actor.person_id)))


@blueprint.post("/me/passkeys")
@signed_in
@fresh
def add() -> Response:
    site, form = _site(), PasskeyForm()
    if not form.validate():
        raise Problem("passkey.refused")
    me, label = g.session.get(Person, g.actor.person_id), form.label.data or label_of(request.user_agent.string)
    passkeys.register(g.session, site, g.actor, me, answer=form.credential.data, label=label)
    say(t("The passkey is added."))
    return redirect(url_for("me.show"), 303)


@blueprint.post("/me/passkeys/<id:passkey>/removal")
@signed_in
@fresh
def remove(passkey: str) -> Response:
    own = select_passkeys(g.actor.person_id).where(Passkey.id == passkey)
    passkeys.remove_passkey(g.session, g.actor, or_404(g.session.scalar(own)))
    say(t("The passkey is removed."))
    return redirect(url_for("me.show"), 303)


def _site() -> passkeys.Site:
    """Where browsers have no passkeys for our address, there is nothing to ask."""
    site = passkey_site()
    if site is None:
        raise NotFound
    return site


def _question(options: str) -> Response:
    return Response(options, mimetype="application/json")
