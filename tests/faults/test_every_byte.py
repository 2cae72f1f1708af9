"""Verify names what was changed: a thousand times one byte of a photo, a revision, a receipt or an audit entry."""

from collections.abc import Callable, Iterator
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from field.db import Database
from field.models import AuditEntry, Receipt, Revision
from field.photos.store import PhotoStore
from field.sync.verifying import Walk
from field.sync.verifying.chain import check_entries
from field.sync.verifying.photos import check_photos
from field.sync.verifying.receipts import check_receipts
from field.sync.verifying.revisions import check_revisions
from tests.factories import World
from tests.sync.evidence import change_row, changed_json, changed_text, flipped, keys, make_evidence

#: So many changes of each of the four.
EACH = 250
Changed = tuple[str, Callable[[], None]]


@pytest.fixture
def walk(app: Flask, database: Database, world: World, amira: FlaskClient) -> Walk:
    make_evidence(database, world, amira, visits=2)
    signer = app.extensions["signer"]
    return Walk(database.read, app.extensions["photo_store"], {"k1": signer._key.public_key().public_bytes_raw()})


def photo_changes(store: PhotoStore, random: Random) -> Iterator[Changed]:
    names = list(store.names())
    for _ in range(EACH):
        sha256 = random.choice(names)
        before = store.get(sha256)
        store.put(sha256, flipped(before, random))
        yield sha256, lambda sha256=sha256, before=before: store.put(sha256, before)


def revision_changes(database: Database, random: Random) -> Iterator[Changed]:
    for key in random.choices(keys(database, Revision.__table__), k=EACH):
        yield f"{key[0]}/{key[1]}", change_row(database, Revision.__table__.c.body, key, lambda body: flipped(body, random))


def receipt_changes(database: Database, random: Random) -> Iterator[Changed]:
    with database.read() as session:
        ids = {(row.number,): row.id for row in session.query(Receipt)}
    for key in random.choices(list(ids), k=EACH):
        yield ids[key], change_row(database, Receipt.__table__.c.body, key, lambda body: flipped(body, random))


def entry_changes(database: Database, random: Random) -> Iterator[Changed]:
    """A character of one of the entry's texts."""
    columns = [AuditEntry.__table__.c[name] for name in ("action", "subject", "subject_id", "digest", "details")]
    for key in random.choices(keys(database, AuditEntry.__table__), k=EACH):
        change = lambda value: changed_json(value, random) if isinstance(value, dict) else changed_text(value, random)  # noqa: E731
        yield f"number {key[0]}", change_row(database, random.choice(columns), key, change)


def test_a_thousand_single_bytes_are_found_and_named(walk: Walk, database: Database) -> None:
    random = Random(1000)
    subjects = {
        "photo": (photo_changes(walk.store, random), check_photos), "revision": (revision_changes(database, random), check_revisions),
        "receipt": (receipt_changes(database, random), check_receipts), "audit entry": (entry_changes(database, random), check_entries),
    }
    found, missed = 0, []
    for subject, (changes, check) in subjects.items():
        for name, put_back in changes:
            named = {finding.name for finding in check(walk) if finding.subject == subject}
            found += name in named
            missed += [] if name in named else [(subject, name)]
            put_back()
        assert list(check(walk)) == []
    assert missed == [] and found == 4 * EACH
