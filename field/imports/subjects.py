"""What can be handed in as a table, with the columns of each: the one list for pages, commands and templates."""

from collections.abc import Mapping

from field.imports.tables import Column
from field.locale import N_

SUBJECTS: Mapping[str, tuple[Column, ...]] = {
    "regions": (
        Column("code", N_("Letters a to z, digits, dots, hyphens and underscores, such as north-3"), required=True),
        Column("name", N_("As people say it"), required=True),
        Column("parent", N_("The code of the region above; empty for a top-level region")),
    ),
    "sites": (
        Column("code", N_("Letters a to z, digits, dots, hyphens and underscores, such as mill-street"), required=True),
        Column("name", N_("As people say it"), required=True),
        Column("region", N_("The code of a region that is there"), required=True),
        Column("address", N_("At most 400 characters")),
        Column("lat", N_("Degrees such as 47.4979; both or neither"), numeric=True),
        Column("lon", N_("Degrees such as 19.0402; both or neither"), numeric=True),
        Column("time_zone", N_("Such as Europe/Budapest"), required=True),
        Column("language", N_("The language on paper, such as en; empty for English")),
    ),
    "people": (
        Column("email", N_("A person with several roles has several rows with this same address"), required=True),
        Column("name", N_("As colleagues know them"), required=True),
        Column("language", N_("The language of pages; empty for English")),
        Column("role", N_("inspector, reviewer, manager, staff or administrator"), required=True),
        Column("region", N_("The code of a region, with all below it; empty for everywhere")),
        Column("site", N_("The code of a site; needed for staff")),
    ),
}
