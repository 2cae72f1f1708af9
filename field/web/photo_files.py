"""The derivatives that pages, phones and reports show, made on demand when the job has not run yet; how a page is sent one."""

from collections.abc import Iterable

from flask import Response, current_app, g, request

from field.operations.photos import keep_finding, look_at, undecoded
from field.photos.derivatives import ensure_derivative
from field.photos.derive import Unreadable
from field.photos.store import NotStored

#: The policy of a photo that is opened by itself.
ALONE = "default-src 'none'; sandbox"


def jpeg(data: bytes, *, name: str, tag: str) -> Response:
    """A picture to show: kept by this browser alone for a day; its bytes are the same for the same ``tag``."""
    response = Response(data, mimetype="image/jpeg")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.jpg"'
    response.headers["Cache-Control"] = "private, max-age=86400"
    response.headers["Content-Security-Policy"] = ALONE
    response.set_etag(tag)
    return response.make_conditional(request)


def derivative_of(sha256: str, size: int) -> bytes | None:
    """The JPEG of a stored photo, or None for one that does not decode or is not there."""
    try:
        return ensure_derivative(current_app.extensions["photo_store"], sha256, size, current_app.extensions["decoder"])
    except (Unreadable, NotStored):
        return None


def make_copies(digests: Iterable[str], size: int) -> None:
    """Makes copies that are not there: no job has come to the photo, or a restore had originals alone."""
    g.session.rest()
    for sha256 in digests:
        derivative_of(sha256, size)


def settle_photos(visit_id: str) -> None:
    """Looks at the visit's photos that no job has come to, before a decision; decoding holds no transaction."""
    waiting = undecoded(g.session.reading(), visit_id)
    g.session.rest()
    findings = look_at(current_app.extensions["photo_store"], current_app.extensions["decoder"], waiting)
    g.session.writing()
    for sha256, reason in findings.items():
        keep_finding(g.session, sha256, reason)
