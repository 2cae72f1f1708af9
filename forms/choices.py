"""What selects of several forms offer."""

from functools import cache
from zoneinfo import available_timezones

from field.access import Role
from field.locale import LANGUAGES, N_

ROLES = {
    Role.INSPECTOR: N_("Inspector"),
    Role.REVIEWER: N_("Reviewer"),
    Role.MANAGER: N_("Manager"),
    Role.STAFF: N_("Staff of one site"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


def languages() -> dict[str, str]:
    """The languages of pages, each by its own name."""
    return dict(LANGUAGES)


@cache
def time_zones() -> tuple[str, ...]:
    """Time zones of places, as people know them."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))))
