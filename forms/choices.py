"""What selects of several forms offer."""

from functools import cache
from zoneinfo import available_timezones

from field.access import Role, State
from field.locale import LANGUAGES, N_

ROLES = {
    Role.INSPECTOR: N_("Inspector"),
    Role.REVIEWER: N_("Reviewer"),
    Role.MANAGER: N_("Manager"),
    Role.STAFF: N_("Staff of one site"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

#: States of a visit as a page says them.
STATES = {
    State.DRAFT: N_("Draft on a phone"),
    State.SUBMITTED: N_("Waiting for review"),
    State.IN_REVIEW: N_("In review"),
    State.RETURNED: N_("Returned"),
    State.ACCEPTED: N_("Accepted"),
    State.EXCLUDED: N_("Excluded: counts nowhere"),
    State.APPEALED: N_("Appealed"),
    State.REVISED: N_("Revised"),
    State.LOCKED: N_("Locked"),
}


def languages() -> dict[str, str]:
    """The languages of pages, each by its own name."""
    return dict(LANGUAGES)


@cache
def time_zones() -> tuple[str, ...]:
    """Time zones of places, as people know them."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))))
