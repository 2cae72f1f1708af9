"""A photo that has arrived becomes readable, with its derivatives stored, or is quarantined."""

from field.jobs.work import Work, Writing
from field.operations.photos import mark_readable, quarantine_photo
from field.photos.derivatives import make_derivatives
from field.photos.derive import Unreadable


def derive_photo(work: Work, *, sha256: str) -> Writing:
    """Decodes a photo once for all visits that hold it."""
    try:
        make_derivatives(work.store, sha256, work.decoder)
    except Unreadable as unreadable:
        reason = unreadable.reason
        return lambda session: quarantine_photo(session, sha256, reason=reason)
    return lambda session: mark_readable(session, sha256)
