"""Links that work once: an invited person chooses a name and a password, one who forgot it a new password."""

from flask import Blueprint, Response, g, render_template, request

from field.models import Person
from field.operations.links import INVITATION, open_link, redeem
from field.web import limits
from field.web.attempts import attempt
from field.web.entering import let_in
from field.web.policy import public
from forms.links import InvitationForm, ResetForm

blueprint = Blueprint("links", __name__, url_prefix="/links")


@blueprint.get("/<token>")
@public
def show(token: str) -> str:
    """Looking does not use the link: mail programs look at every link."""
    limits.check("links", request.remote_addr or "")
    link = open_link(g.session, token)
    person = g.session.get(Person, link.person_id)
    form = InvitationForm(name=person.name) if link.purpose == INVITATION else ResetForm()
    return render_template("links/show.html", form=form, person=person, link=link)


@blueprint.post("/<token>")
@public
def use(token: str) -> Response | tuple[str, int]:
    limits.check("links", request.remote_addr or "")
    link = open_link(g.session, token)
    person = g.session.get(Person, link.person_id)
    form = InvitationForm() if link.purpose == INVITATION else ResetForm()
    name = form.name.data if link.purpose == INVITATION else None
    tried = attempt(form, lambda: redeem(g.session, token, password=form.password.data, name=name))
    if tried.thing is None:
        return render_template("links/show.html", form=form, person=person, link=link, problem=tried.problem), tried.status
    return let_in(tried.thing)
