"""Two sites side by side: whether they differ for real, and in what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from field.locale import Translator, pick
from field.models import QuestionnaireVersion, Scope, Site, Visit
from field.models.overview import select_marks
from field.models.result import select_results
from field.questionnaire import Definition
from field.reports.definitions import definition_of
from field.reports.periods import bounds
from field.reports.pools import gather_pools
from field.reports.selection import Selection
from field.reports.site_view import section_means, zone_of
from field.stats.pool import t_quantile
from field.stats.ranges import NOTHING, Estimate, Range, Silence, estimate

#: Questions named where the sites differ most.
NAMED = 8
_JUDGED = ("kept", "partly", "missed", "must_keep_missed")


@dataclass(frozen=True)
class Side:
    """One of the two sites."""

    site: Site
    score: Estimate
    critical: int
    dimensions: tuple[float | None, ...]
    sections: Mapping[str, float]


@dataclass(frozen=True)
class Kept:
    """How often one standard was kept at each site: kept and judged visits of both."""

    key: str
    text: str
    first: tuple[int, int]
    second: tuple[int, int]

    @property
    def apart(self) -> Fraction:
        return abs(Fraction(*self.first) - Fraction(*self.second))


@dataclass(frozen=True)
class Comparison:
    """``difference`` is the first score less the second, with where it likely lies; None where that cannot be said."""

    sides: tuple[Side, Side]
    difference: Range | None
    sections: tuple[tuple[str, str], ...]
    questions: tuple[Kept, ...]

    @property
    def differ(self) -> bool:
        """Whether the sites can be told apart: the difference likely does not include 0."""
        return self.difference is not None and (self.difference.low > 0 or self.difference.high < 0)


def gather(session: Session, scope: Scope, sites: tuple[Site, Site], selection: Selection, t: Translator) -> Comparison | None:
    """The comparison of two sites that the scope shows; None while no visit to either counts."""
    if selection.slug is None:
        return None
    [pool] = gather_pools(session, selection.slug, sorted({site.region.top_id for site in sites}), (selection.period,))
    visits = [_visits(session, scope, site, selection) for site in sites]
    first, second = (_side(site, seen, pool) for site, seen in zip(sites, visits, strict=True))
    df = min(pool.pool(site.region.top_id).df for site in sites)
    definition = _definition(session, [*visits[0], *visits[1]])
    if definition is None:
        return None
    titles = tuple((part.key, pick(part.title, t.language, definition.languages)) for part in definition.sections
                   if part.key in {*first.sections, *second.sections})
    marks = session.execute(select_marks([visit.id for seen in visits for visit in seen])).all()
    return Comparison((first, second), difference(first.score, second.score, df), titles, _questions(definition, sites, marks, t))


def difference(first: Estimate, second: Estimate, df: int) -> Range | None:
    """Where the difference of two scores likely lies, from their errors; None where a score has one visit or no range."""
    if first.error is None or second.error is None or {first.silence, second.silence} & {Silence.ONE_VISIT, Silence.TOO_FEW}:
        return None
    half = t_quantile(df) * (first.error**2 + second.error**2) ** 0.5
    apart = float(first.mean - second.mean)
    return Range(apart - half, apart + half)


def _visits(session: Session, scope: Scope, site: Site, selection: Selection) -> list[Visit]:
    period = bounds(selection.period.first, selection.period.last, zone_of(site))
    return list(session.scalars(scope.visits(select_results(site.id, selection.slug, *period))))


def _side(site: Site, visits: Sequence[Visit], pool) -> Side:
    seen = pool.of(site.id)
    score = estimate(seen.scores, pool.pool(site.region.top_id)) if seen.scores else NOTHING
    return Side(site, score, seen.critical, seen.dimensions, section_means(visits))


def _definition(session: Session, visits: Sequence[Visit]) -> Definition | None:
    """The version of the latest visit."""
    if not visits:
        return None
    latest = max(visits, key=lambda visit: visit.started_at)
    return definition_of(session.get_one(QuestionnaireVersion, latest.version_id))


def _questions(definition: Definition, sites: Sequence[Site], marks: Sequence, t: Translator) -> tuple[Kept, ...]:
    """The standards whose shares of visits that kept them lie furthest apart."""
    counts: dict[tuple[str, str], list[int]] = {}
    for site_id, question, mark, count in marks:
        if mark in _JUDGED:
            kept = counts.setdefault((site_id, question), [0, 0])
            kept[0] += count if mark == "kept" else 0
            kept[1] += count
    both = [_kept(question, counts, sites, definition, t) for question in definition.questions.values()
            if all((site.id, question.key) in counts for site in sites)]
    return tuple(sorted((one for one in both if one.apart), key=lambda one: -one.apart)[:NAMED])


def _kept(question, counts: Mapping[tuple[str, str], list[int]], sites: Sequence[Site], definition: Definition, t: Translator) -> Kept:
    first, second = (tuple(counts[site.id, question.key]) for site in sites)
    return Kept(question.key, pick(question.text, t.language, definition.languages), first, second)
