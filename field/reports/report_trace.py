"""The trace in words: answer -> points -> weight -> what was left out -> section -> total, for anyone to recompute."""

from collections.abc import Iterator

from field.locale import N_, Translator, pick
from field.questionnaire import Definition, Line, Move, Score, Section
from field.reports.numbers import NOTHING, number, score_number, together
from field.reports.report import Step

LEFT_OUT = {
    "not_applicable": N_("Left out: counts neither for nor against."),
    "could_not_check": N_("Left out; counts as not checked."),
    "unanswered": N_("Left out; counts as not checked."),
}
MARK_WORDS = {
    "kept": N_("Kept."),
    "partly": N_("Partly kept."),
    "missed": N_("Missed."),
    "must_keep_missed": N_("Must-keep standard missed."),
}
MODES = {
    "sections": N_("All sections"),
    "points": N_("All points"),
    "none": N_("No overall score"),
}
MOVES = {
    "bonus": N_("Bonus points added"),
    "clip": N_("Not above 100"),
    "critical.fail": N_("A must-keep standard was missed: the number stays, the outcome is fail"),
    "critical.cap": N_("A must-keep standard was missed: the score is capped"),
    "critical.zero": N_("A must-keep standard was missed: the score is 0"),
    "outcome.pass": N_("Outcome: passed"),
    "outcome.fail": N_("Outcome: not passed"),
    "outcome.none": N_("Outcome: none"),
}


def points_words(line: Line, t: Translator) -> str:
    """ "Kept. 4 of 4 points, weight 1."; why nothing counted; empty for what is never scored."""
    if line.earned is None:
        return t(LEFT_OUT[line.state]) if line.state in LEFT_OUT and line.question.scorable else ""
    words = N_("%(mark)s %(earned)s of %(maximum)s points, weight %(weight)s.")
    if line.state == "bonus":
        words = N_("%(mark)s %(earned)s of %(maximum)s bonus points, weight %(weight)s.")
    return t(words, mark=t(MARK_WORDS[line.mark]), earned=number(line.earned, t), maximum=number(line.maximum, t),
             weight=number(line.weight, t))


def steps(definition: Definition, score: Score, t: Translator, content: str | None = None) -> Iterator[Step]:
    """The sections' sums, then what led from them to the outcome; their titles in the language ``content``."""
    for section in definition.sections:
        title = pick(section.title, content or t.language, definition.languages)
        yield from _section(definition, section, title, score, t)
    base, *moves = score.steps
    yield Step(t(MODES[definition.scoring.mode]), _base(definition, score, t), score_number(base.overall, t))
    for move in moves:
        yield Step(t(MOVES[move.word]), _limit(definition, move, t), score_number(move.overall, t))
    if score.coverage is not None:
        share = score_number(100 * score.coverage, t, 0)
        yield Step(t("Checked"), t("%(share)s in 100 of what could be scored.", share=share), "")


def _section(definition: Definition, section: Section, title: str, score: Score, t: Translator) -> Iterator[Step]:
    scored = [line for line in score.lines if line.section == section.key and line.state == "scored"]
    if scored:
        earned = number(sum(line.weight * line.earned for line in scored), t)
        possible = number(sum(line.weight * line.maximum for line in scored), t)
        how = t("%(earned)s of %(possible)s weighted points.", earned=earned, possible=possible)
        if definition.scoring.mode == "sections":
            weight = t("Section weight %(weight)s.", weight=number(section.weight, t))
            how = together((how, weight), t)
        yield Step(title, how, score_number(score.sections[section.key], t))
    elif any(question.points for question in section.questions):
        yield Step(title, t("Nothing was scored: its weight goes to the others."), NOTHING)


def _base(definition: Definition, score: Score, t: Translator) -> str:
    if definition.scoring.mode == "points":
        return t("All earned points of all possible points.")
    if definition.scoring.mode == "none" or score.steps[0].overall is None:
        return ""
    parts = [(section.weight, score.sections[section.key]) for section in definition.sections]
    weights = sum(weight for weight, value in parts if value is not None)
    return t("Sum of score times weight, divided by %(weights)s.", weights=number(weights, t))


def _limit(definition: Definition, move: Move, t: Translator) -> str:
    scoring = definition.scoring
    if move.word == "critical.cap":
        return t("At most %(cap)s.", cap=number(scoring.cap, t))
    if move.word.startswith("outcome.") and scoring.pass_mark is not None:
        return t("The pass mark is %(mark)s.", mark=number(scoring.pass_mark, t))
    return ""

