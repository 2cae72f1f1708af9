"""One site: its score with its range, its visits as dots, and the way down to one answer and its photo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from field.access import MANAGING
from field.locale import Translator, pick
from field.models import QuestionnaireVersion, Scope, Site, Visit
from field.models.overview import select_planned_by_site, select_site_ids
from field.models.result import select_results
from field.reports.change import Change, change
from field.reports.definitions import definition_of, first_alike
from field.reports.overview import Line, dimension_means
from field.reports.periods import bounds
from field.reports.pools import NO_VISITS, PeriodPool, Visits, gather_pools
from field.reports.regions import Node
from field.reports.selection import Selection
from field.stats.pool import Pool
from field.stats.ranges import NOTHING, Estimate, estimate, estimates
from field.stats.ranges import region as region_estimate


@dataclass(frozen=True)
class VisitRow:
    """One counted visit: the day at its site, the exact score, the first version that asks what it was asked."""

    id: str
    day: date
    score: Fraction | None
    critical_failed: bool
    outcome: str
    version: int


@dataclass(frozen=True)
class SiteView:
    """``line`` is the mean of the site's region; None for who may not compare. ``visits`` has the latest first.

    ``sections``: titles and means over all visits, of the latest visit's version.
    """

    site: Site
    selection: Selection
    score: Estimate
    change: Change
    dimensions: tuple[float | None, ...]
    critical: int
    planned: int
    line: Line | None
    visits: tuple[VisitRow, ...]
    sections: tuple[tuple[str, float], ...]
    manages: bool

    @property
    def path(self) -> tuple[Node, ...]:
        return self.selection.tree.path(self.selection.region)

    @property
    def older(self) -> int:
        """How many visits were made with another version than the latest one."""
        return sum(visit.version != self.visits[0].version for visit in self.visits)


def gather(session: Session, scope: Scope, site: Site, selection: Selection, t: Translator) -> SiteView:
    """The page of a site that the scope shows; the range is the same whoever looks."""
    now, before = _pools(session, site, selection)
    pool, visits = now.pool(site.region.top_id), now.of(site.id)
    score = estimate(visits.scores, pool) if visits.scores else NOTHING
    earlier = estimate(before.of(site.id).scores, pool) if before.of(site.id).scores else NOTHING
    ids = select_site_ids(None).where(Site.id == site.id)
    planned = session.execute(select_planned_by_site(selection.slug, ids)).first()
    made = _visits(session, scope, site, selection)
    return SiteView(
        site, selection, score, change(score, earlier, pool), visits.dimensions, visits.critical,
        planned[1] if planned else 0, _line(session, selection.region, now, pool),
        _rows(session, made, zone_of(site)), _sections(session, made, t), session.scalar(scope.sites(ids, *MANAGING)) is not None,
    )


def _pools(session: Session, site: Site, selection: Selection) -> Sequence[PeriodPool]:
    if selection.slug is None:
        return PeriodPool({}, {}), PeriodPool({}, {})
    return gather_pools(session, selection.slug, [site.region.top_id], (selection.period, selection.period.before))


def _line(session: Session, region: Node | None, found: PeriodPool, pool: Pool) -> Line | None:
    """The region's mean score and dimensions, each visited site once."""
    if region is None:
        return None
    sites = [found.of(site_id) for site_id in session.scalars(select_site_ids(region.id))]
    samples: dict[int, Visits] = {n: visits for n, visits in enumerate(sites) if visits is not NO_VISITS}
    scores = estimates({n: visits.scores for n, visits in samples.items()}, pool)
    return Line(region_estimate(scores.values(), pool).mean, dimension_means(list(samples.values())))


def _visits(session: Session, scope: Scope, site: Site, selection: Selection) -> list[Visit]:
    if selection.slug is None:
        return []
    period = bounds(selection.period.first, selection.period.last, zone_of(site))
    return list(session.scalars(scope.visits(select_results(site.id, selection.slug, *period))))


def _rows(session: Session, visits: Sequence[Visit], zone: ZoneInfo) -> tuple[VisitRow, ...]:
    named = QuestionnaireVersion.id.in_({visit.version_id for visit in visits})
    versions = first_alike(session.scalars(select(QuestionnaireVersion).options(undefer(QuestionnaireVersion.body)).where(named)))
    return tuple(_row(visit, zone, versions[visit.version_id]) for visit in visits)


def _sections(session: Session, visits: Sequence[Visit], t: Translator) -> tuple[tuple[str, float], ...]:
    if not visits:
        return ()
    definition, means = definition_of(session.get_one(QuestionnaireVersion, visits[0].version_id)), section_means(visits)
    return tuple((pick(part.title, t.language, definition.languages), means[part.key]) for part in definition.sections if part.key in means)


def section_means(visits: Sequence[Visit]) -> dict[str, float]:
    """The mean of each section over the visits where it has a score."""
    found: dict[str, list[float]] = {}
    for visit in visits:
        for key, score in visit.sections.items():
            if score is not None:
                found.setdefault(key, []).append(score)
    return {key: sum(scores) / len(scores) for key, scores in found.items()}


def _row(visit: Visit, zone: ZoneInfo, version: int) -> VisitRow:
    return VisitRow(visit.id, visit.started_at.astimezone(zone).date(), exact(visit), visit.critical_failed, visit.outcome, version)


def zone_of(site: Site) -> ZoneInfo:
    return ZoneInfo(site.time_zone)


def exact(visit: Visit) -> Fraction | None:
    """A visit's unrounded score."""
    if visit.overall_exact is not None:
        return Fraction(visit.overall_exact)
    return None if visit.overall is None else Fraction(visit.overall)
