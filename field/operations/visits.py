"""Visits as they are received: begun by a first write, filled by an accepted revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor, State
from field.models import DIMENSIONS, Answer, Assignment, Draft, PhotoUse, Revision, Visit
from field.operations.many_rows import ManyRows, Row, as_json
from field.questionnaire import Score

_V, _A = Visit.__table__, Assignment.__table__
_REVISION, _VISIT = insert(Revision.__table__), insert(_V)
_ANSWERS, _USES = ManyRows(Answer.__table__), insert(PhotoUse.__table__)
_CHANGE = update(_V).where(_V.c.id == bindparam("this"))
_DROP_DRAFTS = delete(Draft.__table__).where(Draft.__table__.c.visit_id == bindparam("this"))
_DONE = update(_A).where(_A.c.id == bindparam("this"), _A.c.state == "open").values(state="done")


@dataclass(frozen=True)
class Received:
    """A revision that passed every check, ready to be kept. Times aware; ``answers`` and ``photos`` as sent, in NFC."""

    visit_id: str
    number: int
    sha256: str
    body: bytes
    device: str
    site_id: str
    top_region_id: str
    version_id: str
    slug: str
    assignment_id: str | None
    started_at: datetime
    finished_at: datetime
    answers: Mapping[str, Mapping[str, Any]]
    photos: Sequence[Mapping[str, Any]]
    score: Score
    flags: tuple[str, ...]
    received_at: datetime

    @cached_property
    def answer_rows(self) -> Sequence[Row]:
        """A row for each question, with what it earned."""
        return [_answer_row(self, line) for line in self.score.lines]


def begin_visit(session: Session | Connection, actor: Actor, visit_id: str, *, site_id: str | None = None, moment: datetime | None = None) -> None:
    """Claims a visit for the person whose first write to it was accepted."""
    session.execute(_VISIT, {**_first_values(actor, visit_id), "site_id": site_id, "changed_at": moment or clock.now()})


def keep_revision(connection: Connection, actor: Actor, received: Received, *, receipt_id: str, known: bool) -> None:
    """Keeps the bytes, the answers and the score of a revision and moves the visit to submitted; the caller audits."""
    visit_id, values = received.visit_id, _visit_values(received, receipt_id)
    if known:
        connection.execute(_CHANGE, {**values, "this": visit_id})
        connection.execute(_DROP_DRAFTS, {"this": visit_id})
    else:
        connection.execute(_VISIT, {**_first_values(actor, visit_id), **values})
    connection.execute(_REVISION, {"visit_id": visit_id, "number": received.number, "sha256": received.sha256, "body": received.body,
                                "device": received.device, "received_at": received.received_at, "receipt_id": receipt_id})
    printable = _forget_last(connection, visit_id) if received.number > 1 else set()
    _ANSWERS.insert(connection, received.answer_rows)
    if received.photos:
        connection.execute(_USES, [_use_row(visit_id, photo, printable) for photo in received.photos])
    if received.assignment_id:
        connection.execute(_DONE, {"this": received.assignment_id})


def _first_values(actor: Actor, visit_id: str) -> dict[str, Any]:
    return {"id": visit_id, "person_id": actor.person_id, "state": State.DRAFT, "revision": 0, "flags": [], "sections": {},
            "outcome": "none", "critical_failed": False}


def _visit_values(received: Received, receipt_id: str) -> dict[str, Any]:
    score = received.score
    return {
        "site_id": received.site_id, "version_id": received.version_id, "assignment_id": received.assignment_id,
        "slug": received.slug, "top_region_id": received.top_region_id, "state": State.SUBMITTED, "revision": received.number,
        "receipt_id": receipt_id, "started_at": received.started_at, "finished_at": received.finished_at,
        "received_at": received.received_at, "changed_at": received.received_at, "flags": list(received.flags),
        **score_values(score),
    }


def score_values(score: Score) -> dict[str, Any]:
    """A score as columns of the visit: exact as text, floats for sorting and statistics."""
    return {
        "overall": _float(score.overall), "overall_exact": None if score.overall is None else str(score.overall),
        "outcome": score.outcome, "critical_failed": bool(score.failed_critical), "coverage": _float(score.coverage),
        "sections": {key: _float(value) for key, value in score.sections.items()},
        **{name: _float(score.dimensions.get(name)) for name in DIMENSIONS},
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _answer_row(received: Received, line: Any) -> dict[str, Any]:
    question = line.question
    answer = received.answers.get(question.key, {})
    return {
        "visit_id": received.visit_id, "question": question.key, "value": as_json(answer.get("value")), "reason": answer.get("could_not_check"),
        "comment": answer.get("comment"), "state": line.state, "mark": line.mark, "earned": line.earned_text,
        "maximum": question.points_text, "weight": question.weight_text,
    }


def _use_row(visit_id: str, photo: Mapping[str, Any], printable: set[str]) -> dict[str, Any]:
    place = photo.get("location") or {}
    return {
        "visit_id": visit_id, "question": photo["question"], "position": photo["position"], "sha256": photo["sha256"],
        "source": photo["source"], "caption": photo.get("caption"), "taken_at": photo.get("taken_at"),
        "lat": place.get("lat"), "lon": place.get("lon"), "accuracy_m": place.get("accuracy_m"),
        "printable": photo["sha256"] in printable,
    }


def _forget_last(connection: Connection, visit_id: str) -> set[str]:
    """Clears the last revision's answers and photo positions; says which photos were marked printable."""
    marked = select(PhotoUse.sha256).where(PhotoUse.visit_id == visit_id, PhotoUse.printable)
    printable = set(connection.scalars(marked))
    connection.execute(delete(Answer.__table__).where(Answer.__table__.c.visit_id == visit_id))
    connection.execute(delete(PhotoUse.__table__).where(PhotoUse.__table__.c.visit_id == visit_id))
    return printable
