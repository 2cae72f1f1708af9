"""What the manager's pages are made of: plain columns for many sites at once, never a query for each site."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from field.access import State
from field.models.assignment import Assignment
from field.models.questionnaire import QuestionnaireVersion
from field.models.region import Region, RegionTree, select_below
from field.models.site import Site
from field.models.visit import COUNTS, DIMENSIONS, Answer, Visit

#: Visits that have arrived and do not count yet.
WAITING = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED)


def select_regions() -> Select[tuple[str, str, str, str | None, str]]:
    """Id, code, name, parent and top-level region of every region by name; always goes through a Scope."""
    return select(Region.id, Region.code, Region.name, Region.parent_id, Region.top_id).order_by(Region.name, Region.code)


def select_site_heads(region_id: str | None) -> Select[tuple[str, str, str, str, str, str]]:
    """Id, code, name, zone, region and top-level region of the sites below a region, or of all; goes through a Scope."""
    columns = (Site.id, Site.code, Site.name, Site.time_zone, Site.region_id, Region.top_id)
    return _below(select(*columns).join(Region, Region.id == Site.region_id), region_id).order_by(Site.name, Site.code)


def select_site_ids(region_id: str | None) -> Select[tuple[str]]:
    """The sites below a region, or all; goes through a Scope."""
    return _below(select(Site.id), region_id)


def select_branches(region_ids: Sequence[str]) -> Select[tuple[str, str]]:
    """Which region stands below which of these."""
    return select(RegionTree.below_id, RegionTree.above_id).where(RegionTree.above_id.in_(region_ids))


def select_slugs(sites: Select[tuple[str]]) -> Select[tuple[str, datetime]]:
    """The questionnaires with counted visits to these sites and when the latest of each began, that one first."""
    latest = func.max(Visit.started_at)
    return (
        select(Visit.slug, latest).where(COUNTS, Visit.site_id.in_(sites))
        .group_by(Visit.slug).order_by(latest.desc(), Visit.slug)
    )


def select_titles(slugs: Sequence[str]) -> Select[tuple[str, str]]:
    """Slug and title of these questionnaires' versions, the newest last."""
    return (
        select(QuestionnaireVersion.slug, QuestionnaireVersion.title)
        .where(QuestionnaireVersion.slug.in_(slugs)).order_by(QuestionnaireVersion.version)
    )


def select_pool(slug: str, top_ids: Sequence[str], start: datetime, end: datetime) -> Select:
    """Every counted visit under these top-level regions, whoever looks: site, zone, top-level region, when, scores."""
    scores = (getattr(Visit, name) for name in DIMENSIONS)
    return (
        select(Visit.site_id, Site.time_zone, Visit.top_region_id, Visit.started_at, Visit.critical_failed, Visit.overall, *scores)
        .join(Site, Site.id == Visit.site_id)
        .where(Visit.slug == slug, Visit.top_region_id.in_(top_ids), COUNTS,
               Visit.started_at >= start, Visit.started_at < end)
        .order_by(Visit.site_id, Visit.started_at, Visit.id)
    )


def select_waiting(slug: str | None, sites: Select[tuple[str]]) -> Select[tuple[str, int]]:
    """How many visits to these sites are in which state on their way to counting."""
    query = select(Visit.state, func.count()).where(Visit.state.in_(WAITING), Visit.site_id.in_(sites))
    return (query if slug is None else query.where(Visit.slug == slug)).group_by(Visit.state)


def select_visited(slug: str, sites: Select[tuple[str]]) -> Select[tuple[str]]:
    """Which of these sites have a counted visit with the questionnaire, in any period."""
    return select(Visit.site_id).where(Visit.slug == slug, COUNTS, Visit.site_id.in_(sites)).distinct()


def select_planned_by_site(slug: str | None, sites: Select[tuple[str]]) -> Select[tuple[str, int]]:
    """How many visits to each of these sites are still to come."""
    query = select(Assignment.site_id, func.count()).where(Assignment.state == "open", Assignment.site_id.in_(sites))
    if slug is not None:
        query = query.join(QuestionnaireVersion, QuestionnaireVersion.id == Assignment.version_id) \
            .where(QuestionnaireVersion.slug == slug)
    return query.group_by(Assignment.site_id)


def select_marks(visit_ids: Sequence[str]) -> Select[tuple[str, str, str, int]]:
    """How often each question got which mark at each site, over these visits."""
    return (
        select(Visit.site_id, Answer.question, Answer.mark, func.count())
        .join(Visit, Visit.id == Answer.visit_id).where(Visit.id.in_(visit_ids))
        .group_by(Visit.site_id, Answer.question, Answer.mark)
    )


def select_directory(words: str, after: tuple[str, str] | None) -> Select[tuple[str, str, str, str, str]]:
    """Sites for a list by name: id, code, name, zone and region's name; those that hold ``words``, after a (name, code)."""
    query = (
        select(Site.id, Site.code, Site.name, Site.time_zone, Region.name.label("region"))
        .join(Region, Region.id == Site.region_id).order_by(Site.name, Site.code)
    )
    if words:
        query = query.where(Site.name.icontains(words, autoescape=True) | Site.code.icontains(words, autoescape=True))
    if after:
        query = query.where((Site.name > after[0]) | ((Site.name == after[0]) & (Site.code > after[1])))
    return query


def select_site_of(visit_id: str) -> Select[tuple[str]]:
    """The site of a visit; goes through a Scope."""
    return select(Site.id).join(Visit, Visit.site_id == Site.id).where(Visit.id == visit_id)


def select_last_days(site_ids: Sequence[str]) -> Select[tuple[str, int, datetime]]:
    """How many counted visits each of these sites has and when the last one began."""
    return (
        select(Visit.site_id, func.count(), func.max(Visit.started_at))
        .where(COUNTS, Visit.site_id.in_(site_ids)).group_by(Visit.site_id)
    )


def select_neighbours(site: Site) -> Select[tuple[str, str]]:
    """Code and name of the other sites of a site's region; goes through a Scope."""
    return select(Site.code, Site.name).where(Site.region_id == site.region_id, Site.id != site.id).order_by(Site.name, Site.code)


def _below(query: Select, region_id: str | None) -> Select:
    return query if region_id is None else query.where(Site.region_id.in_(select_below([region_id])))
