"""The demo's people: one of each role by the names of the product page, and their colleagues."""

from typing import NamedTuple

from field.access import Role

PASSWORD = "Larkfield-2026"  # noqa: S105 (printed by the command)


class PersonRow(NamedTuple):
    """``region`` and ``site`` are codes; both empty: everywhere."""

    email: str
    name: str
    role: Role
    region: str | None = None
    site: str | None = None
    language: str = "en"


AMIRA = PersonRow("amira@example.org", "Amira Haddad", Role.INSPECTOR, "larkfield")
CHEN = PersonRow("chen@example.org", "Chen Wei", Role.REVIEWER)
EVA = PersonRow("eva@example.org", "Eva Lindqvist", Role.ADMINISTRATOR)
RAVI = PersonRow("ravi@example.org", "Ravi Menon", Role.REVIEWER, "larkfield")

PEOPLE = (
    AMIRA,
    CHEN,
    PersonRow("ben@example.org", "Ben Carter", Role.MANAGER, "north"),
    PersonRow("dora@example.org", "Dora Marsh", Role.STAFF, site="old-mill-arcade"),
    EVA,
    RAVI,
    PersonRow("kata@example.org", "Lőrincz Kata", Role.MANAGER, "harsfa", language="hu"),
    PersonRow("owen@example.org", "Owen Doyle", Role.MANAGER, "south"),
    PersonRow("dezso@example.org", "Fülöp Dezső", Role.STAFF, site="szolohegy", language="hu"),
    PersonRow("grace@example.org", "Grace Bell", Role.INSPECTOR, "larkfield"),
    PersonRow("hugh@example.org", "Hugh Pemberton", Role.INSPECTOR, "larkfield"),
    PersonRow("jack@example.org", "Jack Thornton", Role.INSPECTOR, "larkfield"),
    PersonRow("liam@example.org", "Liam Osei", Role.INSPECTOR, "larkfield"),
    PersonRow("niamh@example.org", "Niamh Keane", Role.INSPECTOR, "larkfield"),
    PersonRow("priya@example.org", "Priya Nair", Role.INSPECTOR, "larkfield"),
    PersonRow("tomasz@example.org", "Tomasz Nowak", Role.INSPECTOR, "larkfield"),
    PersonRow("anna@example.org", "Szűcs Anna", Role.INSPECTOR, "harsfa", language="hu"),
    PersonRow("gergo@example.org", "Balogh Gergő", Role.INSPECTOR, "harsfa", language="hu"),
    PersonRow("lukas@example.org", "Lukas Brandl", Role.INSPECTOR, "harsfa"),
    PersonRow("marta@example.org", "Erdős Márta", Role.INSPECTOR, "harsfa", language="hu"),
)

INSPECTORS = tuple(person for person in PEOPLE if person.role == Role.INSPECTOR)
