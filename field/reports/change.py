"""Whether a site moved: the difference between two periods beside its normal movement."""

from dataclasses import dataclass
from enum import StrEnum

from field.locale import N_, Translator
from field.stats.pool import Pool
from field.stats.ranges import TOO_FEW_BELOW, Estimate, smallest_change
from field.stats.rounding import whole

#: Visits on each side that a comparison needs: one visit is a snapshot.
COMPARED_FROM = 2


class Moved(StrEnum):
    UP = "up"
    DOWN = "down"
    NORMAL = "normal"
    NOTHING = "nothing"
    NO_VISIT = "no_visit"


@dataclass(frozen=True)
class Change:
    """``by`` is the difference and ``normal`` the smallest one worth reading; both None where nothing can be compared."""

    moved: Moved
    by: float | None = None
    normal: float | None = None

    @property
    def real(self) -> bool:
        return self.moved in (Moved.UP, Moved.DOWN)

    @property
    def compared(self) -> bool:
        return self.by is not None

    @property
    def points(self) -> int:
        """The size of the difference in whole points."""
        return whole(abs(self.by or 0.0))


WORDS = {
    Moved.UP: N_("Up %(points)s"),
    Moved.DOWN: N_("Down %(points)s"),
    Moved.NORMAL: N_("Normal movement"),
    Moved.NOTHING: N_("Nothing to compare"),
    Moved.NO_VISIT: N_("No visit"),
}


def change(now: Estimate, before: Estimate, pool: Pool) -> Change:
    """Compares two periods of one site by the pooled spread of the later one."""
    if now.mean is None:
        return Change(Moved.NO_VISIT)
    if before.mean is None or min(now.visits, before.visits) < COMPARED_FROM or not pool.sd or pool.df < TOO_FEW_BELOW:
        return Change(Moved.NOTHING)
    by, normal = float(now.mean - before.mean), smallest_change(pool.sd, now.visits, before.visits)
    if abs(by) < normal:
        return Change(Moved.NORMAL, by, normal)
    return Change(Moved.UP if by > 0 else Moved.DOWN, by, normal)


def change_words(found: Change, t: Translator) -> str:
    """ "Up 9", "Normal movement"."""
    return t(WORDS[found.moved], points=found.points) if found.real else t(WORDS[found.moved])
