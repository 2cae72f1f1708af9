"""Originals are evidence: each reading of one leaves a trace."""

from sqlalchemy.orm import Session

from field.access import Actor
from field.models import Photo
from field.operations.audit import record


def read_original(session: Session, actor: Actor, photo: Photo) -> Photo:
    """Notes that a person takes the bytes as the phone sent them."""
    record(session, actor, "photo.original_read", "visit", photo.visit_id, sha256=photo.sha256)
    return photo
