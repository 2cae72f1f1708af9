"""Times as phones write them: UTC with a Z."""

import re
from datetime import datetime
from typing import Any

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z\Z", re.ASCII)


def is_time(value: Any) -> bool:
    """Whether a value is a text such as ``2026-11-22T10:04:11Z``, of a moment that there is."""
    if not isinstance(value, str) or not _TIME.match(value):
        return False
    try:
        to_time(value)
    except ValueError:
        return False
    return True


def to_time(value: str) -> datetime:
    """The aware time of a text that ``is_time`` accepts; finer than microseconds is cut."""
    head, _, fraction = value[:-1].partition(".")
    return datetime.fromisoformat(f"{head}.{(fraction + '000000')[:6]}+00:00")
