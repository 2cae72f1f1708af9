"""One visit in full: every answer in words, its comment and photos, and the trace from answer to score.

The inspector is not named: whoever reads it is a shop's manager or staff. It is complete or it is not made: while
a photo is missing it is refused.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from field.errors import Problem
from field.locale import Translator, pick, translator
from field.models import Answer, Scope, Site, Visit
from field.models.visit import select_answers, select_visit
from field.photos.store import PhotoStore
from field.questionnaire import Definition, Line, score, show_answer
from field.reports.bidi import apart
from field.reports.definitions import definition_of
from field.reports.periods import day_words
from field.reports.report import Part, Picture, Told, VisitReport
from field.reports.report_page import draw_pages
from field.reports.report_photos import Pictures, pictures_of
from field.reports.report_trace import points_words, steps
from field.reports.sheet import Sheet
from field.reports.speaking import speaking
from field.stats.words import score_words


def gather(session: Session, scope: Scope, visit_id: str, *, photos: PhotoStore,
           language: str | None = None) -> VisitReport:
    """The report of a visit that the scope shows; Problem ``report.photos_missing`` names the photos it waits for."""
    row = session.execute(scope.visits(select_visit(visit_id))).first()
    if row is None:
        raise Problem("request.not_found")
    visit, site, version = row
    t, content = speaking(language or site.language)
    definition = definition_of(version)
    say = partial(pick, language=content, languages=definition.languages)
    pictures = pictures_of(session, visit, definition, photos, say, t)
    answers = {answer.question: answer for answer in session.scalars(select_answers(visit_id))}
    return _report(visit, site, definition, answers, pictures, content, t, closer=is_closer(session, scope, visit_id))


def _report(visit: Visit, site: Site, definition: Definition, answers: Mapping[str, Answer], pictures: Pictures,
            content: str, t: Translator, *, closer: bool) -> VisitReport:
    sent = {key: as_sent(answer) for key, answer in answers.items()}
    found = score(definition, {key: answer for key, answer in sent.items() if answer})
    zone, say = ZoneInfo(site.time_zone), lambda text: pick(text, content, definition.languages)
    told = {line.key: _told(line, sent.get(line.key, {}), pictures.get(line.key, ()), say, content, t)
            for line in found.lines if line.state != "hidden" and line.question.behaviour.takes_answer}
    parts = (Part(say(section.title), found.sections[section.key],
                  tuple(told[question.key] for question in section.questions if question.key in told))
             for section in definition.sections)
    bands = tuple((band.start, say(band.text)) for band in definition.scoring.bands)
    start, end = visit.started_at.astimezone(zone), visit.finished_at.astimezone(zone)
    return VisitReport(
        site=site.name, questionnaire=say(definition.title), version=definition.version, language=t.language,
        zone=site.time_zone, day=start.date(), hours=(start, end) if closer else None, score=found.overall, outcome=found.outcome,
        words=score_words(found.overall, t, failed_critical=bool(found.failed_critical), bands=bands),
        parts=tuple(part for part in parts if part.told), steps=tuple(steps(definition, found, t, content)),
    )


def is_closer(session: Session, scope: Scope, visit_id: str) -> bool:
    """Whether the person reviews there: hours, flags and history are for nobody else."""
    return session.scalar(scope.reviewing(select(Visit.id).where(Visit.id == visit_id))) is not None


def as_sent(answer: Answer) -> dict[str, Any]:
    """An answer's row as the revision had it; empty where nothing was answered."""
    beside = {"comment": answer.comment} if answer.comment else {}
    if answer.state == "not_applicable":
        return {"not_applicable": True, **beside}
    if answer.reason is not None:
        return {"could_not_check": answer.reason, **beside}
    return {"value": answer.value, **beside} if answer.value is not None else {}


def _told(line: Line, answer: Mapping[str, Any], pictures: Sequence[Picture], say, content: str,
          t: Translator) -> Told:
    question = line.question
    words = show_answer(question, answer, content)
    if not answer and not question.behaviour.takes_value:
        words = t.n("%(n)s photo", "%(n)s photos", len(pictures))
    return Told(say(question.text), line.mark, words, points_words(line, t), answer.get("comment", ""), tuple(pictures))


def draw(report: VisitReport, paper: str = "a4") -> bytes:
    """The report as a PDF of as many pages as it takes; the same bytes for the same report."""
    t = translator(report.language)
    title = t("Visit to %(site)s on %(day)s", site=apart(report.site), day=day_words(report.day, t))
    sheet = Sheet(paper, title=title, language=report.language)
    draw_pages(sheet, report, t)
    return sheet.finish()
