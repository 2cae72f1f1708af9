"""Where a site's or a region's score likely lies, and when that cannot be said."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from field.stats.pool import Pool, grouped, pooled, t_quantile
from field.stats.rounding import Number, settled, whole

TOO_FEW_BELOW = 10  # degrees of freedom of the pool
OWN_SPREAD_FROM = 8  # visits of a site that may stand on its own spread


class Silence(StrEnum):
    """Why no range is shown."""

    NO_VISIT = "no_visit"
    ONE_VISIT = "one_visit"
    ONE_VISIT_EACH = "one_visit_each"
    TOO_FEW = "too_few"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True)
class Range:
    """A 95 % interval; ``low`` and ``high`` as computed, ``shown`` clipped to 0 and 100 in whole numbers."""

    low: float
    high: float

    @property
    def shown(self) -> tuple[int, int]:
        return whole(max(0.0, self.low)), whole(min(100.0, self.high))


@dataclass(frozen=True)
class Estimate:
    """A score with its visits, and its range or the reason why there is none. ``error`` is its standard error."""

    mean: Number | None
    visits: int
    range: Range | None = None
    silence: Silence | None = None
    error: float | None = None


NOTHING = Estimate(None, 0, silence=Silence.NO_VISIT)


def site_range(scores: Sequence[Number], pool: Pool) -> Range | None:
    """``mean ± t(df) * s_p / sqrt(n)``; the site's own spread where pooling fails and it has 8 visits or more."""
    return estimate(scores, pool).range


def estimate(scores: Sequence[Number], pool: Pool) -> Estimate:
    """One site's score: the mean of its visits, each counting once."""
    return estimates({None: scores}, pool)[None]


def estimates(samples: Mapping[Hashable, Sequence[Number]], pool: Pool | None = None) -> dict[Hashable, Estimate]:
    """Every site's score with its range, from their common pool (their own where none is given)."""
    pool = pool or pooled(samples)
    known = {site: scores for site, scores in samples.items() if len(scores)}
    result = dict.fromkeys(samples, NOTHING)
    if known:
        groups = grouped(list(known.values()))
        means = groups.means()
        own = np.sqrt(groups.squares(means) / np.maximum(groups.sizes - 1, 1))
        rows = zip(known, means.tolist(), groups.sizes.tolist(), own.tolist(), strict=True)
        result.update((site, _one(mean, n, sd, pool)) for site, mean, n, sd in rows)
    return result


def _one(mean: float, visits: int, own: float, pool: Pool) -> Estimate:
    silence, alone = _silence(visits, pool), not pool.even and visits >= OWN_SPREAD_FROM
    if not pool.sd:
        return Estimate(settled(mean), visits, silence=silence)
    error = (own if alone else pool.sd) / visits**0.5
    half = (t_quantile(visits - 1) if alone else pool.t) * error
    if silence or not half:
        return Estimate(settled(mean), visits, silence=silence or Silence.NO_SPREAD, error=error)
    return Estimate(settled(mean), visits, Range(mean - half, mean + half), error=error)


def _silence(visits: int, pool: Pool) -> Silence | None:
    if visits == 1:
        return Silence.ONE_VISIT
    if pool.sd is None:
        return Silence.ONE_VISIT_EACH
    if not pool.sd:
        return Silence.NO_SPREAD
    return Silence.TOO_FEW if pool.df < TOO_FEW_BELOW else None


def region(sites: Iterable[Estimate], pool: Pool) -> Estimate:
    """A region's score: the mean of its visited sites' scores, each site once, with the error that their visits leave."""
    seen = [site for site in sites if site.mean is not None]
    if not seen:
        return NOTHING
    mean = settled(float(sum(site.mean for site in seen)) / len(seen))
    visits = sum(site.visits for site in seen)
    silence = _silence(2 if len(seen) > 1 else visits, pool)
    if silence or any(site.error is None for site in seen):
        return Estimate(mean, visits, silence=silence or Silence.TOO_FEW)
    error = sum(site.error**2 for site in seen) ** 0.5 / len(seen)
    return Estimate(mean, visits, Range(mean - pool.t * error, mean + pool.t * error), error=error)


def smallest_change(sd: float, visits: int, before: int | None = None) -> float:
    """The smallest change worth reading between two means (golden G51); below it: normal movement.

    ``1.96 * sqrt(2) * sd / sqrt(n)`` for the same number of visits before and after.
    """
    return 1.959963984540054 * sd * (1 / visits + 1 / (before or visits)) ** 0.5
