"""The person's own devices: where they are signed in, and ending it one by one."""

from flask import Blueprint, Response, g, redirect, render_template, url_for

from field.models.person import DeviceSession, select_devices
from field.operations.devices import end_other_sessions, revoke_session
from field.web.auth import living_devices
from field.web.policy import or_404, signed_in
from forms.sign_in import ConfirmForm

blueprint = Blueprint("devices", __name__, url_prefix="/devices")


@blueprint.get("")
@signed_in
def index() -> str:
    return render_template("devices/index.html", devices=living_devices(g.actor.person_id, g.actor.grants), form=ConfirmForm())


@blueprint.post("/<id:device>/revocation")
@signed_in
def revoke(device: str) -> Response:
    own = select_devices(g.actor.person_id).where(DeviceSession.id == device)
    revoke_session(g.session, g.actor, or_404(g.session.scalar(own)))
    return redirect(url_for("devices.index"), 303)


@blueprint.post("/revocation")
@signed_in
def revoke_others() -> Response:
    """Signs the person out everywhere but here."""
    end_other_sessions(g.session, g.actor, g.actor.person_id)
    return redirect(url_for("me.show"), 303)
