"""The sentences of a comparison, in one language."""

from field.locale import Translator
from field.reports.compare import Comparison, Side
from field.reports.scorecard import DIMENSION_WORDS
from field.reports.svg import Bar, Spot, range_bar, spot
from field.stats.rounding import whole
from field.stats.words import estimate_words, visits_words


class CompareWords:
    """What the comparison's template says."""

    def __init__(self, found: Comparison, t: Translator) -> None:
        self.found, self.t = found, t

    def verdict(self) -> str:
        """Whether the two can be told apart, first of all."""
        first, second = self.found.sides
        if self.found.difference is None:
            return self.t("Too few visits to tell these sites apart.")
        if not self.found.differ:
            return self.t("We cannot yet tell these sites apart.")
        better, other = (first, second) if first.score.mean > second.score.mean else (second, first)
        return self.t("%(better)s keeps more standards than %(other)s.", better=better.site.name, other=other.site.name)

    def apart(self) -> str:
        """ "The difference is 6 points, likely between 2 and 10."; empty where it cannot be said."""
        likely = self.found.difference
        if likely is None:
            return ""
        first, second = (side.score.mean for side in self.found.sides)
        low, high = sorted((likely.low, likely.high) if first >= second else (-likely.high, -likely.low))
        return self.t("The difference is %(points)s, likely between %(low)s and %(high)s.",
                      points=self.t.n("%(n)s point", "%(n)s points", whole(abs(first - second))), low=_signed(low), high=_signed(high))

    def score(self, side: Side) -> str:
        return estimate_words(side.score, self.t)

    def visits(self, side: Side) -> str:
        return visits_words(side.score.visits, self.t)

    def bar(self, side: Side) -> Bar:
        return range_bar(side.score, None)

    def dimensions(self) -> list[tuple[str, tuple[Spot | None, int | None], tuple[Spot | None, int | None]]]:
        """Each dimension with its place and number at both sites."""
        pairs = zip(*(side.dimensions for side in self.found.sides), strict=True)
        return [(self.t(title), _placed(a), _placed(b)) for (title, _), (a, b) in zip(DIMENSION_WORDS.values(), pairs, strict=True)]

    def sections(self) -> list[tuple[str, tuple[Spot | None, int | None], tuple[Spot | None, int | None]]]:
        """Each section with its place and number at both sites."""
        first, second = (side.sections for side in self.found.sides)
        return [(title, _placed(first.get(key)), _placed(second.get(key))) for key, title in self.found.sections]

    def share(self, kept: tuple[int, int]) -> str:
        """ "3 of 4 visits"."""
        return self.t.n("%(kept)s of %(n)s visit", "%(kept)s of %(n)s visits", kept[1], kept=kept[0])


def _signed(value: float) -> str:
    """A whole number with a true minus."""
    return str(whole(value)).replace("-", "−")


def _placed(value: float | None) -> tuple[Spot | None, int | None]:
    return spot(value), None if value is None else whole(value)
