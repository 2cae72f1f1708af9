"""The sentences and the chart of a site's page, in one language."""

from dataclasses import dataclass
from fractions import Fraction

from field.locale import N_, Translator
from field.reports.change import Moved
from field.reports.numbers import number, score_number, stopped, together
from field.reports.report_trace import MOVES
from field.reports.scorecard import DIMENSION_WORDS
from field.reports.site_view import SiteView, VisitRow
from field.reports.svg import Dots, Spot, dots, spot
from field.reports.visit_columns import Columns, QuestionLine
from field.stats.ranges import Estimate
from field.stats.rounding import whole
from field.stats.words import range_words, score_words, silence_words, visits_count, visits_words

#: How many days are written under the chart.
LABELS = 8


@dataclass(frozen=True)
class Dot:
    """One visit in the chart: where it stands, whether another version begins with it and where that break lies."""

    visit: VisitRow
    x: str
    y: str
    left: str
    breaks: bool
    labelled: bool


@dataclass(frozen=True)
class Chart:
    """Visits from left to right; ``mean`` and ``high`` are distances from the top, ``depth`` is the band's height."""

    scale: Dots
    dots: tuple[Dot, ...]
    mean: str
    high: str | None
    depth: str | None


class SiteWords:
    """What the site's templates say."""

    def __init__(self, found: SiteView, t: Translator) -> None:
        self.found, self.t = found, t

    def likely(self, score: Estimate) -> str:
        """ "likely between 79 and 89", or why no range can be said."""
        return range_words(score.range, self.t) if score.range else silence_words(score.silence, self.t).rstrip(".。").lower()

    def visits(self) -> str:
        """ "8 visits. Good picture."."""
        score = self.found.score
        return together((stopped(visits_count(score.visits, self.t), self.t), visits_words(score.visits, self.t)), self.t)

    def score(self) -> str:
        return score_words(self.found.score.mean, self.t, failed_critical=self.found.critical > 0,
                           bands=self.found.selection.bands)

    def nothing(self) -> str:
        """Why there is no score, and what is planned."""
        said = self.t("No accepted visit in this period.") if self.found.selection.visited else visits_words(0, self.t)
        planned = self.t.n("%(n)s is planned.", "%(n)s are planned.", self.found.planned)
        return together((said, planned), self.t) if self.found.planned else said

    def change(self) -> str:
        """ "Up 9 since June to August 2026, more than its normal movement of 7."."""
        change, before = self.found.change, self.found.selection.period.before.words(self.t)
        if not change.compared:
            return self.t("Nothing to compare in %(period)s.", period=before)
        words = {
            Moved.UP: N_("Up %(points)s against %(period)s, more than its normal movement of %(normal)s."),
            Moved.DOWN: N_("Down %(points)s against %(period)s, more than its normal movement of %(normal)s."),
        }.get(change.moved, N_("Normal movement against %(period)s."))
        values = {"points": change.points, "normal": whole(change.normal)} if change.real else {}
        return self.t(words, period=before, **values)

    def profile(self) -> list[tuple[str, int | None, Spot | None, Spot | None]]:
        """Name, number, place and the region's place of each dimension."""
        lines = self.found.line.dimensions if self.found.line else (None,) * len(DIMENSION_WORDS)
        return [(self.t(title), None if value is None else whole(value), spot(value), spot(line))
                for (title, _), value, line in zip(DIMENSION_WORDS.values(), self.found.dimensions, lines, strict=True)]

    def older(self) -> str:
        return self.t.n("%(n)s visit was made with another version of the questionnaire.",
                        "%(n)s visits were made with another version of the questionnaire.", self.found.older)

    def chart(self) -> Chart | None:
        """The visits that have a score, the oldest first; None without any."""
        visits = [visit for visit in reversed(self.found.visits) if visit.score is not None]
        if not visits:
            return None
        likely = self.found.score.range
        scale = dots([visit.score for visit in visits], [likely.low] if likely else [])
        every = -(-len(visits) // LABELS)
        marks = tuple(
            Dot(visit, scale.across(n + 0.5), scale.up(visit.score), scale.across(n),
                n > 0 and visit.version != visits[n - 1].version, (len(visits) - 1 - n) % every == 0)
            for n, visit in enumerate(visits)
        )
        high, depth = (scale.up(likely.high), scale.deep(likely.high, likely.low)) if likely else (None, None)
        return Chart(scale, marks, scale.up(self.found.score.mean), high, depth)

    def points(self, line: QuestionLine) -> str:
        """ "0 of 4", "left out", or nothing for what is not scored."""
        if line.earned is None:
            return self.t("left out") if line.left_out else ""
        return self.t("%(earned)s of %(maximum)s", earned=number(line.earned, self.t), maximum=number(line.maximum, self.t))

    def trace(self, columns: Columns, visit: VisitRow) -> list[tuple[str, str, str]]:
        """From the answer to the site's score: label, value and remark."""
        return [*self._answer(columns), *self._section(columns), *self._visit(columns, visit), self._site()]

    def _answer(self, columns: Columns) -> list[tuple[str, str, str]]:
        line = columns.opened.line
        if line.earned is None:
            remark = self.t("counts neither for nor against") if line.mark == "not_applicable" else ""
            return [(self.t("Points"), self.t("left out") if line.left_out else self.t("not scored"), remark)]
        return [(self.t("Points"), self.points(line), ""), (self.t("Weight in section"), number(line.weight, self.t), "")]

    def _section(self, columns: Columns) -> list[tuple[str, str, str]]:
        section = columns.section
        if section.score is None:
            return [(section.title, "–", self.t("nothing was scored"))]
        sums = self.t("%(earned)s of %(maximum)s", earned=number(section.earned, self.t), maximum=number(section.maximum, self.t))
        rows = [(section.title, sums, f"= {score_number(section.score, self.t)}")]
        if columns.mode == "sections":
            share = self.t("%(earned)s of %(maximum)s", earned=number(section.weight, self.t), maximum=number(columns.weights, self.t))
            rows.append((self.t("Section weight"), share, ""))
        return rows

    def _visit(self, columns: Columns, visit: VisitRow) -> list[tuple[str, str, str]]:
        rows = [(self.t("Must-keep rule"), "", self.t(MOVES[f"critical.{columns.critical}"]))] if visit.critical_failed else []
        return [*rows, (self.t("Visit"), score_number(visit.score, self.t), self._rounded(visit.score))]

    def _rounded(self, score: Fraction | None) -> str:
        """ "rounded from 77.25", where something was rounded."""
        if score is None or (10 * score).denominator == 1:
            return ""
        return self.t("rounded from %(score)s", score=number(score, self.t))

    def _site(self) -> tuple[str, str, str]:
        score = self.found.score
        return (self.t("Site, %(visits)s", visits=visits_count(score.visits, self.t)),
                "–" if score.mean is None else str(whole(score.mean)), self.t("mean of visits"))
