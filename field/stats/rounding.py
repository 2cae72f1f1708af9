"""Numbers for showing: half up, whole for sites and regions, one decimal for a visit."""

import math
from fractions import Fraction

Number = float | Fraction


def settled(score: Number) -> Number:
    """The score without the noise of floats, so that a mean of exactly 90 is never 89.999 999 999 9."""
    return score if isinstance(score, Fraction) else round(float(score), 9)


def whole(score: Number) -> int:
    """The nearest whole number, halves upwards: 84.5 is 85."""
    return math.floor(settled(score) + Fraction(1, 2))


def one_decimal(score: Number) -> str:
    """One decimal, halves upwards, as a visit is shown: 72.05 is "72.1"."""
    tenths = math.floor(Fraction(str(settled(score))) * 10 + Fraction(1, 2))
    return f"{tenths / 10:.1f}"
