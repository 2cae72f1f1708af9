"""The derivatives that pages, phones and reports show; made on demand when the job has not run yet."""

from collections.abc import Iterable

from flask import current_app, g

from field.operations.photos import keep_finding, look_at, undecoded
from field.photos.derivatives import ensure_derivative
from field.photos.derive import Unreadable
from field.photos.store import NotStored


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
