"""Asks any route as anybody for anything, right in all but who asks for what."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from field.access import SYSTEM
from field.db import Database
from field.imports.sheet_template import template
from field.locale import translator
from field.models import Person, QuestionnaireVersion
from field.operations.links import issue_link
from tests.conftest import API
from tests.factories import PASSWORD, World, content_digest, dumps, photo, photo_entry, questionnaire, revision
from tests.web.pages import draft_of, token
from tests.web.places import NOBODYS, Places, assignment_at, device_of, digest


@dataclass(frozen=True)
class Asking:
    """Sends one request for a method, an endpoint, a person and a scope."""

    app: Flask
    database: Database
    world: World
    sign_in: Callable[[str], FlaskClient]
    places: Places
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def ask(self, who: str, scope: str, method: str, endpoint: str) -> tuple[int, bool]:
        """The status, and whether what may write changed any row."""
        client = self._client(who, method)
        address = self.address(who, scope, method, endpoint)
        details = self._details(client, who, scope, method, endpoint)
        before = self._digest(method)
        with client.open(address, method=method, **details) as answer:
            return answer.status_code, self._digest(method) != before

    def _client(self, who: str, method: str) -> FlaskClient:
        """Somebody's browser; what may sign it out gets one of its own."""
        if who == "nobody":
            return self.app.test_client()
        if method != "GET":
            return self.sign_in(who)
        return self.clients.get(who) or self.clients.setdefault(who, self.sign_in(who))

    def _digest(self, method: str) -> str:
        """Only for what may write: that reading writes nothing has a test of its own."""
        return "" if method == "GET" else digest(self.database)

    def address(self, who: str, scope: str, method: str, endpoint: str) -> str:
        values = self._values(who, scope, endpoint)
        rule = max((rule for rule in self.app.url_map.iter_rules(endpoint) if method in rule.methods), key=lambda rule: len(rule.arguments))
        with self.app.test_request_context():
            _, path = rule.build({name: values[name] for name in rule.arguments})
        return path + (f"?site={self.site(scope)}" if endpoint == "compare.show" else "")

    def site(self, scope: str) -> str:
        return self.places.sites.get(scope, "mill")

    def _values(self, who: str, scope: str, endpoint: str) -> dict[str, object]:
        """What an address names in this scope; an entry for what it does not name costs nothing."""
        there = scope != "none"
        return {
            "visit": self.places.visits.get(scope, NOBODYS), "sha256": self.places.photo, "number": 1, "question": "floors", "position": 0,
            "code": ("south" if there else "nowhere") if endpoint.startswith("regions.") else self.site(scope),
            "slug": "small" if there else "nothing", "version": 1, "subject": "regions" if there else "nothings",
            "screen": "today", "path": "css/desk.css" if there else "css/nothing.css",
            "person": self.world.people["anna"] if there else NOBODYS, "device": self._device(who, scope, endpoint),
            "passkey": NOBODYS, "token": self._link() if there and endpoint.startswith("links.") else "nothing",
            "assignment": assignment_at(self.database, self.world, self.site(scope)) if there and endpoint == "assignments.cancel" else NOBODYS,
        }

    def _link(self) -> str:
        """A link with which anna may choose a new password."""
        with self.database.write() as session:
            return issue_link(session, SYSTEM, session.get(Person, self.world.people["anna"]))

    def _device(self, who: str, scope: str, endpoint: str) -> str:
        """Near is the person's own device, far somebody else's."""
        if scope == "none" or not endpoint.endswith(".revoke"):
            return NOBODYS
        owner = "anna" if endpoint == "people.revoke" else who if scope == "near" else "dirk" if who != "dirk" else "dora"
        if owner == "nobody" or owner != who:
            self.sign_in("anna" if owner == "nobody" else owner)
        return device_of(self.database, self.world.people["anna" if owner == "nobody" else owner])

    def _details(self, client: FlaskClient, who: str, scope: str, method: str, endpoint: str) -> dict[str, object]:
        if endpoint.startswith("api."):
            return self._api(who, scope, endpoint)
        if method == "GET":
            return {}
        return {"data": {**self._inputs(scope, endpoint), "csrf_token": token(client, "/sign-in" if who == "nobody" else "/devices")}}

    def _api(self, who: str, scope: str, endpoint: str) -> dict[str, object]:
        body = self._api_body(who, scope, endpoint)
        if body is None:
            return {"headers": API}
        return {"data": body, "headers": {**API, "Content-Digest": content_digest(body)}}

    def _api_body(self, who: str, scope: str, endpoint: str) -> bytes | None:
        visit = self.places.visits.get(scope, NOBODYS)
        whole = revision(self.world, visit=visit, site=self.site(scope), person="amira" if who == "nobody" else who, photos=[photo_entry(photo(5))])
        return {
            "api.put_photo": photo(5), "api.put_draft": dumps(draft_of(whole)), "api.put_revision": dumps(whole),
            "api.photos_missing": dumps({"hashes": [self.places.photo]}), "api.receipts_known": dumps({"receipts": [NOBODYS]}),
        }.get(endpoint)

    def _inputs(self, scope: str, endpoint: str) -> dict[str, object]:
        """A form that is filled in well."""
        role = {"roles-0-role": "manager", "roles-0-region": "north", "roles-0-site": ""}
        site = {"name": "New", "region": "north", "time_zone": "Europe/Budapest", "language": "en", "active": "y"}
        return {
            "people.add": {"name": "Fay", "email": "fay@example.org", "password": "a sentence of hers", "language": "en", **role},
            "people.change": {"name": "Anna", "language": "en", "active": "y", **role}, "people.password": {"password": "a sentence of hers"},
            "regions.add": {"name": "West", "code": "west", "parent": ""}, "regions.change": {"name": "South", "parent": "acme"},
            "site_editing.add": {**site, "code": "new"}, "site_editing.change": site,
            "questionnaires.publish": {"document": (io.BytesIO(dumps(questionnaire(version=2))), "small.json")},
            "assignments.add": {"inspector": self.world.people["amira"], "site": self.site(scope), "questionnaire": self._version(),
                                "starts": "2026-11-23T09:00", "until": "2026-11-30T18:00", "brief": "Look closely."},
            "me.describe": {"name": "Somebody", "language": "en"}, "me.password": {"present": PASSWORD, "password": "a sentence of theirs"},
            "links.use": {"password": "a sentence of hers"},
            "spreadsheets.preview": {"file": (io.BytesIO(template(translator("en"))), "q.xlsx"), "title": "Paper",
                                     "slug": "paper", "language": "en", "mode": "points"},
            "spreadsheets.publish": {"document": dumps(questionnaire("paper")).decode()},
            "imports.take": {"file": (io.BytesIO(b"code,name\nwest,West\n"), "regions.csv"), "encoding": "utf-8"},
            "imports.invite": {"file": (io.BytesIO(b"email,name,role\nfay@example.org,Fay,inspector\n"), "people.csv"), "encoding": "utf-8"},
            "sign_in.begin": {"email": "amira@example.org", "password": PASSWORD}, "reviews.mark": {"printable": "yes"},
            "reviews.exclude": {"exclusion": "A reason."}, "reviews.give_back": {"whole": "A reason."},
        }.get(endpoint, {})

    def _version(self) -> str:
        with self.database.read() as session:
            return session.query(QuestionnaireVersion.id).scalar()
