"""What results are made of: the counted visits of one questionnaire in a period. Half-open: start <= started_at < end."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, and_, false, func, or_, select

from field.models.assignment import Assignment
from field.models.photo import Photo, PhotoUse
from field.models.questionnaire import QuestionnaireVersion
from field.models.region import Region
from field.models.site import Site
from field.models.visit import COUNTS, Answer, Visit

Span = tuple[datetime, datetime]


def select_zones(top_region_id: str) -> Select[tuple[str]]:
    """The time zones of the sites under a top-level region."""
    return select(Site.time_zone).join(Region, Region.id == Site.region_id).where(Region.top_id == top_region_id).distinct()


def select_scores(slug: str, top_region_id: str, spans: Mapping[str, Span]) -> Select[tuple[str, float]]:
    """The pool: site and score of every counted visit under a top-level region, whoever looks.

    ``spans`` is the period in each zone: a visit belongs to the day on which it began at its site.
    """
    in_span = (and_(Site.time_zone == zone, Visit.started_at >= start, Visit.started_at < end)
               for zone, (start, end) in spans.items())
    return select(Visit.site_id, Visit.overall).join(Site, Site.id == Visit.site_id).where(
        Visit.slug == slug, Visit.top_region_id == top_region_id, COUNTS, Visit.overall.is_not(None),
        or_(false(), *in_span))


def select_results(site_id: str, slug: str, start: datetime, end: datetime) -> Select[tuple[Visit]]:
    """A site's counted visits, the latest first."""
    counted = (COUNTS, Visit.started_at >= start, Visit.started_at < end)
    return select(Visit).where(Visit.site_id == site_id, Visit.slug == slug, *counted) \
        .order_by(Visit.started_at.desc(), Visit.id)


def select_last_result(site_id: str, slug: str | None) -> Select[tuple[Visit]]:
    """A site's latest counted visit, of one questionnaire or of any."""
    query = select(Visit).where(Visit.site_id == site_id, COUNTS)
    query = query if slug is None else query.where(Visit.slug == slug)
    return query.order_by(Visit.started_at.desc(), Visit.id).limit(1)


def select_lines(visit_ids: list[str]) -> Select[tuple[str, str, str, str, str, str, str]]:
    """What every question earned: visit, question, state, mark, earned, maximum, weight."""
    columns = (Answer.visit_id, Answer.question, Answer.state, Answer.mark, Answer.earned, Answer.maximum, Answer.weight)
    return select(*columns).where(Answer.visit_id.in_(visit_ids))


def select_printable(visit_ids: list[str]) -> Select[tuple[str, str]]:
    """Question and SHA-256 of the photos that the reviewer lets onto the shop's sheet, the latest visit's first."""
    return (
        select(PhotoUse.question, PhotoUse.sha256)
        .join(Photo, (Photo.visit_id == PhotoUse.visit_id) & (Photo.sha256 == PhotoUse.sha256))
        .join(Visit, Visit.id == PhotoUse.visit_id)
        .where(PhotoUse.visit_id.in_(visit_ids), PhotoUse.printable, Photo.state == "readable")
        .order_by(Visit.started_at.desc(), PhotoUse.visit_id, PhotoUse.position)
    )


def select_placed(visit_id: str) -> Select[tuple[PhotoUse, Photo | None]]:
    """Every place of a photo in a visit, with the photo unless it was never stored."""
    return (
        select(PhotoUse, Photo)
        .outerjoin(Photo, (Photo.visit_id == PhotoUse.visit_id) & (Photo.sha256 == PhotoUse.sha256))
        .where(PhotoUse.visit_id == visit_id).order_by(PhotoUse.question, PhotoUse.position)
    )


def select_planned(site_id: str, slug: str | None) -> Select[tuple[int]]:
    """How many visits to a site are still to come."""
    query = select(func.count()).select_from(Assignment).where(Assignment.site_id == site_id, Assignment.state == "open")
    if slug is None:
        return query
    return query.join(QuestionnaireVersion, QuestionnaireVersion.id == Assignment.version_id) \
        .where(QuestionnaireVersion.slug == slug)
