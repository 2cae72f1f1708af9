"""A county's inspection records in the LIVES format (Local Inspector Value-Entry Specification): three CSV files.

Every row is either taken or left out for one named reason, so that the counts add up.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from field.errors import Mistake, Problem
from field.imports.text import Guessed, guess
from field.locale import N_

#: Ids of everything that comes from such records are made from what the records say, so that they repeat.
NAMESPACE = UUID("6f0dd4ba-51f4-5f0c-9d0e-1f3f3c1c7f5e")
_HEADS = {
    "feed_info": {"municipality_name"},
    "businesses": {"business_id", "name", "address", "city", "postal_code"},
    "inspections": {"business_id", "score", "date", "type"},
}
_HALF, _WHOLE = Decimal("0.5"), Decimal(100)

NO_FILE = N_("This file is missing from the folder.")
NO_COLUMNS = N_("This file lacks columns that the format asks for.")


@dataclass(frozen=True)
class Business:
    id: str
    code: str
    name: str
    address: str
    city: str


@dataclass(frozen=True)
class Inspection:
    """``score`` from 0 to 100 in halves, as plain text; ``visit`` is the id that its visit has for ever."""

    visit: str
    business: Business
    day: date
    score: str


@dataclass(frozen=True)
class Tally:
    """What became of the rows. ``left_out`` and ``repeats`` explain every row that is neither site nor visit."""

    business_rows: int
    repeats: int
    inspection_rows: int
    left_out: Mapping[str, int]
    spellings: int
    respelt: int
    trimmed: int
    not_utf8: int
    encodings: tuple[str, ...]


@dataclass(frozen=True)
class Lives:
    """A county's records, mended."""

    name: str
    code: str
    businesses: tuple[Business, ...]
    inspections: tuple[Inspection, ...]
    tally: Tally

    @property
    def cities(self) -> list[str]:
        return sorted({business.city for business in self.businesses})


def read(folder: Path) -> Lives:
    """The records of a folder; ``import.invalid`` where a file or a column is missing."""
    files = {name: _file(folder, name) for name in _HEADS}
    info, places, scores = (_rows(name, file) for name, file in files.items())
    county = _plain(info[0]["municipality_name"]) if info else folder.name
    code = slug(county)[:24].strip("-") or "lives"
    first: dict[str, Mapping[str, str]] = {}
    for row in places:
        first.setdefault(row["business_id"], row)
    known = {key: _business(code, row) for key, row in first.items()}
    left_out: Counter[str] = Counter()
    inspections = tuple(_inspections(scores, known, left_out))
    mended = [(row, known[key]) for key, row in first.items()]
    tally = Tally(
        len(places), len(places) - len(first), len(scores), dict(left_out),
        len({row["city"].strip().upper() for row in first.values()}),
        sum(_plain(row["city"]).upper() != one.city.upper() for row, one in mended),
        sum(row[member] != _plain(row[member]) for row, _one in mended for member in ("name", "address", "city")),
        sum(file.lines for file in files.values()), tuple(sorted({file.encoding for file in files.values()})))
    return Lives(county, code, tuple(known.values()), inspections, tally)


def city(written: str) -> str:
    """A city's name as one writes it: case, blanks, and what the table of spellings knows; empty where none is written."""
    plain = _plain(written)
    return _spellings().get(plain.upper().replace("-", " ")) or _title(plain)


def slug(text: str) -> str:
    """Small letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@cache
def _spellings() -> dict[str, str]:
    return json.loads(Path(__file__).with_name("cities.json").read_text("utf-8"))


def _title(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _file(folder: Path, name: str) -> Guessed:
    try:
        return guess((folder / f"{name}.csv").read_bytes())
    except FileNotFoundError:
        raise Problem("import.invalid", errors=[Mistake(f"/{name}.csv", "file.missing", NO_FILE)]) from None


def _rows(name: str, file: Guessed) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(file.text, newline=""), restval="")
    if not _HEADS[name] <= set(reader.fieldnames or ()):
        raise Problem("import.invalid", errors=[Mistake(f"/{name}.csv", "column.missing", NO_COLUMNS)])
    return list(reader)


def _business(county: str, row: Mapping[str, str]) -> Business:
    address = ", ".join(part for part in (_plain(row["address"]), city(row["city"]), _plain(row["postal_code"])) if part)
    key = row["business_id"]
    return Business(key, f"{county}-{slug(key)}"[:64].strip("-"), _plain(row["name"])[:200] or key, address[:400], city(row["city"]))


def _inspections(rows: Iterable[Mapping[str, str]], known: Mapping[str, Business], left_out: Counter[str]) -> Iterator[Inspection]:
    seen: set[str] = set()
    for row in rows:
        business, day, score = known.get(row["business_id"]), _day(row["date"]), _score(row["score"])
        visit = str(uuid5(NAMESPACE, json.dumps([row["business_id"], row["date"], score, row["type"]])))
        reason = _why_not(row, business, day, score) or ("repeat" if visit in seen else None)
        if reason:
            left_out[reason] += 1
        else:
            seen.add(visit)
            yield Inspection(visit, business, day, score)


def _why_not(row: Mapping[str, str], business: Business | None, day: date | None, score: str | None) -> str | None:
    """The first reason that holds, in the order in which they are told."""
    if not row["score"].strip():
        return "no_score"
    if score is None:
        return "odd_score"
    if day is None:
        return "no_day"
    return None if business else "no_business"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _score(text: str) -> str | None:
    try:
        score = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not score.is_finite() or not 0 <= score <= _WHOLE or score % _HALF:
        return None
    return f"{score.normalize():f}"
