"""The derivatives that pages, phones and reports show; made on demand when the job has not run yet."""

from flask import current_app

from field.photos.derivatives import ensure_derivative
from field.photos.derive import Unreadable
from field.photos.store import NotStored


def derivative_of(sha256: str, size: int) -> bytes | None:
    """The JPEG of a stored photo, or None for one that does not decode or is not there."""
    try:
        return ensure_derivative(current_app.extensions["photo_store"], sha256, size, current_app.extensions["decoder"])
    except (Unreadable, NotStored):
        return None
