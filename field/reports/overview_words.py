"""The sentences of the overview, in one language."""

from field.locale import N_, Translator
from field.reports.change import Moved, change_words
from field.reports.numbers import together
from field.reports.overview import Overview, RegionRow, SiteRow
from field.reports.scorecard import DIMENSION_WORDS
from field.reports.svg import Bar, Spot, range_bar, spot
from field.stats.ranges import Estimate
from field.stats.rounding import settled, whole
from field.stats.words import range_words, score_words, silence_words, visits_count, visits_words

#: How many moved sites are named; the others are a tap away.
NAMED = 4
_REGION_WORDS = (
    (90, N_("%(region)s: nearly every standard is kept")),
    (75, N_("%(region)s: most standards are kept")),
    (50, N_("%(region)s: some standards are kept, others are not")),
    (0, N_("%(region)s: many standards are missed")),
)


class OverviewWords:
    """What the overview's template says; every method gives finished text."""

    def __init__(self, found: Overview, t: Translator) -> None:
        self.found, self.t = found, t
        self.dimensions = [t(title) for title, _ in DIMENSION_WORDS.values()]

    def title(self) -> str:
        """The first sentence, decided before rounding."""
        region = self.found.whole
        if region is None:
            return self.t("All your regions") if self.found.regions else self.t("Your sites")
        if region.score.mean is None:
            words = N_("%(region)s: no accepted visit in this period") if self.found.selection.visited else N_("%(region)s: no accepted visit yet")
            return self.t(words, region=region.node.name)
        score = settled(region.score.mean)
        if self.found.selection.bands:
            return self.t("%(region)s: %(words)s", region=region.node.name, words=score_words(score, self.t, bands=self.found.selection.bands))
        return self.t(next(words for start, words in _REGION_WORDS if score >= start), region=region.node.name)

    def likely(self, score: Estimate) -> str:
        """ "likely between 80 and 85", or why not."""
        return range_words(score.range, self.t) if score.range else silence_words(score.silence, self.t).rstrip(".。").lower()

    def visited(self, row: RegionRow) -> str:
        """ "58 visits to 11 of 12 sites"."""
        visits = visits_count(row.score.visits, self.t)
        return self.t.n("%(visits)s to %(visited)s of %(n)s site", "%(visits)s to %(visited)s of %(n)s sites", row.sites,
                        visits=visits, visited=row.visited)

    def between(self, score: Estimate) -> str:
        """The range's numbers: "83 to 93", "no range"."""
        if score.range:
            low, high = score.range.shown
            return self.t("%(low)s to %(high)s", low=low, high=high)
        return self.t("no range") if score.visits else ""

    def sentence(self, score: Estimate) -> str:
        """The range as a sentence of its own: "Likely between 83 and 93."; empty without one."""
        if not score.range:
            return ""
        low, high = score.range.shown
        return self.t("Likely between %(low)s and %(high)s.", low=low, high=high)

    def change(self, row: SiteRow) -> str:
        return change_words(row.change, self.t)

    def moved(self, row: SiteRow) -> str:
        """ "up 9, to 84. More than its normal movement of 7."."""
        words = N_("up %(points)s, to %(score)s. More than its normal movement of %(normal)s.") if row.change.moved == Moved.UP \
            else N_("down %(points)s, to %(score)s. More than its normal movement of %(normal)s.")
        return self.t(words, points=row.change.points, score=whole(row.score.mean), normal=whole(row.change.normal))

    def others(self) -> str:
        """What happened to the sites that are not named."""
        moved, compared = len(self.found.moved), self.found.compared
        if not compared:
            return self.t("No site has two visits in both periods: nothing to compare yet.")
        if not moved:
            return self.t.n("The %(n)s site compared moved no more than usual.",
                            "None of the %(n)s sites compared moved more than usual.", compared)
        if compared == moved:
            return ""
        return self.t.n("%(n)s other moved no more than usual.", "%(n)s others moved no more than usual.", compared - moved)

    def chance(self) -> str:
        """How many sites chance alone would name: one in twenty of those compared."""
        compared = self.found.compared
        looked = self.t.n("%(n)s site compared.", "%(n)s sites compared.", compared)
        by_chance = self.t("Chance alone would name fewer than one.") if compared < 20 \
            else self.t("Chance alone would name about %(n)s.", n=whole(compared / 20))
        return together((looked, by_chance), self.t)

    def waits(self) -> list[str]:
        """What is on its way and does not count yet, only what is there."""
        reviewed, submitted, returned = (self.found.waiting.get(state, 0) for state in ("in_review", "submitted", "returned"))
        planned, n = self.found.planned, self.t.n
        said = (
            (reviewed, n("%(n)s visit in review, not counted yet", "%(n)s visits in review, not counted yet", reviewed)),
            (submitted, n("%(n)s visit waits for review, not counted yet", "%(n)s visits wait for review, not counted yet", submitted)),
            (returned, n("%(n)s visit returned to be put right", "%(n)s visits returned to be put right", returned)),
            (planned, n("%(n)s visit planned", "%(n)s visits planned", planned)),
        )
        return [words for count, words in said if count]

    def in_words(self, row: SiteRow) -> str:
        """How much the visits carry, and what is planned where none was made."""
        said = visits_words(row.score.visits, self.t) if row.score.visits or not row.visited else self.t("No accepted visit in this period.")
        if row.score.visits or not row.planned:
            return said
        planned = self.t.n("%(n)s is planned.", "%(n)s are planned.", row.planned)
        return together((said, planned), self.t)

    def critical(self, row: SiteRow) -> str:
        """ "in 2 visits", beside the mark of a missed must-keep standard."""
        return self.t.n("in %(n)s visit", "in %(n)s visits", row.critical)

    def lowest(self, row: SiteRow) -> str:
        """ "Lowest: Responsiveness, 75"; empty without a dimension."""
        known = [(value, name) for value, name in zip(row.dimensions, self.dimensions, strict=True) if value is not None]
        if not known:
            return ""
        value, name = min(known)
        return self.t("Lowest: %(dimension)s, %(score)s", dimension=name, score=whole(value))

    def bar(self, row: SiteRow) -> Bar:
        return range_bar(row.score, row.line.score)

    def region_bar(self, row: RegionRow) -> Bar:
        return range_bar(row.score, self.found.whole.score.mean if self.found.whole else None)

    def profile(self, row: SiteRow) -> list[tuple[str, int | None, Spot | None, Spot | None]]:
        """Name, number, place and the region's place of each dimension."""
        return [(name, None if value is None else whole(value), spot(value), spot(line))
                for name, value, line in zip(self.dimensions, row.dimensions, row.line.dimensions, strict=True)]
