"""The words of a score, the same on every screen and sheet. Each function takes the language's translator."""

from collections.abc import Sequence

from field.locale import N_, Translator
from field.stats.ranges import Estimate, Range, Silence
from field.stats.rounding import Number, settled, whole

SCORE_WORDS = (
    (90, N_("Nearly every standard was kept.")),
    (75, N_("Most standards were kept.")),
    (50, N_("Some standards were kept, others were not.")),
)
LOWEST = N_("Many standards were missed.")
CRITICAL_FIRST = N_("A must-keep standard was missed.")
PICTURES = (
    (12, N_("Firm picture.")),
    (8, N_("Good picture.")),
    (4, N_("Fair picture: compare with care.")),
    (2, N_("Early picture: not ranked.")),
    (1, N_("One visit: a snapshot of that hour.")),
    (0, N_("No accepted visit yet.")),
)
RANKED_FROM = 4
SILENCES = {
    Silence.NO_VISIT: N_("No accepted visit yet."),
    Silence.ONE_VISIT: N_("One visit: a snapshot of that hour."),
    Silence.ONE_VISIT_EACH: N_("One visit each: no range yet."),
    Silence.TOO_FEW: N_("Too few visits for a range."),
    Silence.NO_SPREAD: N_("No spread seen yet."),
}
Bands = Sequence[tuple[Number, str]]


def score_words(score: Number | None, t: Translator, *, failed_critical: bool = False, bands: Bands = ()) -> str:
    """The sentence of a score, decided before rounding; ``bands`` are the questionnaire's own, best first."""
    said = [t(CRITICAL_FIRST)] if failed_critical else []
    if score is not None:
        said.append(_band(settled(score), t, bands))
    return ("" if t.language.startswith("zh") else " ").join(filter(None, said))


def _band(score: Number, t: Translator, bands: Bands) -> str:
    if bands:
        return next((text for start, text in bands if score >= start), "")
    return t(next((text for start, text in SCORE_WORDS if score >= start), LOWEST))


def visits_words(visits: int, t: Translator) -> str:
    """How much so many visits carry: "Good picture."."""
    return t(next(text for start, text in PICTURES if visits >= start))


def silence_words(silence: Silence, t: Translator) -> str:
    """Why there is no range."""
    return t(SILENCES[silence])


def visits_count(visits: int, t: Translator) -> str:
    """ "4 visits"."""
    return t.n("%(n)s visit", "%(n)s visits", visits)


def range_words(likely: Range, t: Translator) -> str:
    """ "likely between 78 and 91"."""
    low, high = likely.shown
    return t("likely between %(low)s and %(high)s", low=low, high=high)


def estimate_words(estimate: Estimate, t: Translator) -> str:
    """A number never stands alone: "84 (likely between 78 and 91). 4 visits."."""
    if estimate.mean is None:
        return t(SILENCES[Silence.NO_VISIT])
    score, visits = whole(estimate.mean), visits_count(estimate.visits, t)
    if estimate.range:
        return t("%(score)s (%(range)s). %(visits)s.", score=score, range=range_words(estimate.range, t), visits=visits)
    return t("%(score)s. %(visits)s.", score=score, visits=visits)
