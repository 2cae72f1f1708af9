"""A photo that has arrived becomes readable, with its derivatives stored, or is quarantined."""

from field.jobs.work import Work, Writing
from field.operations.photos import examine, keep_finding


def derive_photo(work: Work, *, sha256: str) -> Writing:
    """Decodes a photo once for all visits that hold it."""
    reason = examine(work.store, work.decoder, sha256)
    return lambda session: keep_finding(session, sha256, reason)
