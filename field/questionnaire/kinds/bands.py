"""What the two measured kinds share: bands of points, the boundary in the better band."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from field.locale import N_
from field.questionnaire.decimals import grains
from field.questionnaire.kinds.base import Fault

if TYPE_CHECKING:
    from field.questionnaire.definition import Question

MISSING = Fault("bands.required", N_("Give the question bands, or take away its points: nothing else can score it."))
OPEN_TOO_EARLY = N_("Give every band but the last its upper end in up_to.")
NEVER_OPEN = N_("Leave up_to out of the last band, so that every answer falls into one.")
NOT_ASCENDING = N_("Put the bands in ascending order of up_to.")
TOO_DEAR = N_("Lower the band's points, or raise the question's points: a band cannot earn more.")


def check_bands(question: "Question") -> Iterator[Fault]:
    """Bands are there when there are points, ascend, end open and stay within the points."""
    if question.points and not question.bands:
        yield MISSING
    yield from _check_ends(question)
    for position, band in enumerate(question.bands):
        if band.points > question.points:
            yield Fault("points.above_maximum", TOO_DEAR, ("bands", position, "points"))


def _check_ends(question: "Question") -> Iterator[Fault]:
    last, before = len(question.bands) - 1, None
    for position, band in enumerate(question.bands):
        at = ("bands", position, "up_to")
        if position == last and band.up_to is not None:
            yield Fault("bands.last_closed", NEVER_OPEN, at)
        if position != last and band.up_to is None:
            yield Fault("bands.open", OPEN_TOO_EARLY, ("bands", position))
        if band.up_to is not None and before is not None and band.up_to <= before:
            yield Fault("bands.order", NOT_ASCENDING, at)
        before = band.up_to if band.up_to is not None else before


def band_scorer(question: "Question") -> Callable[[int], int]:
    """A function from a measure in thousandths to the grains of the first band it does not exceed."""
    ends = [int(band.up_to * 1000) for band in question.bands if band.up_to is not None]
    points = [grains(band.points) for band in question.bands] or [0]
    return lambda measure: points[bisect_left(ends, measure)]
