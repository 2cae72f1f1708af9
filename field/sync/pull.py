"""What phones fetch: the bootstrap and their own visits, drafts, receipts."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from field import clock
from field.access import Actor, Role, State
from field.errors import Problem
from field.models import Assignment, Draft, Photo, QuestionnaireVersion, Receipt, Review, Scope, Site, Visit
from field.models.assignment import select_open_assignments
from field.models.site import select_sites

MINIMUM_BUILD = 1
_VISITS_KEPT = timedelta(days=90)
_PAGE = 200


def bootstrap(session: Session, actor: Actor) -> dict[str, Any]:
    """All that a phone needs to work without network; a pure function of the database and the person."""
    planned = session.execute(select_open_assignments(actor.person_id)).all()
    unplanned = list(session.scalars(_unplanned()))
    sites = {site.id: site for _, site, _ in planned}
    if unplanned and actor.has(Role.INSPECTOR):
        nearby = Scope(actor).sites(select_sites().where(Site.active), Role.INSPECTOR)
        sites |= {site.id: site for site in session.scalars(nearby)}
    visits, drafts = _visits(session, actor), [_draft(draft) for draft in session.scalars(_own_drafts(actor))]
    open_at = {draft["site"] for draft in drafts} | {visit["site"] for visit in visits if visit["state"] == State.RETURNED}
    sites |= {site.id: site for site in session.scalars(_known(actor, open_at))}
    versions = {version.id: version for _, _, version in planned} | {version.id: version for version in unplanned}
    return {
        "schema": 1, "person": {"id": actor.person_id, "name": actor.name, "language": actor.language}, "minimum_build": MINIMUM_BUILD,
        "assignments": [_assignment(*row) for row in planned],
        "sites": [_site(site) for site in sorted(sites.values(), key=lambda site: site.code)],
        "questionnaires": [_version(v) for v in sorted(versions.values(), key=lambda v: (v.slug, v.version))],
        "visits": visits,
        "drafts": drafts,
    }


def _known(actor: Actor, codes: Iterable[str]) -> Any:
    """Of these sites, those of the person's regions and those that a visit was ever planned at for them: a phone names any it likes."""
    planned = select(Assignment.site_id).where(Assignment.person_id == actor.person_id)
    return select_sites().where(Site.code.in_(codes), or_(Scope(actor).site_filter(Role.INSPECTOR), Site.id.in_(planned)))


def _unplanned() -> Any:
    """The newest version of each questionnaire, where it was published for unplanned visits."""
    other = QuestionnaireVersion.__table__.alias("other")
    newest = select(other.c.version).where(other.c.slug == QuestionnaireVersion.slug).order_by(other.c.version.desc()).limit(1).scalar_subquery()
    return select(QuestionnaireVersion).where(
        QuestionnaireVersion.version == newest, QuestionnaireVersion.unplanned, QuestionnaireVersion.retired_at.is_(None))


def _assignment(assignment: Assignment, site: Site, version: QuestionnaireVersion) -> dict[str, Any]:
    return {
        "id": assignment.id, "visit": assignment.visit_id, "site": site.code, "brief": assignment.brief,
        "questionnaire": {"slug": version.slug, "version": version.version, "sha256": version.sha256},
        "from": stamp(assignment.starts_at), "until": stamp(assignment.ends_at), "state": assignment.state,
    }


def _site(site: Site) -> dict[str, Any]:
    return {"code": site.code, "name": site.name, "address": site.address, "lat": site.lat, "lon": site.lon,
            "time_zone": site.time_zone, "language": site.language}


def _version(version: QuestionnaireVersion) -> dict[str, Any]:
    return {"slug": version.slug, "version": version.version, "sha256": version.sha256, "title": json.loads(version.title),
            "unplanned": version.unplanned}


def _visits(session: Session, actor: Actor) -> list[dict[str, Any]]:
    since = clock.now() - _VISITS_KEPT
    query = (
        select(Visit.id, Visit.state, Visit.revision, Visit.receipt_id, Site.code)
        .join(Site, Site.id == Visit.site_id, isouter=True)
        .where(Visit.person_id == actor.person_id, Visit.changed_at >= since).order_by(Visit.changed_at.desc(), Visit.id)
    )
    rows = session.execute(query).all()
    reasons = _reasons(session, [row.id for row in rows if row.state == State.RETURNED])
    unreadable = _unreadable(session, [row.id for row in rows if row.state in (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED)])
    return [
        {"visit": row.id, "site": row.code, "state": row.state, "revision": row.revision, "receipt": row.receipt_id,
         "reasons": reasons.get(row.id, []), "unreadable": unreadable.get(row.id, [])}
        for row in rows
    ]


def _reasons(session: Session, visit_ids: list[str]) -> dict[str, list[dict[str, str | None]]]:
    """The reasons of each visit's latest return."""
    found: dict[str, list[dict[str, str | None]]] = {}
    if visit_ids:
        query = select(Review).where(Review.visit_id.in_(visit_ids), Review.decision == "returned").order_by(Review.opened_at)
        for review in session.scalars(query):
            found[review.visit_id] = [{"question": reason.question, "text": reason.text} for reason in review.reasons]
    return found


def _unreadable(session: Session, visit_ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if visit_ids:
        query = select(Photo.visit_id, Photo.sha256).where(Photo.visit_id.in_(visit_ids), Photo.state == "unreadable")
        for visit_id, sha256 in session.execute(query.order_by(Photo.sha256)):
            found.setdefault(visit_id, []).append(sha256)
    return found


def _own_drafts(actor: Actor) -> Any:
    return select(Draft).join(Visit, Visit.id == Draft.visit_id).where(Visit.person_id == actor.person_id).order_by(Draft.saved_at.desc())


def _draft(draft: Draft) -> dict[str, Any]:
    site = json.loads(draft.body)["site"]
    return {"visit": draft.visit_id, "device": draft.device, "rev": draft.rev, "saved_at": stamp(draft.saved_at), "site": site}


def receipts_after(session: Session, actor: Actor, after: str | None) -> tuple[list[bytes], str | None]:
    """The person's receipts in order of issue, at most 200, and the id to go on from; ``receipt.unknown``."""
    query = select(Receipt.id, Receipt.body).where(Receipt.person_id == actor.person_id).order_by(Receipt.number).limit(_PAGE + 1)
    if after is not None:
        last = session.scalar(select(Receipt.number).where(Receipt.id == after, Receipt.person_id == actor.person_id))
        if last is None:
            raise Problem("receipt.unknown")
        query = query.where(Receipt.number > last)
    rows = session.execute(query).all()
    following = rows[_PAGE - 1].id if len(rows) > _PAGE else None
    return [row.body for row in rows[:_PAGE]], following


def unknown_receipts(session: Session, actor: Actor, asked: Iterable[str]) -> list[str]:
    """Which of these ids are no receipts of the person's."""
    asked = list(dict.fromkeys(asked))
    known = set(session.scalars(select(Receipt.id).where(Receipt.person_id == actor.person_id, Receipt.id.in_(asked)))) if asked else set()
    return [receipt for receipt in asked if receipt not in known]


def stamp(moment: datetime) -> str:
    """A time as the protocol writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

