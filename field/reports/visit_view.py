"""One visit for a screen, scored anew from its answers and its own version of the questionnaire."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field.access import MANAGING
from field.locale import N_, Translator, pick, translator
from field.models import Photo, PhotoUse, QuestionnaireVersion, Scope, Site, Visit
from field.models.person import select_number
from field.models.result import select_placed
from field.models.visit import select_answers, select_visit
from field.questionnaire import Definition, Line, Score, Section, score, show_answer
from field.questionnaire.needs import photos_needed
from field.questionnaire.rules import ANSWERED, UNANSWERED, read
from field.reports.definitions import definition_of
from field.reports.numbers import comma, number, score_number
from field.reports.report_photos import numbered
from field.reports.report_trace import points_words, steps
from field.reports.scorecard import DIMENSION_WORDS
from field.reports.visit_flags import flags_in_words
from field.reports.visit_history import history
from field.reports.visit_report import as_sent, is_closer
from field.reports.visit_seen import Asked, Chapter, Shot, VisitView
from field.stats.words import score_words

#: Below this share of what could be scored, a reader is warned.
_ENOUGH_CHECKED = 0.9
_UNREADABLE = {
    "damaged": N_("The file is damaged."),
    "memory": N_("It needs more memory than a photo should."),
    "time": N_("It takes longer to read than a photo should."),
    "crash": N_("Reading it failed."),
}


def gather(session: Session, scope: Scope, visit_id: str, language: str) -> VisitView | None:
    """A visit that the scope shows, or None. What was written is not for staff; flags and history are for those who review there."""
    row = session.execute(scope.visits(select_visit(visit_id))).first()
    if row is None:
        return None
    written = session.scalar(scope.sites(select(Site.id).where(Site.id == row.Site.id), *MANAGING)) is not None
    closer = is_closer(session, scope, visit_id)
    return _Gathering(session, *row, translator(language), written, closer).view()


class _Gathering:
    """Puts one visit together."""

    def __init__(self, session: Session, visit: Visit, site: Site, version: QuestionnaireVersion, t: Translator,
                 written: bool, closer: bool) -> None:
        self.session, self.visit, self.site, self.version, self.t = session, visit, site, version, t
        self.written, self.closer = written, closer
        self.definition: Definition = definition_of(version)
        answers = {answer.question: as_sent(answer) for answer in session.scalars(select_answers(visit.id))}
        self.answers = {key: answer for key, answer in answers.items() if answer}
        self.score: Score = score(self.definition, self.answers)
        self.shots = _shots(session.execute(select_placed(visit.id)).all(), self.definition, t)

    def view(self) -> VisitView:
        t, found = self.t, self.score
        bands = tuple((band.start, self.say(band.text)) for band in self.definition.scoring.bands)
        return VisitView(
            visit=self.visit, site=self.site, version=self.version, title=self.say(self.definition.title),
            written=self.written, closer=self.closer,
            chapters=tuple(self._chapters()), steps=tuple(steps(self.definition, found, t)),
            dimensions=tuple((t(DIMENSION_WORDS[name][0]), score_number(value, t)) for name, value in found.dimensions.items() if value is not None),
            score=self._shown(found.overall),
            words=score_words(found.overall, t, failed_critical=bool(found.failed_critical), bands=bands),
            counts=_counts(found, t), photos=_photos(self.shots, t), warning=self._warning(), **self._closer())

    def say(self, text: Mapping[str, str] | None) -> str:
        return pick(text, self.t.language, self.definition.languages)

    def _closer(self) -> dict[str, Any]:
        if not self.closer:
            return {}
        inspector = self.session.scalar(select_number(self.visit.person_id))
        return {"inspector": inspector, "flags": flags_in_words(self.visit.flags, self.t),
                "history": tuple(history(self.session, self.visit, inspector, self.t))}

    def _warning(self) -> str:
        coverage = self.score.coverage
        if coverage is None or coverage >= _ENOUGH_CHECKED:
            return ""
        return self.t("Only %(share)s in 100 of what could be scored was checked.", share=score_number(100 * coverage, self.t, 0))

    def _chapters(self) -> Iterator[Chapter]:
        needs = dict(_missing_photos(self.definition, self.answers, self.shots, self.t))
        for section in self.definition.sections:
            lines = [line for line in self.score.lines if line.section == section.key and line.state != "hidden"]
            asked = tuple(self._asked(line, needs.get(line.key, ())) for line in lines if line.question.behaviour.takes_answer)
            if asked:
                yield self._chapter(section, lines, asked)

    def _chapter(self, section: Section, lines: Sequence[Line], asked: tuple[Asked, ...]) -> Chapter:
        scored = [line for line in lines if line.state == "scored"]
        return Chapter(
            section.key, self.say(section.title), self._shown(self.score.sections[section.key]),
            earned=number(sum(line.weight * line.earned for line in scored), self.t) if scored else "",
            possible=number(sum(line.weight * line.maximum for line in scored), self.t) if scored else "", asked=asked)

    def _shown(self, value: Fraction | None) -> str | None:
        return None if value is None else score_number(value, self.t)

    def _asked(self, line: Line, needs: tuple[str, ...]) -> Asked:
        question, answer, shots = line.question, self.answers.get(line.key, {}), self.shots.get(line.key, ())
        return Asked(
            question=question, text=self.say(question.text), standard=self.say(question.standard), mark=line.mark,
            answer=self._words(line, answer, len(shots)), points=self._points(line), trace=points_words(line, self.t),
            comment=answer.get("comment", "") if self.written else "", shots=tuple(shots), needs=needs)

    def _words(self, line: Line, answer: Mapping[str, Any], shots: int) -> str:
        if not answer and not line.question.behaviour.takes_value:
            return self.t.n("%(n)s photo", "%(n)s photos", shots)
        if answer and not self.written and (line.state == "could_not_check" or line.question.behaviour.scored_by == "reviewer"):
            return self.t("Could not check") if line.state == "could_not_check" else self.t("Answered in words")
        return show_answer(line.question, answer, self.t.language)

    def _points(self, line: Line) -> str:
        if line.earned is not None:
            return self.t("%(earned)s of %(maximum)s", earned=number(line.earned, self.t), maximum=number(line.maximum, self.t))
        return self.t("left out") if line.question.scorable else ""


def _shots(rows: Sequence[tuple[PhotoUse, Photo | None]], definition: Definition, t: Translator) -> dict[str, list[Shot]]:
    """Photos by question; one that never came is unreadable."""
    found: dict[str, list[Shot]] = defaultdict(list)
    for count, use, photo in numbered(rows, definition):
        found[use.question].append(Shot(
            count, use.sha256, use.question, use.position, use.caption or "", use.taken_at,
            state=photo.state if photo else "unreadable", because=_because(photo, t), printable=use.printable))
    return found


def _because(photo: Photo | None, t: Translator) -> str:
    reason = photo.unreadable_because if photo else "damaged"
    return t(_UNREADABLE.get(reason, reason)) if reason else ""


def _missing_photos(definition: Definition, answers: Mapping[str, Any], shots: Mapping[str, Sequence[Shot]],
                    t: Translator) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Questions that ask for more photos than they have readable ones."""
    states, values = read(definition, answers)
    for _, section in definition.plan.sections:
        for step in section:
            taken = shots.get(step.key, ())
            readable = sum(1 for shot in taken if shot.state != "unreadable")
            needed = photos_needed(step, values, len(taken)) if states[step.key] in (ANSWERED, UNANSWERED) else 0
            if readable < needed:
                yield step.key, (t.n("Asks for %(n)s photo, has %(has)s.", "Asks for %(n)s photos, has %(has)s.", needed, has=readable),)


def _counts(found: Score, t: Translator) -> str:
    """ "31 questions: 29 scored, 1 not applicable, 1 could not check." """
    asked = [line for line in found.lines if line.state != "hidden" and line.question.behaviour.takes_answer]
    states = Counter(line.state for line in asked)
    parts = (
        t.n("%(n)s scored", "%(n)s scored", states["scored"] + states["bonus"]),
        states["not_applicable"] and t.n("%(n)s not applicable", "%(n)s not applicable", states["not_applicable"]),
        states["could_not_check"] and t.n("%(n)s could not check", "%(n)s could not check", states["could_not_check"]),
        states["unanswered"] and t.n("%(n)s not answered", "%(n)s not answered", states["unanswered"]),
        states["unscored"] and t.n("%(n)s without points", "%(n)s without points", states["unscored"]),
    )
    listed = comma(t).join(part for part in parts if part)
    return t.n("%(n)s question: %(parts)s.", "%(n)s questions: %(parts)s.", len(asked), parts=listed)


def _photos(shots: Mapping[str, Sequence[Shot]], t: Translator) -> str:
    states = Counter(shot.state for taken in shots.values() for shot in taken)
    total = states.total()
    if not total:
        return t("No photos.")
    if states["unreadable"]:
        return t.n("%(n)s of %(total)s photos cannot be read.", "%(n)s of %(total)s photos cannot be read.", states["unreadable"], total=total)
    if states["stored"]:
        return t.n("%(n)s of %(total)s photos is being read.", "%(n)s of %(total)s photos are being read.", states["stored"], total=total)
    return t.n("The photo is here.", "All %(n)s sent photos are here.", total)
