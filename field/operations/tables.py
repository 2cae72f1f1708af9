"""Regions, sites and people from tables: all of them or none; every fault is named by row and column."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field.access import Actor, Grant, Role
from field.errors import Mistake, Problem
from field.imports.subjects import SUBJECTS
from field.imports.tables import Row, read_table
from field.locale import N_
from field.models import Person, Region, Site
from field.operations.links import issue_link
from field.operations.people import add_person
from field.operations.regions import add_region
from field.operations.sign_in import canonical_email
from field.operations.sites import SiteDetails, add_site

NO_REGION = N_("There is no region with this code, and no row brings it.")
NO_SITE = N_("There is no site with this code.")
NO_NUMBER = N_("Write a number with a point, such as 47.4979.")
NO_ROLE = N_("Write inspector, reviewer, manager, staff or administrator.")
OTHER_NAME = N_("This address has another name or language in an earlier row.")


@dataclass(frozen=True)
class Invited:
    """A person who was added, with the token of the link with which they choose a password: shown once."""

    name: str
    email: str
    token: str


@dataclass(frozen=True)
class Taken:
    """How many were added, and the invitations of those who are people."""

    added: int
    invited: tuple[Invited, ...] = ()


def take_table(session: Session, actor: Actor, subject: str, data: bytes, *, encoding: str = "utf-8") -> Taken:
    """Adds every row of a table of ``SUBJECTS``; ``import.invalid`` names all that is wrong, and then nothing may be kept."""
    taking = _Taking(session, actor)
    taken = _TAKE[subject](taking, read_table(data, SUBJECTS[subject], encoding=encoding))
    if taking.faults:
        raise Problem("import.invalid", errors=sorted(taking.faults, key=lambda fault: int(fault.path.split("/")[1])))
    return taken


class _Taking:
    """Takes rows and gathers what is wrong with them."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.actor = session, actor
        self.faults: list[Mistake] = []

    @contextmanager
    def telling(self, row: Row, column: str) -> Iterator[None]:
        """What an operation refuses becomes faults of the row: of the column it names, else of ``column``."""
        try:
            yield
        except Problem as refusal:
            named = [(mistake.path.strip("/"), mistake.code, mistake.message) for mistake in refusal.errors]
            for name, code, message in named or [(column, refusal.code, refusal.kind.title)]:
                self.faults.append(row.fault(name if name in row.cells else column, code, message))

    def region(self, row: Row, column: str = "region") -> Region | None:
        found = self.session.scalar(select(Region).where(Region.code == row.cells[column]))
        if found is None:
            self.faults.append(row.fault(column, "region.unknown", NO_REGION))
        return found

    def site(self, row: Row) -> Site | None:
        found = self.session.scalar(select(Site).where(Site.code == row.cells["site"]))
        if found is None:
            self.faults.append(row.fault("site", "site.unknown", NO_SITE))
        return found


def _regions(taking: _Taking, rows: Sequence[Row]) -> Taken:
    """Each row as soon as its parent is there, in whatever order they stand."""
    waiting, added = list(rows), 0
    while waiting:
        codes = {row.cells["code"] for row in waiting}
        ready = [row for row in waiting if row.cells.get("parent", "") not in codes - {""}]
        for row in ready or waiting:
            parent = taking.region(row, "parent") if row.cells.get("parent") else None
            if parent is not None or not row.cells.get("parent"):
                with taking.telling(row, "code"):
                    add_region(taking.session, taking.actor, row.cells["code"], name=row.cells["name"], parent=parent)
                    added += 1
        done = {row.number for row in ready or waiting}
        waiting = [row for row in waiting if row.number not in done]
    return Taken(added)


def _sites(taking: _Taking, rows: Sequence[Row]) -> Taken:
    for row in rows:
        cells, region = row.cells, taking.region(row)
        lat, lon = _number(taking, row, "lat"), _number(taking, row, "lon")
        if region is None:
            continue
        with taking.telling(row, "code"):
            details = SiteDetails(cells["name"], cells.get("address", ""), lat, lon, cells["time_zone"], cells.get("language") or "en")
            add_site(taking.session, taking.actor, cells["code"], region=region, details=details)
    return Taken(len(rows))


def _number(taking: _Taking, row: Row, column: str) -> float | None:
    written = row.cells.get(column, "")
    try:
        return float(written) if written else None
    except ValueError:
        taking.faults.append(row.fault(column, "number.shape", NO_NUMBER))
        return None


def _people(taking: _Taking, rows: Sequence[Row]) -> Taken:
    """One person for each address, with the roles of all its rows, and an invitation for each."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(canonical_email(row.cells["email"]), []).append(row)
    added = [person for theirs in together.values() if (person := _person(taking, theirs))]
    if taking.faults:
        return Taken(0)
    return Taken(len(added), tuple(
        Invited(person.name, person.email, issue_link(taking.session, taking.actor, person)) for person in added))


def _person(taking: _Taking, rows: Sequence[Row]) -> Person | None:
    first, grants = rows[0], [_grant(taking, row) for row in rows]
    for row in rows[1:]:
        if any(row.cells.get(name) != first.cells.get(name) for name in ("name", "language")):
            taking.faults.append(row.fault("name", "person.differs", OTHER_NAME))
    if None in grants:
        return None
    with taking.telling(first, "email"):
        return add_person(taking.session, taking.actor, first.cells["email"], name=first.cells["name"], grants=grants,
                          language=first.cells.get("language") or "en")
    return None


def _grant(taking: _Taking, row: Row) -> Grant | None:
    """The role of a row; None where something about it is wrong."""
    if row.cells["role"] not in list(Role):
        taking.faults.append(row.fault("role", "role.unknown", NO_ROLE))
        return None
    site = taking.site(row) if row.cells.get("site") else None
    region = taking.region(row) if row.cells.get("region") and not row.cells.get("site") else None
    if (row.cells.get("site") and site is None) or (row.cells.get("region") and not row.cells.get("site") and region is None):
        return None
    return Grant(Role(row.cells["role"]), region and region.id, site and site.id)


_TAKE: dict[str, Callable[[_Taking, Sequence[Row]], Taken]] = {"regions": _regions, "sites": _sites, "people": _people}
