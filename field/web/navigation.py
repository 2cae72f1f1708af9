"""The desk's pages: a person sees those that they may open, the one they are on marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, g, request
from sqlalchemy import func, select

from field.access import MANAGING, READING, REVIEWING, Role, State
from field.locale import N_
from field.models import Visit


@dataclass(frozen=True)
class Page:
    label: str
    href: str
    roles: tuple[Role, ...]
    #: Addresses below these belong to the page as well.
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    label: str
    href: str
    current: bool
    count: int


_REVIEWS = "/reviews"
PAGES = (
    Page(N_("Review"), _REVIEWS, REVIEWING, ("/visits",)),
    Page(N_("Overview"), "/overview", MANAGING, ("/compare",)),
    Page(N_("Sites"), "/sites", READING, ("/visits",)),
    Page(N_("Assignments"), "/assignments", (Role.ADMINISTRATOR,)),
    Page(N_("Questionnaires"), "/questionnaires", MANAGING),
    Page(N_("Regions"), "/regions", (Role.ADMINISTRATOR,), ("/imports/regions", "/imports/sites")),
    Page(N_("People"), "/people", (Role.ADMINISTRATOR,), ("/imports/people",)),
)


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"navigation": navigation})


def navigation() -> list[Shown]:
    """The pages of the person who asks, in order."""
    if g.get("actor") is None:
        return []
    pages = [page for page in PAGES if g.actor.has(*page.roles)]
    here = next((page for page in pages if _holds(page)), None)
    return [Shown(page.label, page.href, page is here, _waiting() if page.href == _REVIEWS else 0) for page in pages]


def _holds(page: Page) -> bool:
    return any(request.path == start or request.path.startswith(f"{start}/") for start in _starts(page))


def _starts(page: Page) -> Iterator[str]:
    yield page.href
    yield from page.others


def _waiting() -> int:
    """How many visits the person could take into review."""
    query = select(func.count()).select_from(Visit).where(Visit.state.in_((State.SUBMITTED, State.IN_REVIEW)))
    return g.session.scalar(g.scope.reviewable(query)) or 0
