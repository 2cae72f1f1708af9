"""The only place that asks the time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def days(first: date | None, last: date | None, zone: str) -> tuple[datetime, datetime]:
    """From the beginning of one day to the end of another, in a zone's local time; today where a day is None."""
    here = ZoneInfo(zone)
    today = now().astimezone(here).date()
    start = first or today
    following = (last or start) + timedelta(days=1)
    return _midnight(start, here), _midnight(following, here)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
