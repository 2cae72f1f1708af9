"""Receipts: bytes, signature, chain, and that all they promise is still there."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, select

from field.models import Chain, Photo, Receipt, Revision, Visit
from field.questionnaire import score
from field.sync.receipts import verify
from field.sync.verifying.sent import said
from field.sync.verifying.versions import Definitions
from field.sync.verifying.walk import Finding, Walk

_R, _V, _I, _P = Receipt.__table__, Revision.__table__, Visit.__table__, Photo.__table__
_PAGE = 20


def check_receipts(walk: Walk) -> Iterator[Finding]:
    """Every receipt up to the chain's end at this moment, in order of issue."""
    with walk.read() as session:
        end = session.get(Chain, 1)
    before, number, definitions = None, 0, Definitions(walk)
    for row in _rows(walk, end.receipts):
        walk.counts["receipts"] += 1
        number += 1
        if row.number != number:
            yield Finding("receipt", f"number {number}", "it is missing")
            number, before = row.number, None
        faults = [*_own(walk, row), *_linked(row, before), *_kept(walk, row, definitions)]
        yield from (Finding("receipt", row.id, fault) for fault in faults)
        before = hashlib.sha256(row.body).hexdigest()
    if (number, before) != (end.receipts, end.receipt_digest):
        yield Finding("receipt", f"number {end.receipts}", "the chain's end is not what was issued last")


def _rows(walk: Walk, last: int) -> Iterator[Row]:
    held = (_V.c.visit_id == _R.c.visit_id) & (_V.c.number == _R.c.revision)
    query = select(
        _R.c.number, _R.c.id, _R.c.person_id, _R.c.visit_id, _R.c.revision, _R.c.revision_sha256, _R.c.body, _R.c.digest,
        _I.c.person_id.label("owner"), _V.c.sha256.label("sha256"), _V.c.body.label("sent"), _V.c.received_at,
    ).outerjoin(_I, _I.c.id == _R.c.visit_id).outerjoin(_V, held).where(_R.c.number <= last)
    for rows in walk.pages(query, (_R.c.number,), _PAGE):
        yield from rows


def _own(walk: Walk, row: Row) -> Iterator[str]:
    """The receipt by itself: digest, signature, and its columns as its bytes say."""
    if hashlib.sha256(row.body).hexdigest() != row.digest:
        yield "its bytes do not have its digest"
    content = _content(row.body)
    if content.get("key") not in walk.keys or not verify(row.body, walk.keys[content["key"]]):
        yield "its signature does not hold"
    columns = {"receipt": row.id, "visit": row.visit_id, "revision": row.revision, "sha256": row.revision_sha256}
    yield from (f"its {name} is not what its bytes say" for name, value in columns.items() if content.get(name) != value)
    if row.owner != row.person_id:
        yield "it belongs to somebody else than its visit"


def _linked(row: Row, before: str | None) -> Iterator[str]:
    if (before is not None or row.number == 1) and _content(row.body).get("previous") != before:
        yield "it does not name the receipt before it"


def _kept(walk: Walk, row: Row, definitions: Definitions) -> Iterator[str]:
    """What the receipt promises: the revision with these bytes, its photos, the score that they give."""
    content = _content(row.body)
    if row.sent is None:
        yield "the revision that it names is missing"
        return
    if row.sha256 != content.get("sha256"):
        yield "the revision that it names has another digest"
    if row.received_at.strftime("%Y-%m-%dT%H:%M:%SZ") != content.get("received_at"):
        yield "its time is not the revision's"
    yield from (f"the photo {sha256} that it names is missing" for sha256 in _missing(walk, row.visit_id, content))
    body = said(row.sent, row.sha256)
    if body is not None:
        yield from _promised(content, body, definitions)


def _promised(content: Mapping[str, Any], body: Mapping[str, Any], definitions: Definitions) -> Iterator[str]:
    if content.get("photos") != sorted({photo["sha256"] for photo in body["photos"]}):
        yield "it names other photos than its revision"
    definition = definitions.get(body["questionnaire"]["sha256"])
    if definition is None:
        yield "the questionnaire of its revision is missing"
    elif score(definition, body["answers"]).shown != content.get("score"):
        yield "its score is not the one that its revision gives"


def _missing(walk: Walk, visit_id: str, content: Mapping[str, Any]) -> list[str]:
    named = content.get("photos") or []
    if not named:
        return []
    with walk.read() as session:
        held = set(session.scalars(select(_P.c.sha256).where(_P.c.visit_id == visit_id)))
    return sorted(set(named) - held)


def _content(body: bytes) -> dict[str, Any]:
    """What the bytes say; nothing where they cannot be read."""
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
