"""The list of sites that a person may see, by name, in pages that begin after a key."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from field.models import Scope
from field.models.overview import select_directory, select_last_days

PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One site: how many visits count, ever, and the day of the last one."""

    code: str
    name: str
    region: str
    visits: int
    last: date | None


@dataclass(frozen=True)
class Directory:
    """One page of sites; ``after`` is the key that the next one begins behind, or None."""

    entries: tuple[Entry, ...]
    after: str | None


def gather(session: Session, scope: Scope, *, words: str = "", after: str = "") -> Directory:
    """The sites of the scope whose name or code holds ``words``, after a key of an earlier page."""
    code, _, name = after.partition(" ")
    rows = session.execute(scope.sites(select_directory(words, (name, code) if name else None)).limit(PAGE + 1)).all()
    counted = {row[0]: row[1:] for row in session.execute(select_last_days([row.id for row in rows[:PAGE]]))}
    entries = tuple(_entry(row, *counted.get(row.id, (0, None))) for row in rows[:PAGE])
    more = len(rows) > PAGE
    return Directory(entries, f"{entries[-1].code} {entries[-1].name}" if more else None)


def _entry(row, visits: int, last) -> Entry:
    return Entry(row.code, row.name, row.region, visits, last and last.astimezone(ZoneInfo(row.time_zone)).date())
