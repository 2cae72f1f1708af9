"""Verify names every byte that differs or is missing, and nothing else."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update

from field.db import Database
from field.models import Answer, AuditEntry, Chain, Photo, PhotoUse, QuestionnaireVersion, Receipt, Revision, Visit
from field.photos.store import PhotoStore
from field.sync.verifying import Finding, Walk, verify
from tests.factories import World
from tests.sync.evidence import change_row, changed_json, changed_text, command, flipped, keys, make_evidence

_PHOTO, _REVISION, _RECEIPT, _ENTRY = Photo.__table__, Revision.__table__, Receipt.__table__, AuditEntry.__table__
#: How many of the possible changes one run tries.
SAMPLE = 160
Change = Callable[[Random], Callable[[], None]]


@pytest.fixture
def store(app: Flask) -> PhotoStore:
    return app.extensions["photo_store"]


@pytest.fixture
def evidence(database: Database, world: World, amira: FlaskClient) -> list[str]:
    return make_evidence(database, world, amira)


@pytest.fixture
def found(app: Flask, evidence: list[str]) -> Callable[[], list[Finding]]:
    def look() -> list[Finding]:
        return list(verify(Walk(app.extensions["database"].read, app.extensions["photo_store"], {"k1": _public(app)})))
    return look


def _public(app: Flask) -> bytes:
    return app.extensions["signer"]._key.public_key().public_bytes_raw()


def test_what_nobody_touched_is_found_to_be_right(found, app: Flask) -> None:
    assert found() == []
    said = command(app, "verify")
    assert said.exit_code == 0 and "6 visits" in said.output and "8 receipts" in said.output, said.output


def test_a_single_byte_changed_anywhere_is_found(found, database: Database, store: PhotoStore) -> None:
    random = Random(11)
    changes = random.sample([*_photo_changes(store), *_row_changes(database)], SAMPLE)
    missed = []
    for number, (name, change) in enumerate(changes):
        put_back = change(random)
        if not [finding for finding in found() if not finding.stray]:
            missed.append((number, name))
        put_back()
    assert missed == []
    assert found() == []


def _photo_changes(store: PhotoStore) -> list[tuple[str, Change]]:
    def change(sha256: str) -> Change:
        def act(random: Random) -> Callable[[], None]:
            before = store.get(sha256)
            store.put(sha256, flipped(before, random))
            return lambda: store.put(sha256, before)
        return act
    return [("photo", change(sha256)) for sha256 in store.names()]


def _row_changes(database: Database) -> Iterator[tuple[str, Change]]:
    """A change of each column that can change, in every row."""
    changed: dict[object, Callable[[object, Random], object]] = {
        _REVISION.c.body: flipped, _REVISION.c.sha256: changed_text, _REVISION.c.device: changed_text,
        _RECEIPT.c.body: flipped, _RECEIPT.c.digest: changed_text, _RECEIPT.c.revision_sha256: changed_text,
        _ENTRY.c.action: changed_text, _ENTRY.c.subject: changed_text, _ENTRY.c.subject_id: changed_text, _ENTRY.c.digest: changed_text,
        _ENTRY.c.at: lambda at, _: at + timedelta(microseconds=1), _ENTRY.c.details: changed_json,
        _PHOTO.c.bytes: lambda n, _: n + 1, _PHOTO.c.width: lambda n, _: n ^ 1, _PHOTO.c.height: lambda n, _: n ^ 2, _PHOTO.c.kind: lambda *_: "png",
    }
    for column, altered in changed.items():
        for key in keys(database, column.table):
            yield str(column), lambda random, column=column, key=key, altered=altered: change_row(
                database, column, key, lambda before: altered(before, random))


@pytest.mark.parametrize(("column", "value"), [
    (Visit.overall, 12.5), (Visit.overall_exact, "1/2"), (Visit.outcome, "fail"), (Visit.coverage, 0.5), (Visit.tangibles, 1.0),
    (Visit.sections, {}), (Visit.started_at, None), (Answer.value, 3), (Answer.comment, "no"), (Answer.mark, "missed"), (Answer.earned, "0"),
    (PhotoUse.caption, "no"), (PhotoUse.lat, 1.0), (QuestionnaireVersion.body, b"{}"), (QuestionnaireVersion.sha256, "0" * 64),
    (Chain.receipts, 7), (Chain.receipt_digest, "0" * 64), (Chain.entries, 3), (Chain.entry_digest, None),
])
def test_rows_that_no_longer_follow_from_their_bytes_are_found(found, database: Database, column, value) -> None:
    change_row(database, column.property.columns[0], keys(database, column.class_.__table__)[0], lambda _: value)
    assert [finding for finding in found() if not finding.stray]


@pytest.mark.parametrize("table", [Revision, Receipt, AuditEntry, Photo, Answer, PhotoUse])
def test_a_row_that_is_gone_is_found(found, database: Database, table) -> None:
    key = keys(database, table.__table__)[2]
    with database.write() as session:
        session.execute(delete(table).where(*[column == value for column, value in zip(table.__table__.primary_key, key, strict=True)]))
    assert [finding for finding in found() if not finding.stray]


def test_the_last_links_cut_off_are_found(found, database: Database) -> None:
    with database.write() as session:
        for table in (Receipt, AuditEntry):
            session.execute(delete(table).where(table.number == session.scalar(select(func.max(table.number)))))
    assert {finding.subject for finding in found()} == {"receipt", "audit entry", "revision"}


def test_a_photo_that_is_gone_is_named_with_its_visit(found, app: Flask, store: PhotoStore) -> None:
    sha256 = next(store.names())
    store.delete(sha256)
    assert [(finding.subject, finding.name) for finding in found()] == [("photo", sha256)]
    said = command(app, "verify")
    assert said.exit_code == 1 and sha256 in said.output


def test_a_photo_that_nobody_names_is_told_but_no_fault(found, app: Flask, store: PhotoStore) -> None:
    store.put("ab" * 32, b"left over")
    assert [(finding.name, finding.stray) for finding in found()] == [("ab" * 32, True)]
    assert command(app, "verify").exit_code == 0


def test_another_key_vouches_for_nothing(app: Flask, evidence: list[str]) -> None:
    walk = Walk(app.extensions["database"].read, app.extensions["photo_store"], {"k1": os.urandom(32)})
    assert len([finding for finding in verify(walk) if "signature" in finding.fault]) == 8


def test_reading_is_bounded(found, app: Flask, database: Database) -> None:
    """A page is a transaction, so that no reader keeps a writer waiting."""
    with database.write() as session:
        session.execute(update(Visit).values(slug="other"))
    walking = verify(Walk(app.extensions["database"].read, app.extensions["photo_store"], {"k1": _public(app)}))
    next(walking)
    with database.write() as session:
        session.execute(update(Visit).values(slug="small"))
    assert [finding for finding in walking if finding.subject == "visit"] == []
