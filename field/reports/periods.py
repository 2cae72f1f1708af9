"""Dates and periods in words, in the reader's language."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton

from field.locale import Translator, cldr


def day_words(day: date, t: Translator) -> str:
    """ "24 Nov 2026"."""
    return _short(format_date(day, "medium", locale=cldr(t.language)))


def time_words(moment: datetime, t: Translator) -> str:
    """ "10:42", never in halves of the day, in the moment's own zone."""
    return format_skeleton("Hm", moment, moment.tzinfo, locale=cldr(t.language))


def period_words(first: date, last: date, t: Translator) -> str:
    """ "September to November 2026" for whole months, else "12 Sep to 24 Nov 2026"."""
    months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if months and (first.year, first.month) == (last.year, last.month):
        return format_skeleton("yMMMM", first, locale=cldr(t.language))
    if first == last:
        return format_date(first, "long", locale=cldr(t.language))
    interval = _short(format_interval(first, last, "yMMMM" if months else "yMMMd", locale=cldr(t.language)))
    ends = re.split(r"\s*–\s*", interval)
    return f"{ends[0]} to {ends[1]}" if t.language == "en" and len(ends) == 2 else interval


def quarter_until(day: date) -> tuple[date, date]:
    """The month of a day and the two before it, as whole months."""
    next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    months = day.year * 12 + day.month - 3
    return date(months // 12, months % 12 + 1, 1), next_month - timedelta(days=1)


def bounds(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments in which a period's first day begins and the day after its last one begins."""
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


def _short(words: str) -> str:
    """Three letters for every English month: the British calendar says Sept."""
    return re.sub(r"\bSept\b", "Sep", words)
