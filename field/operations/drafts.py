"""Drafts: backups of unfinished visits, the highest ``rev`` of each device."""

from sqlalchemy.orm import Session

from field import clock
from field.models import Draft


def keep_draft(session: Session, visit_id: str, *, device: str, rev: int, body: bytes) -> int:
    """Keeps the draft when it is newer than the one held; returns the highest ``rev`` of the device."""
    held = session.get(Draft, (visit_id, device))
    if held is None:
        session.add(Draft(visit_id=visit_id, device=device, rev=rev, body=body, saved_at=clock.now()))
    elif rev > held.rev:
        held.rev, held.body, held.saved_at = rev, body, clock.now()
    session.flush()
    return max(rev, held.rev) if held else rev
