"""What decoding found out about a photo, for every visit that holds it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from itertools import islice

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from field.access import SYSTEM
from field.models import Photo
from field.models.photo import select_named
from field.operations.audit import record
from field.photos.decoder import Decoder
from field.photos.derivatives import make_derivatives
from field.photos.derive import Unreadable
from field.photos.store import NotStored, PhotoStore

_PHOTO = Photo.__table__
_PAGE = 200


def each_named(read: Callable[[], AbstractContextManager[Session]], names: Iterator[str]) -> Iterator[tuple[str, bool]]:
    """Each digest, and whether a row names it; ``read`` opens a session for every page of them."""
    while page := [*islice(names, _PAGE)]:
        with read() as session:
            named = set(session.scalars(select_named(page)))
        yield from ((sha256, sha256 in named) for sha256 in page)


def mark_readable(session: Session, sha256: str) -> None:
    """The photo decodes and its derivatives are stored."""
    held = _PHOTO.c.sha256 == sha256
    session.execute(update(_PHOTO).where(held).values(state="readable", unreadable_because=None))


def quarantine_photo(session: Session, sha256: str, *, reason: str) -> None:
    """The photo does not decode: it is kept, marked with the reason, and audited once for each visit."""
    held = (_PHOTO.c.sha256 == sha256) & (_PHOTO.c.state == "stored")
    for visit_id in session.scalars(select(_PHOTO.c.visit_id).where(held).order_by(_PHOTO.c.visit_id)).all():
        record(session, SYSTEM, "photo.quarantined", "visit", visit_id, sha256=sha256, reason=reason)
    session.execute(update(_PHOTO).where(held).values(state="unreadable", unreadable_because=reason))


def undecoded(session: Session, visit_id: str) -> list[str]:
    """The visit's photos that no job has looked at yet."""
    query = select(_PHOTO.c.sha256).where(_PHOTO.c.visit_id == visit_id, _PHOTO.c.state == "stored").order_by(_PHOTO.c.sha256)
    return list(session.scalars(query))


def look_at(store: PhotoStore, decoder: Decoder, waiting: list[str]) -> dict[str, str | None]:
    """``examine`` of each photo; one whose bytes are gone stays as it is, for ``verify`` to tell."""
    findings = {}
    for sha256 in waiting:
        with suppress(NotStored):
            findings[sha256] = examine(store, decoder, sha256)
    return findings


def examine(store: PhotoStore, decoder: Decoder, sha256: str) -> str | None:
    """Decodes a photo now, without a transaction: None when it is readable, otherwise the reason; NotStored."""
    try:
        make_derivatives(store, sha256, decoder)
    except Unreadable as unreadable:
        return unreadable.reason
    return None


def keep_finding(session: Session, sha256: str, reason: str | None) -> None:
    """Keeps what ``examine`` found out."""
    if reason is None:
        mark_readable(session, sha256)
    else:
        quarantine_photo(session, sha256, reason=reason)
