"""What a manager's page is about: region, questionnaire and period, each with the default that shows most."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy import Select
from sqlalchemy.orm import Session

from field import clock
from field.access import MANAGING, READING
from field.errors import Mistake, Problem
from field.locale import N_, Translator, pick
from field.models import Scope, Site
from field.models.overview import select_site_ids, select_slugs, select_titles
from field.models.questionnaire import select_latest
from field.reports.definitions import definition_of
from field.reports.periods import period_words, quarter_until
from field.reports.regions import Node, Tree, tree

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; None is left to the default."""

    region: str | None = None
    questionnaire: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Period:
    """Days, both ends included, each site's in its own zone."""

    first: date
    last: date

    @property
    def before(self) -> "Period":
        """The period of equal length that ends where this one begins: as many whole months, or as many days."""
        end = self.first - _DAY
        if self.first.day == 1 and (self.last + _DAY).day == 1:
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return Period(_months_back(self.first, months), end)
        return Period(end - (self.last - self.first), end)

    def words(self, t: Translator) -> str:
        return period_words(self.first, self.last, t)


@dataclass(frozen=True)
class Questionnaire:
    slug: str
    title: str


@dataclass(frozen=True)
class Selection:
    """``region`` None: all that the person may see. ``questionnaire`` None: no visit counts yet.

    ``visited``: whether a visit with the questionnaire counts in any period; ``latest`` is the day of the last one.
    ``bands`` are the questionnaire's own words for scores.
    """

    tree: Tree
    region: Node | None
    questionnaires: tuple[Questionnaire, ...]
    questionnaire: Questionnaire | None
    period: Period
    visited: bool
    latest: date
    bands: tuple[tuple[Fraction, str], ...] = ()

    @property
    def slug(self) -> str | None:
        return self.questionnaire and self.questionnaire.slug

    @property
    def children(self) -> tuple[Node, ...]:
        """The regions one step below; of a person with a single region, those below that one."""
        return self.tree.children(self.region)

    def presets(self) -> tuple[tuple[str, Period], ...]:
        """Periods worth one tap, with their names."""
        three = Period(*quarter_until(self.latest))
        return (
            (N_("Last three months"), three), (N_("Three months before"), three.before),
            (N_("Last twelve months"), replace(three, first=_months_back(three.first, 9))),
            (N_("Twelve months before"), replace(three, first=_months_back(three.first, 9)).before),
        )


def choose(session: Session, scope: Scope, asked: Asked, t: Translator) -> Selection:
    """The selection of a page about regions; ``request.not_found`` for a region outside the scope."""
    regions = tree(session, scope)
    region = regions.find(asked.region) if asked.region else _only(regions)
    if asked.region and region is None:
        raise Problem("request.not_found")
    sites = scope.sites(select_site_ids(region and region.id), *MANAGING)
    return _selection(session, regions, region, sites, asked, t)


def choose_for_sites(session: Session, scope: Scope, sites: tuple[Site, ...], asked: Asked, t: Translator) -> Selection:
    """The selection of a page about single sites of the scope; the days are those of the first one."""
    ids = scope.sites(select_site_ids(None).where(Site.id.in_([site.id for site in sites])), *READING)
    regions = tree(session, scope)
    return _selection(session, regions, regions.get(sites[0].region_id), ids, asked, t, ZoneInfo(sites[0].time_zone))


def _only(regions: Tree) -> Node | None:
    return regions.roots[0] if len(regions.roots) == 1 else None


def _selection(session: Session, regions: Tree, region: Node | None, sites: Select, asked: Asked, t: Translator,
               zone: ZoneInfo | None = None) -> Selection:
    latest = dict(session.execute(select_slugs(sites)).all())
    slug = asked.questionnaire or next(iter(latest), None)
    titles = _titles(session, [*latest, *([slug] if slug else [])], t)
    if slug and slug not in titles:
        mistake = N_("There is no questionnaire with this code. Choose another one.")
        raise Problem("filters.invalid", errors=[Mistake("/questionnaire", "questionnaire.unknown", mistake)])
    offered = tuple(sorted((Questionnaire(*one) for one in titles.items()), key=lambda one: one.title))
    chosen = next((one for one in offered if one.slug == slug), None)
    day = _day(latest.get(slug), zone or ZoneInfo("UTC"))
    return Selection(regions, region, offered, chosen, period_of(asked, day), slug in latest, day, _bands(session, slug, t))


def _titles(session: Session, slugs: list[str], t: Translator) -> dict[str, str]:
    return {slug: pick(json.loads(title), t.language) for slug, title in session.execute(select_titles(slugs))}


def _bands(session: Session, slug: str | None, t: Translator) -> tuple[tuple[Fraction, str], ...]:
    """The words that the questionnaire's latest version brings for its scores, best first."""
    version = session.scalar(select_latest(slug)) if slug else None
    if version is None:
        return ()
    definition = definition_of(version)
    return tuple((band.start, pick(band.text, t.language, definition.languages)) for band in definition.scoring.bands)


def _day(moment: datetime | None, zone: ZoneInfo) -> date:
    return (moment or clock.now()).astimezone(zone).date()


def period_of(asked: Asked, latest: date) -> Period:
    """What was asked, an open end closed at the latest visit or three months back."""
    if asked.last and not asked.first:
        return Period(quarter_until(asked.last)[0], asked.last)
    if asked.first:
        return Period(asked.first, asked.last or max(asked.first, latest))
    return Period(*quarter_until(latest))


def _months_back(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
