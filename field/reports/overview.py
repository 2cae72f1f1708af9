"""How a region's sites do: every score with its range and visits, what changed, what waits. No ranks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from field.access import MANAGING
from field.models import Scope
from field.models.overview import (
    select_branches,
    select_planned_by_site,
    select_site_heads,
    select_site_ids,
    select_visited,
    select_waiting,
)
from field.reports.change import Change, change
from field.reports.pools import NO_VISITS, PeriodPool, Visits, pool_rows, pools_of
from field.reports.regions import Node
from field.reports.selection import Period, Selection
from field.stats.ranges import NOTHING, Estimate, estimates
from field.stats.ranges import region as region_estimate

NO_DIMENSIONS = NO_VISITS.dimensions


@dataclass(frozen=True)
class Line:
    """What upright lines show: a region's mean score and its means by dimension."""

    score: float | None = None
    dimensions: tuple[float | None, ...] = NO_DIMENSIONS


@dataclass(frozen=True)
class SiteRow:
    """One site in the table; ``critical`` counts visits that missed a must-keep standard, ``planned`` those to come.

    ``visited``: whether a visit counts in any period.
    """

    code: str
    name: str
    score: Estimate
    dimensions: tuple[float | None, ...]
    change: Change
    last: date | None
    critical: int
    planned: int
    visited: bool
    line: Line


@dataclass(frozen=True)
class RegionRow:
    """One region: its score, and how many of its sites were visited."""

    node: Node
    score: Estimate
    sites: int
    visited: int


@dataclass(frozen=True)
class Overview:
    """``whole`` is the chosen region, None where several top-level regions would be mixed into one number."""

    selection: Selection
    whole: RegionRow | None
    regions: tuple[RegionRow, ...]
    sites: tuple[SiteRow, ...]
    waiting: Mapping[str, int]

    @property
    def planned(self) -> int:
        return sum(site.planned for site in self.sites)

    @property
    def moved(self) -> list[SiteRow]:
        """Sites that moved more than usual, the furthest beyond its normal movement first."""
        return sorted((site for site in self.sites if site.change.real),
                      key=lambda site: (-abs(site.change.by) / site.change.normal, site.name, site.code))

    @property
    def compared(self) -> int:
        """How many sites could be compared with the period before."""
        return sum(site.change.compared for site in self.sites)


@dataclass(frozen=True)
class _Seen:
    """A site with all that its rows need."""

    id: str
    code: str
    name: str
    zone: str
    region_id: str
    top_id: str


@dataclass(frozen=True)
class Collected:
    """What the queries gave; nothing is computed yet, so that no transaction waits for it."""

    selection: Selection
    heads: Sequence[_Seen]
    rows: Sequence
    branches: Mapping[str, str]
    planned: Mapping[str, int]
    visited: set[str]
    waiting: Mapping[str, int]


def gather(session: Session, scope: Scope, selection: Selection) -> Overview:
    """The overview of a selection."""
    return summed(collect(session, scope, selection))


def collect(session: Session, scope: Scope, selection: Selection) -> Collected:
    """All that an overview needs: six short queries, however many sites."""
    slug, region_id = selection.slug, selection.region and selection.region.id
    heads = [_Seen(*row) for row in session.execute(scope.sites(select_site_heads(region_id), *MANAGING))]
    ids = scope.sites(select_site_ids(region_id), *MANAGING)
    planned = dict(session.execute(select_planned_by_site(slug, ids)).all())
    waiting = dict(session.execute(select_waiting(slug, ids)).all())
    visited = set(session.scalars(select_visited(slug, ids))) if slug else set()
    rows = pool_rows(session, slug, sorted({head.top_id for head in heads}), _periods(selection)) if slug else ()
    return Collected(selection, heads, rows, _branches(session, selection), planned, visited, waiting)


def _periods(selection: Selection) -> tuple[Period, Period]:
    return selection.period, selection.period.before


def _branches(session: Session, selection: Selection) -> dict[str, str]:
    """The id of every region below the shown ones with the id of the shown one."""
    shown = [node.id for node in selection.children]
    return dict(session.execute(select_branches(shown)).all()) if shown else {}


def summed(found: Collected) -> Overview:
    """The scores, ranges and changes of what was collected."""
    selection = found.selection
    now, before = pools_of(found.rows, _periods(selection))
    scores, earlier = _estimates(found.heads, now), _estimates(found.heads, before)
    whole = _region(selection.region, found.heads, scores, now) if selection.region else None
    children = _children(selection, found.heads, found.branches)
    regions = tuple(_region(node, children[node.id], scores, now) for node in selection.children if children[node.id])
    lines = _lines(whole, regions, found.heads, children, now)
    rows = tuple(
        _row(found, head, now.of(head.id), scores[head.id], change(scores[head.id], earlier[head.id], now.pool(head.top_id)),
             lines.get(head.id, Line()))
        for head in found.heads
    )
    return Overview(selection, whole, regions, rows, found.waiting)


def _children(selection: Selection, heads: Sequence[_Seen], branches: Mapping[str, str]) -> dict[str, list[_Seen]]:
    """The sites below each region that stands one step below the chosen one."""
    below: dict[str, list[_Seen]] = {node.id: [] for node in selection.children}
    for head in heads:
        if head.region_id in branches:
            below[branches[head.region_id]].append(head)
    return below


def _estimates(heads: Sequence[_Seen], found: PeriodPool) -> dict[str, Estimate]:
    """Every site's score with its range from the pool of its own top-level region."""
    result: dict[str, Estimate] = {}
    for top in {head.top_id for head in heads}:
        samples = {head.id: found.of(head.id).scores for head in heads if head.top_id == top}
        result.update(estimates(samples, found.pool(top)))
    return result


def _region(node: Node, heads: Sequence[_Seen], scores: Mapping[str, Estimate], found: PeriodPool) -> RegionRow:
    pool = found.pool(node.top_id)
    visited = [scores[head.id] for head in heads if scores[head.id].visits]
    return RegionRow(node, region_estimate(visited, pool) if visited else NOTHING, len(heads), len(visited))


def _lines(whole: RegionRow | None, regions: Sequence[RegionRow], heads: Sequence[_Seen],
           children: Mapping[str, Sequence[_Seen]], found: PeriodPool) -> dict[str, Line]:
    """The mean beside which each site stands: the chosen region's, else that of the region it belongs to."""
    if whole:
        return dict.fromkeys((head.id for head in heads), _line(whole, heads, found))
    parts = ((_line(row, children[row.node.id], found), children[row.node.id]) for row in regions)
    return {head.id: line for line, below in parts for head in below}


def _line(row: RegionRow, heads: Sequence[_Seen], found: PeriodPool) -> Line:
    return Line(row.score.mean, dimension_means([found.of(head.id) for head in heads]))


def dimension_means(sites: Sequence[Visits]) -> tuple[float | None, ...]:
    """The means of sites' means, each site once."""
    columns = zip(*(site.dimensions for site in sites), strict=True) if sites else ((),) * 5
    return tuple(_mean([value for value in column if value is not None]) for column in columns)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _row(found: Collected, head: _Seen, visits: Visits, score: Estimate, moved: Change, line: Line) -> SiteRow:
    return SiteRow(head.code, head.name, score, visits.dimensions, moved, visits.last, visits.critical,
                   found.planned.get(head.id, 0), head.id in found.visited, line)
