"""All counted visits of a questionnaire under top-level regions in a period: the one pool that every range comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.orm import Session

from field.models.overview import select_pool
from field.reports.selection import Period
from field.stats.pool import Pool, pooled

_SCORES = slice(5, 11)  # overall and the five dimensions, in the order of ``select_pool``


@dataclass(frozen=True)
class Visits:
    """One site's counted visits: overall scores of those that have one, means of dimensions, must-keep misses, last day."""

    scores: tuple[float, ...] = ()
    dimensions: tuple[float | None, ...] = (None,) * 5
    critical: int = 0
    last: date | None = None


NO_VISITS = Visits()


@dataclass(frozen=True)
class PeriodPool:
    """What one period holds: each site's visits, and each top-level region's pooled spread."""

    sites: Mapping[str, Visits]
    pools: Mapping[str, Pool]

    def of(self, site_id: str) -> Visits:
        return self.sites.get(site_id, NO_VISITS)

    def pool(self, top_id: str) -> Pool:
        return self.pools.get(top_id, Pool(None, 0))


def gather_pools(session: Session, slug: str, top_ids: Sequence[str], periods: Sequence[Period]) -> list[PeriodPool]:
    """The pool of each period; a visit belongs to the day on which it began at its site."""
    return pools_of(pool_rows(session, slug, top_ids, periods), periods)


def pool_rows(session: Session, slug: str, top_ids: Sequence[str], periods: Sequence[Period]) -> Sequence:
    """The visits that the pools of these periods are made of, and some around them."""
    start = datetime.combine(min(p.first for p in periods) - timedelta(days=1), time(), ZoneInfo("UTC"))
    end = datetime.combine(max(p.last for p in periods) + timedelta(days=2), time(), ZoneInfo("UTC"))
    return session.execute(select_pool(slug, top_ids, start, end)).all()


def pools_of(rows: Sequence, periods: Sequence[Period]) -> list[PeriodPool]:
    """The rows as one pool for each period; without rows empty ones."""
    return [_pool(rows, period) for period in periods]


def _pool(rows: Sequence, period: Period) -> PeriodPool:
    kept = [row for row in rows if _starts(period.first, row[1]) <= row[3] < _starts(period.last + timedelta(days=1), row[1])]
    sites = _sites(kept)
    scores: dict[str, dict[str, tuple[float, ...]]] = {}
    for row in kept:
        scores.setdefault(row[2], {})[row[0]] = sites[row[0]].scores
    return PeriodPool(sites, {top: pooled(samples) for top, samples in scores.items()})


@lru_cache(maxsize=4096)
def _starts(day: date, zone: str) -> datetime:
    """When a day begins in a zone, in UTC so that comparing is quick."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def _sites(rows: Sequence) -> dict[str, Visits]:
    """The rows of each site, which stand together, as one ``Visits``."""
    if not rows:
        return {}
    scores = np.array([row[_SCORES] for row in rows], dtype=float)
    ids = [row[0] for row in rows]
    starts = [0, *(n for n in range(1, len(ids)) if ids[n] != ids[n - 1])]
    means = _means(scores[:, 1:], starts)
    ends = [*starts[1:], len(ids)]
    critical = np.add.reduceat(np.array([row[4] for row in rows], dtype=int), starts).tolist()
    overall = scores[:, 0].tolist()
    return {
        ids[start]: Visits(_known(overall[start:end]), dimensions, missed, _day(rows[end - 1]))
        for start, end, dimensions, missed in zip(starts, ends, means, critical, strict=True)
    }


def _means(scores: np.ndarray, starts: Sequence[int]) -> list[tuple[float | None, ...]]:
    """The mean of what is there in every column, for each run of rows."""
    there = ~np.isnan(scores)
    sums = np.add.reduceat(np.where(there, scores, 0.0), starts, axis=0)
    counts = np.add.reduceat(there.astype(int), starts, axis=0)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return [tuple(None if mean != mean else mean for mean in row) for row in means.tolist()]


def _known(scores: Iterable[float]) -> tuple[float, ...]:
    return tuple(score for score in scores if score == score)


def _day(row: Sequence) -> date:
    return row[3].astimezone(_zone(row[1])).date()


@lru_cache(maxsize=4096)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
