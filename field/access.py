"""Who may do what: pure predicates over people, roles, regions and states."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    INSPECTOR = "inspector"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Grant:
    """One role of a person, in one region (with all below it), at one site, or everywhere when both are None."""

    role: Role
    region_id: str | None = None
    site_id: str | None = None


@dataclass(frozen=True)
class Actor:
    """The person who acts, as the session or the command line knows them."""

    person_id: str | None
    name: str
    language: str
    grants: tuple[Grant, ...]
    session_id: str | None = None

    def has(self, *roles: Role) -> bool:
        return any(grant.role in roles for grant in self.grants)

    def reach(self, *roles: Role) -> tuple[Grant, ...]:
        """The grants under one of these roles."""
        return tuple(grant for grant in self.grants if grant.role in roles)


#: Commands run by the operator of the machine.
SYSTEM = Actor(None, "system", "en", (Grant(Role.ADMINISTRATOR),))

#: Roles that see a visit's comments, originals and flags.
REVIEWING = (Role.REVIEWER, Role.ADMINISTRATOR)
#: Roles that compare sites.
MANAGING = (Role.MANAGER, Role.REVIEWER, Role.ADMINISTRATOR)
#: Roles that see a site's accepted result.
READING = (*MANAGING, Role.STAFF)


#: Roles that need a second factor where FIELDSCORE_SECOND_FACTOR is required.
SECOND_FACTOR_ROLES = (Role.ADMINISTRATOR, Role.REVIEWER, Role.MANAGER)


class State(StrEnum):
    """States of a visit, as ``product.md`` names them."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXCLUDED = "excluded"
    APPEALED = "appealed"
    REVISED = "revised"
    LOCKED = "locked"


#: Visits in these states count in scores, charts, sheets and exports.
COUNTED = (State.ACCEPTED, State.APPEALED, State.REVISED, State.LOCKED)

_MOVES = {
    State.DRAFT: {State.SUBMITTED},
    State.SUBMITTED: {State.IN_REVIEW},
    State.IN_REVIEW: {State.RETURNED, State.ACCEPTED, State.EXCLUDED, State.SUBMITTED},
    State.RETURNED: {State.SUBMITTED},
    State.ACCEPTED: {State.APPEALED, State.LOCKED},
    State.APPEALED: {State.ACCEPTED, State.REVISED},
    State.REVISED: {State.LOCKED},
}


def may_move(here: State | str, there: State) -> bool:
    """Whether a visit may go from one state to another at all."""
    return there in _MOVES.get(State(here), set())


def may_decide(actor: Actor, inspector_id: str | None) -> bool:
    """Four eyes: nobody decides about a visit of their own."""
    return actor.has(*REVIEWING) and actor.person_id != inspector_id


def knows_inspector(actor: Actor) -> bool:
    """Only those who review or administer ever learn who the inspector was."""
    return actor.has(*REVIEWING)


def home_of(grants: Iterable[Grant]) -> Role | None:
    """The role whose first page a person lands on: the one with the most to do on a desk first."""
    roles = {grant.role for grant in grants}
    order = (Role.INSPECTOR, Role.REVIEWER, Role.MANAGER, Role.ADMINISTRATOR, Role.STAFF)
    return next((role for role in order if role in roles), None)
