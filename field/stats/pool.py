"""The spread from visit to visit, pooled over sites: two visits of one site say little, all sites' visits say enough."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np

from field.stats.rounding import Number, settled

UNEVEN_BELOW = 0.05  # Brown-Forsythe: under this p-value the sites do not share one spread


@dataclass(frozen=True)
class Pool:
    """The pooled spread of visits: ``sd`` (None where no site has two visits), its ``df``, and whether sites share it."""

    sd: float | None
    df: int
    even: bool = True

    @property
    def t(self) -> float:
        """Student's t that leaves 2.5 % above it."""
        return t_quantile(self.df)


@dataclass(frozen=True)
class Groups:
    """Visits laid out for sums by site: all scores in one row, where each site starts, how many it has."""

    scores: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray

    def means(self) -> np.ndarray:
        return np.add.reduceat(self.scores, self.starts) / self.sizes

    def squares(self, around: np.ndarray) -> np.ndarray:
        """The sum of squared distances of each site's scores from its own value in ``around``."""
        away = self.scores - np.repeat(around, self.sizes)
        return np.add.reduceat(away * away, self.starts)


def grouped(samples: Sequence[Sequence[Number]]) -> Groups:
    """Lays out samples; none of them may be empty."""
    sizes = np.fromiter(map(len, samples), dtype=np.intp, count=len(samples))
    scores = np.fromiter(chain.from_iterable(samples), dtype=float, count=int(sizes.sum()))
    return Groups(scores, np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp), sizes)


def pooled(samples: Mapping[Hashable, Sequence[Number]]) -> Pool:
    """The pool of all sites' visit scores: ``sd² = Σ squares within sites / Σ (n - 1)`` (method 2.6, golden G42)."""
    some = [scores for scores in samples.values() if len(scores)]
    df = sum(len(scores) - 1 for scores in some)
    if df < 1:
        return Pool(None, 0)
    groups = grouped(some)
    within = float(groups.squares(groups.means()).sum())
    return Pool(settled((within / df) ** 0.5), df, _even(some))


def _even(samples: Sequence[Sequence[Number]]) -> bool:
    """Brown-Forsythe over sites with three visits or more: two visits always lie equally far from their median."""
    enough = [scores for scores in samples if len(scores) >= 3]
    if len(enough) < 2:
        return True
    groups = grouped(enough)
    distances = Groups(np.abs(groups.scores - np.repeat(_medians(groups), groups.sizes)), groups.starts, groups.sizes)
    means, total = distances.means(), int(groups.sizes.sum())
    within = float(distances.squares(means).sum()) / (total - len(enough))
    if within <= 0:
        return True
    between = float((groups.sizes * (means - distances.scores.mean()) ** 2).sum()) / (len(enough) - 1)
    return _f_above(len(enough) - 1, total - len(enough), between / within) >= UNEVEN_BELOW


def _medians(groups: Groups) -> np.ndarray:
    """The median of each site, for all sites at once: sorted within sites, then the middle one or two."""
    site = np.repeat(np.arange(len(groups.sizes)), groups.sizes)
    ordered = groups.scores[np.lexsort((groups.scores, site))]
    return (ordered[groups.starts + (groups.sizes - 1) // 2] + ordered[groups.starts + groups.sizes // 2]) / 2


@cache
def t_quantile(df: int, p: float = 0.975) -> float:
    """Student's t quantile."""
    from scipy.special import stdtrit  # here, because the import costs a third of a second at every start

    return float(stdtrit(df, p))


def _f_above(df_between: int, df_within: int, ratio: float) -> float:
    from scipy.special import fdtrc

    return float(fdtrc(df_between, df_within, ratio))
