"""A site's result on one printed page: what its staff read on the wall, understand and act on.

Question texts and standards only: no comment, no person, no time of day, no rank.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from field import clock
from field.locale import N_, Translator, pick, translator
from field.models import QuestionnaireVersion, Scope, Site, Visit
from field.models.result import (
    select_last_result,
    select_lines,
    select_planned,
    select_printable,
    select_results,
    select_scores,
    select_zones,
)
from field.photos.names import NotStored
from field.photos.store import PhotoStore
from field.questionnaire import Definition
from field.reports.bidi import apart
from field.reports.card import Praise, Row, Scorecard, Task
from field.reports.choices import Line, Tally, choose_praise, choose_tasks, single_score, tallies
from field.reports.definitions import definition_of
from field.reports.periods import bounds
from field.reports.scorecard_page import draw_page
from field.reports.selection import Asked, Period, period_of
from field.reports.sheet import Sheet
from field.reports.speaking import speaking
from field.stats.pool import pooled
from field.stats.ranges import NOTHING, Estimate, estimate
from field.stats.words import score_words

PHOTO_SIZE = 400
Say = Callable[[Mapping[str, str] | None], str]
DIMENSION_WORDS = {
    "tangibles": (N_("Tangibles"), N_("What can be seen")),
    "reliability": (N_("Reliability"), N_("Right, and as promised")),
    "responsiveness": (N_("Responsiveness"), N_("Prompt, willing help")),
    "assurance": (N_("Assurance"), N_("Knowledge and courtesy")),
    "empathy": (N_("Empathy"), N_("Personal attention")),
}


def gather(session: Session, scope: Scope, site: Site, *, photos: PhotoStore, base_url: str,
           slug: str | None = None, first: date | None = None, last: date | None = None,
           language: str | None = None) -> Scorecard:
    """The scorecard of a site that the scope shows, in days of the site's zone.

    Without ``slug`` the questionnaire of its latest counted visit; without ``first`` and ``last`` the last three
    months with visits, one of them alone as on the site's page; without ``language`` the site's own.
    """
    (t, content), zone = speaking(language or site.language), ZoneInfo(site.time_zone)
    latest = session.scalar(scope.visits(select_last_result(site.id, slug)))
    if latest is None:
        return _nothing(session, site, slug, t, base_url)
    period = period_of(Asked(first=first, last=last), latest.started_at.astimezone(zone).date())
    days = bounds(period.first, period.last, zone)
    visits = list(session.scalars(scope.visits(select_results(site.id, latest.slug, *days))))
    version = session.get_one(QuestionnaireVersion, (visits[0] if visits else latest).version_id)
    definition = definition_of(version)
    say = partial(pick, language=content, languages=definition.languages)
    itemised = not single_score(definition)
    praise, tasks = _chosen(session, definition, visits, photos, say) if itemised else ((), ())
    score = _score(session, site, latest.slug, period, visits)
    return Scorecard(
        site=site.name, questionnaire=say(definition.title),
        language=t.language, first=period.first, last=period.last, made_on=clock.now().astimezone(zone).date(),
        visits=len(visits), score=score, words=_words(definition, score, visits, say, t),
        sections=_sections(definition, visits, say),
        dimensions=_dimensions(definition, visits, t), done_well=praise, to_do=tasks,
        planned=session.scalar(select_planned(site.id, latest.slug)) or 0, address=_address(base_url, site),
        versions=len({visit.version_id for visit in visits}), itemised=itemised,
    )


def _nothing(session: Session, site: Site, slug: str | None, t: Translator, base_url: str) -> Scorecard:
    today = clock.now().astimezone(ZoneInfo(site.time_zone)).date()
    planned = session.scalar(select_planned(site.id, slug)) or 0
    return Scorecard(site=site.name, questionnaire="", language=t.language, first=None, last=None, made_on=today,
                     visits=0, score=NOTHING, words="", sections=(), dimensions=(), done_well=(), to_do=(),
                     planned=planned, address=_address(base_url, site))


def _address(base_url: str, site: Site) -> str:
    return f"{base_url.rstrip('/')}/sites/{quote(site.code)}"


def _score(session: Session, site: Site, slug: str, period: Period, visits: Sequence[Visit]) -> Estimate:
    """The site's score, its range from the pool of its whole top-level region, whoever looks."""
    top, samples = site.region.top_id, defaultdict(list)
    spans = {zone: bounds(period.first, period.last, ZoneInfo(zone)) for zone in session.scalars(select_zones(top))}
    for site_id, overall in session.execute(select_scores(slug, top, spans)):
        samples[site_id].append(overall)
    return estimate([visit.overall for visit in visits if visit.overall is not None], pooled(samples))


def _words(definition: Definition, score: Estimate, visits: Sequence[Visit], say: Say, t: Translator) -> str:
    if visits and score.mean is None:
        return t("No overall score: see the single standards.")
    bands = tuple((band.start, say(band.text)) for band in definition.scoring.bands)
    return score_words(score.mean, t, failed_critical=any(visit.critical_failed for visit in visits), bands=bands)


def _sections(definition: Definition, visits: Sequence[Visit], say: Say) -> tuple[Row, ...]:
    scored = (section for section in definition.sections if any(question.points for question in section.questions))
    return tuple(Row(say(section.title), _mean(visit.sections.get(section.key) for visit in visits)) for section in scored)


def _dimensions(definition: Definition, visits: Sequence[Visit], t: Translator) -> tuple[Row, ...]:
    """All five, because what is not measured is to be seen; none where the questionnaire knows no dimensions."""
    if not definition.dimensions:
        return ()
    return tuple(Row(t(title), _mean(getattr(visit, name) for visit in visits), t(explained))
                 for name, (title, explained) in DIMENSION_WORDS.items())


def _mean(scores) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None


def _chosen(session: Session, definition: Definition, visits: Sequence[Visit], photos: PhotoStore,
            say: Say) -> tuple[tuple[Praise, ...], tuple[Task, ...]]:
    """What to praise and what to ask for."""
    ids = [visit.id for visit in visits]
    tallied = tallies(definition, (Line(*row) for row in session.execute(select_lines(ids))))
    printable: dict[str, list[str]] = defaultdict(list)
    for question, sha256 in session.execute(select_printable(ids)):
        printable[question].append(sha256)
    praise = (Praise(say(tally.question.text), _photo(photos, printable[tally.question.key]))
              for tally in choose_praise(tallied, printable))
    return tuple(praise), tuple(_task(tally, say) for tally in choose_tasks(tallied))


def _task(tally: Tally, say: Say) -> Task:
    question = tally.question
    return Task(say(question.text), say(question.standard), tally.kept, tally.visits, question.critical)


def _photo(photos: PhotoStore, digests: Sequence[str]) -> bytes | None:
    """The first photo whose small copy is there; a sheet never waits for one."""
    for sha256 in digests:
        try:
            return photos.get(sha256, PHOTO_SIZE)
        except NotStored:
            continue
    return None


def draw(card: Scorecard, paper: str = "a4") -> bytes:
    """The page as a PDF, on ``a4`` or ``letter`` paper: always one page, the same bytes for the same card."""
    t = translator(card.language)
    sheet = Sheet(paper, title=t("Scorecard of %(site)s", site=apart(card.site)), language=card.language)
    draw_page(sheet, card, t)
    return sheet.finish()
