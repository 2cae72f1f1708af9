"""Metrics for Prometheus, for whoever knows the token; without one set there is no such page."""

from hmac import compare_digest

from flask import Blueprint, Response, current_app, g, request
from werkzeug.exceptions import NotFound

from field import clock
from field.reports.metrics import as_text, gather_metrics
from field.web.policy import public

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
@public
def show() -> Response:
    """The address of who asks proves nothing behind a proxy: only ``Authorization: Bearer`` with the token does."""
    token = current_app.config["FIELDSCORE"].metrics_token
    if token is None or not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        raise NotFound
    return Response(as_text(gather_metrics(g.session, clock.now())), mimetype="text/plain; version=0.0.4")
