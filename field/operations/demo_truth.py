"""How good the demo's shops truly are: what their visits then show only in part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, tau
from random import Random

from field.operations.demo_words import WORTH_A_PHOTO

_SPREAD, _DIMENSION_SPREAD, _LENIENCY_SPREAD, _LUCK = 0.42, 0.28, 0.12, 0.22
_DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")


@dataclass(frozen=True)
class Story:
    """Something that happened to a shop: from so many days ago on, its level moved in some dimensions."""

    days_ago: int
    change: float
    dimensions: tuple[str, ...] = _DIMENSIONS


_ALWAYS = 10_000
_STRONG, _WEAK = 4.0, -1.2
_OFTEN_WEAK = ("shelf_labels", "test_question", "promise_kept", "floors_clean", "in_stock", "offers_current",
               "needs_asked", "seen_when_busy", "toilets_clean")
_STORIES = {
    "old-mill-arcade": (Story(_ALWAYS, -0.35), Story(95, 0.95)),
    "market-square": (Story(_ALWAYS, 0.3), Story(80, -0.75), Story(80, -0.6, ("responsiveness",))),
    "canal-walk": (Story(_ALWAYS, -0.25), Story(260, -1.8, ("reliability",))),
    "bridge-street": (Story(_ALWAYS, 0.2),),
    "szolohegy": (Story(_ALWAYS, -0.3), Story(200, 0.9)),
    "esplanade": (Story(_ALWAYS, 0.5), Story(150, -0.9)),
    "ziegelgasse": (Story(_ALWAYS, -0.7),),
}


@dataclass(frozen=True)
class Shop:
    """One shop's true level in each dimension, its slow drift and its stories; 0 is ordinary.

    ``habits`` are questions where it is always better or worse than its level.
    """

    levels: Mapping[str, float]
    habits: Mapping[str, float]
    drift_per_year: float
    season: float
    stories: tuple[Story, ...]

    def on(self, day: datetime, today: datetime) -> dict[str, float]:
        """The true levels on a day."""
        ago = (today - day) / timedelta(days=1)
        shift = -self.drift_per_year * ago / 365 + 0.1 * cos(tau * (ago / 365 + self.season))
        return {name: level + shift + self._told(name, ago) for name, level in self.levels.items()}

    def _told(self, dimension: str, ago: float) -> float:
        told = [story for story in self.stories if ago <= story.days_ago and dimension in story.dimensions]
        return sum(story.change for story in told)


def open_shop(code: str, seed: int) -> Shop:
    """A shop as the seed makes it; those with a story of their own start as ordinary ones."""
    rng, stories = Random(f"{seed} shop {code}"), _STORIES.get(code, ())
    base = 0.0 if stories else rng.gauss(0, _SPREAD)
    levels = {name: base + rng.gauss(0, _DIMENSION_SPREAD) for name in _DIMENSIONS}
    habits = dict.fromkeys(rng.sample(WORTH_A_PHOTO, 3), _STRONG) | dict.fromkeys(rng.sample(_OFTEN_WEAK, 2), _WEAK)
    return Shop(levels, habits, rng.gauss(0.05, 0.1), rng.random(), stories)


def leniency(email: str, seed: int) -> float:
    """How much kinder than usual an inspector marks."""
    return Random(f"{seed} inspector {email}").gauss(0, _LENIENCY_SPREAD)


def luck(rng: Random) -> float:
    """What the hour and the people on duty make of a visit."""
    return rng.gauss(0, _LUCK)
