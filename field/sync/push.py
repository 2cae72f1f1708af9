"""What phones send: photos, drafts, revisions; each checked in the protocol's order and kept in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor, State
from field.errors import Mistake, Problem
from field.jobs.queue import enqueue
from field.locale import N_
from field.models import Draft, Photo, RefusedCopy, Site
from field.operations.drafts import keep_draft
from field.operations.visits import begin_visit
from field.photos.inspect import Header
from field.sync import owners, wire
from field.sync.strict_json import parse

MAX_PHOTOS = 60
MAX_COPIES = 20
_P, _C = Photo.__table__, RefusedCopy.__table__
_PHOTO = insert(_P)
_SITE = select(Site.__table__.c.id).where(Site.__table__.c.code == bindparam("code"))
_HELD = select(_P.c.sha256).where(_P.c.visit_id == bindparam("visit"))
_COPIES = select(_C.c.sha256).where(_C.c.visit_id == bindparam("visit"), _C.c.number == bindparam("number"))


@dataclass(frozen=True)
class PhotoKept:
    sha256: str
    bytes: int
    new: bool


def photo_is_kept(session: Session, actor: Actor, visit_id: str, sha256: str) -> bool:
    """Whether this visit already has the photo, by its committed row; ``visit.owner_mismatch``, ``photos.too_many``."""
    return _held(session.connection(), actor, visit_id, sha256)[1]


def _held(connection: Connection, actor: Actor, visit_id: str, sha256: str) -> tuple[owners.Owned, bool]:
    owned, held = owners.to_add_photo(connection, actor, visit_id)
    if sha256 not in held and len(held) >= MAX_PHOTOS:
        raise Problem("photos.too_many")
    return owned, sha256 in held


def keep_photo(session: Session, actor: Actor, visit_id: str, sha256: str, header: Header, size: int,
               moment: datetime | None = None) -> PhotoKept:
    """The row of a photo whose bytes are already durable in the store, and the job that decodes it."""
    connection = session.connection()
    owned, held = _held(connection, actor, visit_id, sha256)
    if held:
        return PhotoKept(sha256, size, new=False)
    moment = moment or clock.now()
    if owned.state is None:
        begin_visit(connection, actor, visit_id, moment=moment)
    connection.execute(_PHOTO, {"visit_id": visit_id, "sha256": sha256, "bytes": size, "kind": header.kind, "width": header.width,
                                "height": header.height, "state": "stored", "received_at": moment})
    enqueue(connection, "derivatives", sha256=sha256)
    return PhotoKept(sha256, size, new=True)


def take_draft(session: Session, actor: Actor, visit_id: str, body: bytes) -> int:
    """Keeps a draft's backup and returns the highest ``rev`` known for its device."""
    owned = owners.to_write(session, actor, visit_id)
    draft = parse(body)
    mistakes = wire.mistakes(wire.DRAFT, draft)
    if mistakes:
        raise Problem("draft.invalid", errors=mistakes)
    if draft["visit"] != visit_id:
        raise Problem("draft.invalid", errors=[Mistake("/visit", "value.differs", N_("This must be the visit of the address."))])
    if owned.state not in (None, State.DRAFT, State.RETURNED):
        return draft["rev"]
    if owned.state is None:
        begin_visit(session, actor, visit_id, site_id=session.scalar(_SITE, {"code": draft["site"]}))
    return keep_draft(session, visit_id, device=draft["device"], rev=draft["rev"], body=body)


def keep_copy(session: Session, actor: Actor, visit_id: str, number: int, body: bytes, code: str) -> None:
    """Keeps the bytes of a refused revision for the reviewer, once for each digest, at most 20 for a number."""
    sha256 = hashlib.sha256(body).hexdigest()
    held = set(session.scalars(_COPIES, {"visit": visit_id, "number": number}))
    if sha256 in held or len(held) >= MAX_COPIES:
        return
    session.add(RefusedCopy(visit_id=visit_id, number=number, sha256=sha256, code=code, person_id=actor.person_id,
                            body=body, received_at=clock.now()))
    session.flush()


def missing_photos(session: Session | Connection, visit_id: str, wanted: list[str]) -> list[str]:
    """Which of these photos the visit does not have yet, each once, in the order asked."""
    held = set(session.scalars(_HELD, {"visit": visit_id})) if wanted else set()
    return [sha256 for sha256 in dict.fromkeys(wanted) if sha256 not in held]


def drafts_of(session: Session, visit_id: str) -> list[Any]:
    return list(session.scalars(select(Draft).where(Draft.visit_id == visit_id).order_by(Draft.saved_at.desc(), Draft.rev.desc())))
