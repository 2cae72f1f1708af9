"""What tests of pages share."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from flask.testing import FlaskClient

from tests.factories import content_digest, dumps


def token(client: FlaskClient, address: str) -> str:
    """The token that the forms of a page carry."""
    page = client.get(address).get_data(as_text=True)
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def text(answer) -> str:
    return answer.get_data(as_text=True)


def send(client: FlaskClient, body: dict[str, Any], photos: Iterable[bytes] = ()) -> str:
    """Sends a visit as a phone does, its photos first; gives the visit's id."""
    for data in photos:
        stored = client.put(f"/api/v1/visits/{body['visit']}/photos/{sha256(data).hexdigest()}", data=data)
        assert stored.status_code == 201, stored.data
    raw = dumps(body)
    answer = client.put(f"/api/v1/visits/{body['visit']}/revisions/{body['revision']}", data=raw,
                        headers={"Content-Digest": content_digest(raw), "Content-Type": "application/json"})
    assert answer.status_code == 201, answer.data
    return body["visit"]


def put(client: FlaskClient, path: str, body: Any, **headers: str) -> Any:
    """A PUT to the sync API as phones send it; ``body`` may be bytes or what becomes JSON."""
    raw = body if isinstance(body, bytes) else dumps(body)
    return client.put(f"/api/v1{path}", data=raw, headers={"Content-Digest": content_digest(raw), "Content-Type": "application/json", **headers})


def draft_of(whole: dict[str, Any], rev: int = 1) -> dict[str, Any]:
    """A visit's body as its draft."""
    kept = ("schema", "visit", "device", "site", "questionnaire", "started", "answers", "timings", "photos", "locations")
    return {**{name: whole[name] for name in kept}, "rev": rev}
