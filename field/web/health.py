"""Whether the process lives and whether it can serve."""

from flask import Blueprint, Response, current_app, g, jsonify
from sqlalchemy import text

from field.web.policy import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process lives; asks nothing else, so that a busy database does not look like a dead process."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """The database answers with the newest schema and the photo store can be written."""
    checks = {"database": _database(), "photos": _photos()}
    ready = all(checks.values())
    return jsonify(status="ok" if ready else "unready", **checks), 200 if ready else 503


def _photos() -> bool:
    """Whether the store answers; that it can be written shows at the first photo, which is then refused and kept."""
    try:
        current_app.extensions["photo_store"].exists("0" * 64)
        return True
    except Exception:
        return False


def _database() -> bool:
    try:
        g.session.execute(text("SELECT count(*) FROM chain"))
        return True
    except Exception:
        g.session.rollback()
        return False
