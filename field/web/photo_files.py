"""The derivatives that pages, phones and reports show; made on demand when the job has not run yet."""

from collections.abc import Iterable
from contextlib import suppress

from flask import current_app, g

from field.operations.photos import examine, keep_finding, not_quarantined, undecoded
from field.photos.derivatives import ensure_derivative
from field.photos.derive import Unreadable
from field.photos.store import NotStored


def derivative_of(sha256: str, size: int) -> bytes | None:
    """The JPEG of a stored photo, or None for one that does not decode or is not there."""
    try:
        return ensure_derivative(current_app.extensions["photo_store"], sha256, size, current_app.extensions["decoder"])
    except (Unreadable, NotStored):
        return None


def settle_photos(visit_id: str) -> None:
    """Looks at the visit's photos that no job has come to, before a decision; the request writes from here on."""
    _settle(undecoded(g.session.reading(), visit_id))


def complete_photos(visit_id: str) -> None:
    """Makes the copies of the visit's photos that are not there: no job has come to them, or a restore had originals alone."""
    _settle(not_quarantined(g.session.reading(), visit_id))
    g.session.checkpoint()


def _settle(digests: Iterable[str]) -> None:
    """Looks at photos that are stored and keeps what it finds; decoding holds no transaction."""
    g.session.rest()
    store, decoder = current_app.extensions["photo_store"], current_app.extensions["decoder"]
    findings = {}
    for sha256 in digests:
        with suppress(NotStored):
            findings[sha256] = examine(store, decoder, sha256)
    g.session.writing()
    for sha256, reason in findings.items():
        keep_finding(g.session, sha256, reason)
