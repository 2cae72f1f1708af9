"""Who may open what: every route, every role, near, far and nowhere, against one table."""

from dataclasses import dataclass

import pytest

from field import create_app
from field.web.policy import policy_of
from tests.web.asking import Asking
from tests.web.places import build_places

PEOPLE = ("nobody", "amira", "anna", "chen", "ben", "otto", "dora", "dirk", "eva")
EVERYBODY = frozenset(PEOPLE[1:])
INSPECTING, REVIEWING, MANAGING = {"amira", "anna"}, {"chen", "eva"}, {"chen", "ben", "otto", "eva"}
READING, ADMINISTERING = MANAGING | {"dora", "dirk"}, {"eva"}

#: Who has this in their reach; an own visit is one that amira made.
SITES = {"near": {"chen", "ben", "dora", "eva"}, "far": {"otto", "dirk", "eva"}, "none": set()}
VISITS = {**SITES, "waiting": {"chen", "eva"}}
OWN = {"near": {"amira"}, "waiting": {"amira"}, "none": set()}
KNOWN = {"near": EVERYBODY, "none": set()}
ANYWHERE = {"": EVERYBODY}


@dataclass(frozen=True)
class Rule:
    """Who may open a route at all, who reaches what in each scope, and the code for those who do not."""

    roles: frozenset[str] | set[str] | None
    reach: dict[str, set[str] | frozenset[str]]
    beyond: int = 404

    def expected(self, who: str, scope: str) -> int | None:
        """The status of the refusal, or None where the person gets in."""
        if self.roles is None:
            return None if scope != "none" else self.beyond
        if who == "nobody":
            return 401
        if who not in self.roles:
            return 403
        return None if who in self.reach[scope] else self.beyond


PUBLIC = Rule(None, ANYWHERE)
TABLE: dict[tuple[str, str], Rule] = {
    **{("GET", name): PUBLIC for name in (
        "sign_in.home", "sign_in.show", "health.healthz", "health.readyz", "pwa.lead_in", "pwa.shell", "pwa.worker", "pwa.manifest", "pwa.session",
        "api.receipt_keys")},
    ("GET", "assets.static"): Rule(None, KNOWN),
    ("GET", "metrics.show"): Rule(None, {"none": set()}),
    ("POST", "sign_in.begin"): PUBLIC,
    **{(method, name): Rule(EVERYBODY, ANYWHERE) for method, name in (
        ("GET", "sign_in.confirm"), ("GET", "devices.index"), ("POST", "sign_in.end"), ("DELETE", "api.delete_session"))},
    **{(method, f"links.{name}"): Rule(None, KNOWN, 410) for method, name in (("GET", "show"), ("POST", "use"))},
    **{(method, name): Rule(EVERYBODY, ANYWHERE) for method, name in (
        ("GET", "me.show"), ("POST", "me.describe"), ("POST", "me.password"), ("GET", "second_factor.show"), ("POST", "second_factor.add"),
        ("POST", "second_factor.remove"), ("POST", "second_factor.renew"), ("GET", "second_step.show"), ("POST", "second_step.enter"),
        ("POST", "devices.revoke_others"))},
    # A bare number is no address for passkeys; tests/web/test_accounts_passkeys.py asks at one that is.
    **{("POST", f"passkeys.{name}"): Rule(None, {"none": set()}) for name in ("ask_to_sign_in", "sign_in")},
    **{("POST", f"passkeys.{name}"): Rule(EVERYBODY, {"none": set()}) for name in ("ask_to_prove", "ask_to_register", "add", "remove")},
    ("POST", "devices.revoke"): Rule(EVERYBODY, {"near": EVERYBODY, "far": set(), "none": set()}),
    **{("GET", name): Rule(INSPECTING, ANYWHERE) for name in ("api.bootstrap", "api.receipts")},
    ("POST", "api.receipts_known"): Rule(INSPECTING, ANYWHERE),
    ("POST", "api.photos_missing"): Rule(INSPECTING, {"near": INSPECTING, "none": INSPECTING}),
    **{("GET", f"api.{name}"): Rule(INSPECTING, KNOWN) for name in ("questionnaire", "get_reference_photo")},
    **{("GET", f"api.{name}"): Rule(INSPECTING, OWN) for name in ("get_photo", "get_revision", "get_receipt")},
    ("GET", "api.get_draft"): Rule(INSPECTING, {"draft": {"amira"}, "near": set(), "none": set()}),
    **{("PUT", f"api.{name}"): Rule(INSPECTING, {"near": {"amira"}, "waiting": {"amira"}}, 403)
       for name in ("put_draft", "put_photo", "put_revision")},
    **{("GET", f"sites.{name}"): Rule(READING, SITES) for name in ("show", "export")},
    ("GET", "scorecards.site"): Rule(READING, SITES),
    ("GET", "sites.index"): Rule(READING, ANYWHERE),
    **{("GET", name): Rule(READING, VISITS) for name in ("visits.show", "photos.show")},
    ("GET", "scorecards.visit"): Rule(MANAGING, VISITS),
    **{("GET", name): Rule(REVIEWING, VISITS) for name in ("photos.original", "reviews.show")},
    **{("POST", f"reviews.{name}"): Rule(REVIEWING, VISITS) for name in ("open_", "accept", "give_back", "exclude", "close", "mark")},
    ("GET", "reviews.index"): Rule(REVIEWING, ANYWHERE),
    **{("GET", name): Rule(MANAGING, ANYWHERE) for name in ("overview.show", "overview.export", "questionnaires.index")},
    ("GET", "compare.show"): Rule(MANAGING, SITES),
    **{("GET", f"questionnaires.{name}"): Rule(MANAGING, KNOWN) for name in ("show", "document", "photo")},
    **{("GET", f"assignments.{name}"): Rule(ADMINISTERING, ANYWHERE) for name in ("index", "new")},
    ("POST", "assignments.add"): Rule(ADMINISTERING, KNOWN, 422),
    ("POST", "assignments.cancel"): Rule(ADMINISTERING, KNOWN),
    **{("GET", f"{room}.{name}"): Rule(ADMINISTERING, ANYWHERE)
       for room in ("people", "regions") for name in ("index", "new")},
    **{("GET", f"{room}.new"): Rule(ADMINISTERING, ANYWHERE) for room in ("questionnaires", "site_editing")},
    **{("POST", name): Rule(ADMINISTERING, ANYWHERE) for name in ("people.add", "regions.add", "site_editing.add", "questionnaires.publish")},
    **{(method, f"{room}.{name}"): Rule(ADMINISTERING, KNOWN)
       for room in ("people", "regions", "site_editing") for method, name in (("GET", "edit"), ("POST", "change"))},
    **{("GET", f"imports.{name}"): Rule(ADMINISTERING, KNOWN) for name in ("show", "template")},
    **{("GET", f"spreadsheets.{name}"): Rule(ADMINISTERING, ANYWHERE) for name in ("show", "template")},
    **{("POST", f"spreadsheets.{name}"): Rule(ADMINISTERING, ANYWHERE) for name in ("preview", "publish")},
    ("POST", "imports.take"): Rule(ADMINISTERING, KNOWN),
    ("POST", "imports.invite"): Rule(ADMINISTERING, ANYWHERE),
    **{("POST", f"people.{name}"): Rule(ADMINISTERING, KNOWN) for name in ("password", "revoke", "link", "remove_second_factor")},
}


def routes() -> list[tuple[str, str]]:
    """Method and endpoint of every route that there is."""
    rules = create_app({}).url_map.iter_rules()
    return sorted({(method, rule.endpoint) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}})


ROUTES = routes()


@pytest.fixture
def asking(app, database, world, sign_in) -> Asking:
    return Asking(app, database, world, sign_in, build_places(database, world, sign_in))


def test_every_route_has_a_policy_and_stands_in_the_table(app):
    bare = [endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "policy")]
    assert bare == []
    assert set(ROUTES) - set(TABLE) == set(), "say in the table who may open these"
    assert set(TABLE) - set(ROUTES) == set(), "these are gone"


def test_public_routes_are_those_of_the_table(app):
    assert {endpoint for endpoint, view in app.view_functions.items() if policy_of(view) is None} == \
        {endpoint for (_method, endpoint), rule in TABLE.items() if rule.roles is None}


@pytest.mark.parametrize("method, endpoint", ROUTES)
def test_each_person_gets_in_exactly_where_the_table_says(asking, method, endpoint):
    rule = TABLE[method, endpoint]
    wrong = []
    for scope in rule.reach:
        for who in PEOPLE:
            expected, (status, changed) = rule.expected(who, scope), asking.ask(who, scope, method, endpoint)
            fine = status == expected and not changed if expected else status < 400 or status in (409, 422)
            wrong += [] if fine else [(who, scope, status, "changed" if changed else "", expected)]
    assert wrong == []
