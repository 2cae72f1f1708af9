"""Reviews: a visit is opened by one reviewer at a time, then returned, accepted or excluded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import Session

from field import clock
from field.access import REVIEWING, Actor, State, may_decide, may_move
from field.errors import Problem
from field.models import Person, Photo, PhotoUse, Review, ReviewReason, Visit
from field.models.review import select_open_review
from field.operations.audit import record, record_all


@dataclass(frozen=True)
class Reason:
    """Why a visit is returned; ``question`` None concerns the whole visit."""

    question: str | None
    text: str


def open_review(session: Session, actor: Actor, visit: Visit, *, moment: datetime | None = None) -> Review:
    """Takes a submitted visit into review; opening one's own open review again is fine. ``visit.taken``, ``visit.own``, ``access.denied``."""
    _four_eyes(actor, visit)
    held = session.scalar(select_open_review(visit.id))
    if visit.state == State.IN_REVIEW and held:
        if held.reviewer_id != actor.person_id:
            raise Problem("visit.taken", name=session.get(Person, held.reviewer_id).name if held.reviewer_id else "?")
        return held
    moment = moment or clock.now()
    _move(visit, State.IN_REVIEW, moment)
    review = Review(visit_id=visit.id, revision=visit.revision, reviewer_id=actor.person_id, opened_at=moment)
    session.add(review)
    session.flush()
    record(session, actor, "review.opened", "visit", visit.id, at=moment, revision=visit.revision)
    return review


def close_review(session: Session, actor: Actor, visit: Visit) -> Visit:
    """Puts a visit back among those waiting, undecided."""
    review = _mine(session, actor, visit)
    return _decide(session, actor, visit, review, State.SUBMITTED, decision="closed", action="review.closed")


def return_visit(session: Session, actor: Actor, visit: Visit, *, reasons: Sequence[Reason], moment: datetime | None = None) -> Visit:
    """Sends a visit back to its inspector with at least one reason; ``visit.reason_required``."""
    review = _mine(session, actor, visit)
    written = [reason for reason in reasons if reason.text.strip()]
    if not written:
        raise Problem("visit.reason_required")
    review.reasons = [ReviewReason(position=n, question=r.question, text=r.text.strip()[:4000]) for n, r in enumerate(written)]
    return _decide(session, actor, visit, review, State.RETURNED, decision="returned", action="visit.returned", moment=moment,
                   reasons=len(written))


def accept_visit(session: Session, actor: Actor, visit: Visit, *, reason: str = "", moment: datetime | None = None) -> Visit:
    """Accepts a visit, which counts from now on; with an unreadable photo only with a reason why it is not needed."""
    review = _mine(session, actor, visit)
    unreadable = unreadable_photos(session, visit.id)
    if unreadable and not reason.strip():
        raise Problem("visit.photos_unreadable", extra={"unreadable": unreadable})
    visit.accepted_at = moment = moment or clock.now()
    review.reason = reason.strip()[:4000] or None
    return _decide(session, actor, visit, review, State.ACCEPTED, decision="accepted", action="visit.accepted", moment=moment,
                   without_photos=len(unreadable))


def accept_at_once(session: Session, actor: Actor, visits: Mapping[str, str], *, moment: datetime) -> None:
    """Opens and accepts submitted visits without photos, many in one go; ``visits`` tells whose each one is.

    The rows and entries are those of ``open_review`` and ``accept_visit``; all of them or none: ``visit.own``, ``visit.state``.
    """
    if not all(may_decide(actor, person) for person in visits.values()):
        raise Problem("visit.own")
    ready = (Visit.id.in_(visits), Visit.state == State.SUBMITTED, ~exists().where(PhotoUse.visit_id == Visit.id))
    if session.scalar(select(func.count(Visit.id)).where(*ready)) != len(visits):
        raise Problem("visit.state")
    revisions = dict(session.execute(select(Visit.id, Visit.revision).where(Visit.id.in_(visits))).all())
    session.execute(update(Visit).where(Visit.id.in_(visits)).values(state=State.ACCEPTED, accepted_at=moment, changed_at=moment),
                    execution_options={"synchronize_session": False})
    session.execute(insert(Review), [
        {"visit_id": visit, "revision": revisions[visit], "reviewer_id": actor.person_id, "opened_at": moment, "decided_at": moment,
         "decision": "accepted"} for visit in visits])
    record_all(session, actor, [(action, "visit", visit, {"revision": revisions[visit], **more}) for visit in visits
                                for action, more in (("review.opened", {}), ("visit.accepted", {"without_photos": 0}))], at=moment)


def exclude_visit(session: Session, actor: Actor, visit: Visit, *, reason: str) -> Visit:
    """Keeps a visit but lets it count nowhere; the reason is required."""
    review = _mine(session, actor, visit)
    if not reason.strip():
        raise Problem("visit.reason_required")
    review.reason = reason.strip()[:4000]
    return _decide(session, actor, visit, review, State.EXCLUDED, decision="excluded", action="visit.excluded")


def mark_printable(session: Session, actor: Actor, visit: Visit, use: PhotoUse, *, printable: bool) -> PhotoUse:
    """Says whether a photo may stand on the shop's sheet: no face, no plate, no screen with a name."""
    use.printable = printable
    session.flush()
    record(session, actor, "photo.marked", "visit", visit.id, question=use.question, position=use.position, printable=printable)
    return use


def unreadable_photos(session: Session, visit_id: str) -> list[str]:
    """Photos that the visit names and that do not decode, or that never arrived."""
    readable = select(Photo.sha256).where(Photo.visit_id == visit_id, Photo.state != "unreadable")
    query = select(PhotoUse.sha256).where(PhotoUse.visit_id == visit_id, PhotoUse.sha256.not_in(readable)).distinct()
    return sorted(session.scalars(query))


def undecoded_photos(session: Session, visit_id: str) -> int:
    """How many photos the job has not looked at yet."""
    query = select(Photo.sha256).where(Photo.visit_id == visit_id, Photo.state == "stored")
    return len(session.scalars(query).all())


def _four_eyes(actor: Actor, visit: Visit) -> None:
    if not may_decide(actor, visit.person_id):
        raise Problem("visit.own" if actor.has(*REVIEWING) else "access.denied")


def _mine(session: Session, actor: Actor, visit: Visit) -> Review:
    """The actor's open review of a visit; ``visit.own``, ``visit.state``, ``visit.taken``."""
    _four_eyes(actor, visit)
    review = session.scalar(select_open_review(visit.id))
    if visit.state != State.IN_REVIEW or review is None:
        raise Problem("visit.state")
    if review.reviewer_id != actor.person_id:
        raise Problem("visit.taken", name=session.get(Person, review.reviewer_id).name if review.reviewer_id else "?")
    return review


def _move(visit: Visit, there: State, moment: datetime) -> None:
    if not may_move(visit.state, there):
        raise Problem("visit.state")
    visit.state = there
    visit.changed_at = moment


def _decide(session: Session, actor: Actor, visit: Visit, review: Review, there: State, *, decision: str, action: str,
            moment: datetime | None = None, **details: object) -> Visit:
    moment = moment or clock.now()
    _move(visit, there, moment)
    review.decision, review.decided_at = decision, moment
    session.flush()
    record(session, actor, action, "visit", visit.id, at=moment, revision=visit.revision, **details)
    return visit

