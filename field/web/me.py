"""The person's own page: name, language, password, second factor, passkeys, devices."""

from flask import Blueprint, Response, g, redirect, render_template, url_for

from field.errors import Problem
from field.models import Person, SecondFactor
from field.models.passkey import select_passkeys
from field.models.second_factor import select_codes_left
from field.operations.people import describe_oneself, set_password
from field.web.attempts import attempt, say
from field.web.auth import living_devices, must_enrol
from field.web.policy import signed_in
from field.web.proof import passkey_site, prove_password
from field.web.words import t
from forms.me import DescriptionForm, OwnPasswordForm

blueprint = Blueprint("me", __name__, url_prefix="/me")


@blueprint.get("")
@signed_in
def show() -> str:
    me = _me()
    return _page(me, DescriptionForm(name=me.name, language=me.language), OwnPasswordForm())


@blueprint.post("")
@signed_in
def describe() -> Response | tuple[str, int]:
    me, form = _me(), DescriptionForm()
    tried = attempt(form, lambda: describe_oneself(g.session, g.actor, me, name=form.name.data, language=form.language.data))
    if tried.thing is None:
        return _page(me, form, OwnPasswordForm(formdata=None), tried.problem), tried.status
    say(t("Saved."))
    return redirect(url_for("me.show"), 303)


@blueprint.post("/password")
@signed_in
def password() -> Response | tuple[str, int]:
    form = OwnPasswordForm()
    tried = attempt(form, lambda: _new_password(form))
    if tried.thing is None:
        me = _me()
        return _page(me, DescriptionForm(formdata=None, name=me.name, language=me.language), form, tried.problem), tried.status
    say(t("Your password is changed. Your other devices have to sign in again."))
    return redirect(url_for("me.show"), 303)


def _new_password(form: OwnPasswordForm) -> Person:
    prove_password(form.present.data)
    return set_password(g.session, g.actor, _me(), form.password.data)


def _me() -> Person:
    return g.session.get(Person, g.actor.person_id)


def _page(me: Person, form: DescriptionForm, password_form: OwnPasswordForm, problem: Problem | None = None) -> str:
    return render_template(
        "me/show.html", person=me, form=form, password_form=password_form, problem=problem,
        factor=g.session.get(SecondFactor, me.id), codes_left=g.session.scalar(select_codes_left(me.id)), required=must_enrol(me.grants),
        keys=g.session.scalars(select_passkeys(me.id)).all(), passkeys=passkey_site(), devices=living_devices(me.id, g.actor.grants))
