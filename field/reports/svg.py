"""Where marks stand on a scale, in percent of its width: drawn by templates, with presentation attributes only."""

from collections.abc import Sequence
from dataclasses import dataclass

from field.stats.ranges import Estimate
from field.stats.rounding import Number

#: Screens show 50 to 100; what is lower stands at the edge as an arrow, with its number beside it.
LOWEST, HIGHEST = 50.0, 100.0


@dataclass(frozen=True)
class Spot:
    """A value on the scale; ``off`` says that it lies below it, and the place is the edge."""

    at: str
    off: bool


def spot(value: Number | None) -> Spot | None:
    """Where a value stands."""
    if value is None:
        return None
    share = (min(float(value), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)
    return Spot(percent(max(share, 0.0)), share < 0)


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


@dataclass(frozen=True)
class Bar:
    """A range bar: the region's line, the score's dot (a ring for one visit), its range (dashed for 2 or 3 visits)."""

    line: Spot | None
    dot: Spot | None
    low: Spot | None
    high: Spot | None
    ring: bool
    dashed: bool

    @property
    def arrow(self) -> bool:
        """Whether something lies left of the scale."""
        return bool((self.low or self.dot) and (self.low or self.dot).off)


def range_bar(score: Estimate, line: float | None) -> Bar:
    """The bar of a score beside a region's mean."""
    low, high = (spot(score.range.low), spot(score.range.high)) if score.range else (None, None)
    return Bar(spot(line), spot(score.mean), low, high, ring=score.visits == 1, dashed=score.visits in (2, 3))


@dataclass(frozen=True)
class Dots:
    """A chart of ``count`` values from left to right; ``floor`` is the lowest number of its scale, ``grid`` its lines."""

    count: int
    floor: int
    grid: tuple[int, ...]

    def across(self, place: float) -> str:
        """How far from the left a place lies; the middle of the first value is 0.5."""
        return percent(place / self.count)

    def up(self, value: Number) -> str:
        """How far from the top a value stands."""
        return percent(self._depth(value))

    def deep(self, high: Number, low: Number) -> str:
        """The height between two values."""
        return percent(self._depth(low) - self._depth(high))

    def _depth(self, value: Number) -> float:
        return (HIGHEST - min(max(float(value), self.floor), HIGHEST)) / (HIGHEST - self.floor)


def dots(values: Sequence[Number], others: Sequence[Number] = ()) -> Dots:
    """A scale that holds the values and what is drawn beside them: from a multiple of 20, 60 at most, to 100."""
    floor = min([60, *(20 * int(max(value, 0) // 20) for value in (*values, *others))])
    return Dots(len(values), floor, tuple(range(floor, 101, 20)))
