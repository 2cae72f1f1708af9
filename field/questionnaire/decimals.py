"""Exact numbers: decimals of three places, points in whole grains, rounding only for the eye.

A point is cut into grains so fine that every decimal of three places and every step of a rating
(scales 2 to 11, so tenths to halves) is a whole number of them. Scoring adds whole numbers and
builds fractions at the very end, which is exact and fast.
"""

import re
from fractions import Fraction

DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,3})?")
GRAINS = 1000 * 2520  # lcm(1..10) for the steps of a rating


def thousandths(text: str) -> int:
    """The decimal text as a whole number of thousandths; the text matches DECIMAL."""
    whole, _, places = text.lstrip("-").partition(".")
    size = int(whole) * 1000 + int((places + "000")[:3])
    return -size if text.startswith("-") else size


def fraction(text: str) -> Fraction:
    """The decimal text as an exact fraction."""
    return Fraction(thousandths(text), 1000)


def grains(points: Fraction) -> int:
    """Points of at most three decimals as a whole number of grains."""
    return int(points * GRAINS)


def display(value: Fraction | None, places: int = 1) -> str | None:
    """The number as people read it, rounded half up (away from zero); None stays None."""
    if value is None:
        return None
    scale = 10**places
    units = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    whole, rest = divmod(units, scale)
    sign = "-" if value < 0 and units else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"
