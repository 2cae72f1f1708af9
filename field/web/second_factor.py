"""The person's second factor: set up with an app, recovery codes shown once, removed."""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for

from field.errors import Problem
from field.models import Person
from field.operations.devices import step_up
from field.operations.second_factor import address_of, enrol, new_offer, offered_secret, remove_own_factor, renew_codes
from field.reports.qr import qr
from field.web.addresses import here
from field.web.attempts import attempt, say
from field.web.auth import ENROL, must_enrol, set_cookie
from field.web.policy import during, fresh, signed_in
from field.web.proof import the_seal
from field.web.words import t
from forms.me import EnrolForm

blueprint = Blueprint("second_factor", __name__, url_prefix="/me")


@blueprint.get("/second-factor")
@signed_in
@during(ENROL)
def show() -> str:
    return _page(EnrolForm(next=request.args.get("next", "")))


@blueprint.post("/second-factor")
@signed_in
@during(ENROL)
@fresh
def add() -> Response | tuple[str, int]:
    """The recovery codes, this once, and a new cookie; or the same code to scan with what is wrong."""
    form = EnrolForm()
    tried = attempt(form, lambda: enrol(g.session, g.actor, _me(), offer=form.offer.data, code=form.code.data, seal=the_seal()))
    if tried.thing is None:
        return _page(form, tried.problem), tried.status
    response = make_response(_codes_page(tried.thing, here(form.next.data)))
    set_cookie(response, step_up(g.session, g.actor))
    return response


@blueprint.post("/second-factor/removal")
@signed_in
@fresh
def remove() -> Response:
    me = _me()
    remove_own_factor(g.session, g.actor, me, required=must_enrol(me.grants))
    say(t("The second factor is removed."))
    return redirect(url_for("me.show"), 303)


@blueprint.post("/recovery-codes")
@signed_in
@fresh
def renew() -> str:
    return _codes_page(renew_codes(g.session, g.actor, _me()), url_for("me.show"))


def _me() -> Person:
    return g.session.get(Person, g.actor.person_id)


def _page(form: EnrolForm, problem: Problem | None = None) -> str:
    """The code to scan: the one that was shown before, as long as it is good."""
    me, seal = _me(), the_seal()
    if not form.offer.data or offered_secret(me.id, form.offer.data, seal) is None:
        form.offer.data = new_offer(me.id, seal)
    secret = offered_secret(me.id, form.offer.data, seal)
    return render_template("me/second_factor.html", form=form, problem=problem, person=me, secret=secret, code=qr(address_of(me.email, secret)),
                           waiting=g.pending is not None)


def _codes_page(codes: list[str], onwards: str | None) -> str:
    return render_template("me/codes.html", codes=codes, onwards=onwards or "/", waiting=g.pending is not None)
