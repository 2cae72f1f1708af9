"""Lets the demo's past happen: assignments, visits and reviews, each by its operation, in the order of their times."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from field.access import Actor
from field.models import Assignment, PhotoUse, Visit
from field.operations.assignments import add_assignment
from field.operations.demo_people import CHEN, EVA, RAVI
from field.operations.demo_plan import STORE, Trip
from field.operations.demo_truth import open_shop
from field.operations.demo_visits import Names, Sent, finish, send
from field.operations.demo_words import BRIEFS, RETURN_REASONS
from field.operations.demo_world import World
from field.operations.reviews import Reason, accept_visit, mark_printable, open_review, return_visit

_OPEN_HOURS = timedelta(hours=10)
_SHEETS_SINCE, _SHEETS_IN = timedelta(days=100), "north"


class Post(Protocol):
    """Takes in what phones send, at the moment it is told."""

    def photo(self, session: Session, actor: Actor, visit_id: str, data: bytes, moment: datetime) -> None:
        """A photo's bytes."""

    def revision(self, session: Session, actor: Actor, visit_id: str, body: bytes, moment: datetime) -> None:
        """A visit's first revision."""


class History:
    """The past of the demo's trips, told to the store."""

    def __init__(self, session: Session, world: World, post: Post, *, seed: int, now: datetime) -> None:
        self._session, self._world, self._post = session, world, post
        self._seed, self._now = seed, now

    def tell(self, trips: Sequence[Trip]) -> None:
        """All that happened. Each trip's life stops at the moment of its next event and goes on when that is due."""
        lives = {trip.number: self._life(trip) for trip in trips}
        due = [(next(life), number) for number, life in lives.items()]
        heapify(due)
        while due:
            _, number = heappop(due)
            moment = next(lives[number], None)
            if moment is not None:
                heappush(due, (moment, number))

    def _life(self, trip: Trip) -> Iterator[datetime]:
        rng = Random(f"{self._seed} office {trip.number}")
        edition = self._world.edition(trip.slug, trip.start)
        moment = trip.start.astimezone(UTC) - timedelta(days=rng.randint(4, 12))
        yield moment
        assignment = self._assign(trip, rng, moment) if trip.slug == STORE else None
        visit_id = assignment.visit_id if assignment else str(UUID(int=rng.getrandbits(128), version=4))
        moment = finish(trip, edition.definition, self._seed).astimezone(UTC) + timedelta(minutes=rng.randint(3, 150))
        yield moment
        names = Names(visit_id, assignment and assignment.id, self._world.people[trip.inspector.email].id,
                      edition.version.sha256)
        shop = open_shop(trip.place.site.code, self._seed)
        sent = send(trip, edition.definition, names, shop, seed=self._seed, now=self._now)
        self._receive(trip, visit_id, sent, moment)
        yield from self._review(trip, visit_id, sent, rng, moment)

    def _assign(self, trip: Trip, rng: Random, moment: datetime) -> Assignment:
        world, opening = self._world, trip.start.replace(hour=8, minute=30, second=0)
        return add_assignment(
            self._session, world.actor(EVA.email), world.people[trip.inspector.email],
            site=world.sites[trip.place.site.code], version=world.edition(trip.slug, trip.start).version,
            starts_at=opening, ends_at=opening + _OPEN_HOURS, brief=rng.choice(BRIEFS), moment=moment)

    def _receive(self, trip: Trip, visit_id: str, sent: Sent, moment: datetime) -> None:
        actor = self._world.actor(trip.inspector.email)
        for data in sent.photos.values():
            self._post.photo(self._session, actor, visit_id, data, moment)
        self._post.revision(self._session, actor, visit_id, sent.body, moment)

    def _review(self, trip: Trip, visit_id: str, sent: Sent, rng: Random, moment: datetime) -> Iterator[datetime]:
        if trip.fate == "submitted":
            return
        local = trip.place.brand == "larkfield" and trip.fate == "accepted" and rng.random() < 0.3
        reviewer = self._world.actor(RAVI.email if local else CHEN.email)
        moment += self._wait(moment, timedelta(hours=rng.uniform(3, 40)))
        yield moment
        visit = self._session.get(Visit, visit_id)
        open_review(self._session, reviewer, visit, moment=moment)
        if trip.fate == "in_review":
            return
        moment += self._wait(moment, timedelta(minutes=rng.uniform(3, 20)))
        yield moment
        if trip.fate == "returned":
            reasons = [Reason(question, text) for question, text in RETURN_REASONS]
            return_visit(self._session, reviewer, visit, reasons=reasons, moment=moment)
            return
        self._choose_for_the_sheet(trip, reviewer, visit, sent)
        accept_visit(self._session, reviewer, visit, moment=moment)

    def _wait(self, moment: datetime, usual: timedelta) -> timedelta:
        """The usual time, or less where it would end in the future."""
        return min(usual, (self._now - moment) / 2)

    def _choose_for_the_sheet(self, trip: Trip, reviewer: Actor, visit: Visit, sent: Sent) -> None:
        """Marks photos of what was done well as fit for the shop's wall."""
        if trip.place.district.region.parent != _SHEETS_IN or trip.start < self._now - _SHEETS_SINCE:
            return
        query = select(PhotoUse).where(PhotoUse.visit_id == visit.id, PhotoUse.sha256.in_(sent.good_shots))
        for use in self._session.scalars(query.order_by(PhotoUse.question, PhotoUse.position)):
            mark_printable(self._session, reviewer, visit, use, printable=True)
