"""Visits from a phone's file: received as if sent, once; a file that is not whole changes nothing."""

import hashlib
import json
import zipfile
from random import Random

import pytest
from sqlalchemy import select

from field.errors import Problem
from field.models import AuditEntry, Draft, Person, Photo, Receipt, RefusedCopy, Revision, Visit
from field.models.base import Base
from field.sync.export_file import ExportFile
from field.sync.importing import Importing
from tests.factories import photo, photo_entry, revision
from tests.sync.evidence import command, flipped
from tests.sync.exports import write_export
from tests.web.pages import draft_of, put, send


@pytest.fixture
def importing(app, database):
    return Importing(database.write, app.extensions["photo_store"], app.extensions["signer"])


@pytest.fixture
def run(app):
    return lambda path: command(app, "visit", "import", str(path))


PHOTOS = [photo(1), photo(2)]


def finished(world, **changes):
    return revision(world, photos=[photo_entry(data, position=at) for at, data in enumerate(PHOTOS)], **changes)


def rows(database):
    """All rows of all tables."""
    with database.read() as session:
        return {table.name: sorted(map(repr, session.execute(select(table)))) for table in Base.metadata.sorted_tables}


def test_a_visit_from_a_file_stands_as_one_that_was_sent(app, database, world, amira, run, tmp_path):
    sent, brought = finished(world), finished(world)
    send(amira, sent, PHOTOS)
    result = run(write_export(tmp_path / "visits.zip", world.people["amira"], [(brought, PHOTOS)]))
    assert result.exit_code == 0 and "received" in result.output, result.output
    with database.read() as session:
        first, second = (session.get(Visit, body["visit"]) for body in (sent, brought))
        own = {"id", "receipt_id", "received_at", "changed_at"}
        assert [getattr(first, column.name) for column in Visit.__table__.c if column.name not in own] == [
            getattr(second, column.name) for column in Visit.__table__.c if column.name not in own]
        photos = [set(session.scalars(select(Photo.sha256).where(Photo.visit_id == visit.id))) for visit in (first, second)]
        assert photos[0] == photos[1] == {hashlib.sha256(data).hexdigest() for data in PHOTOS}
        stored, receipts = (session.get(Revision, (brought["visit"], 1)).body,
                            [json.loads(session.scalars(select(Receipt.body).where(Receipt.visit_id == each["visit"])).one()) for each in (sent, brought)])
        assert json.loads(stored) == brought and receipts[1]["sha256"] == hashlib.sha256(stored).hexdigest()
        assert receipts[0]["score"] == receipts[1]["score"] and receipts[0]["flags"] == receipts[1]["flags"]
    verified = command(app, "verify")
    assert verified.exit_code == 0, verified.output


def test_importing_again_changes_nothing_and_the_phone_then_gets_the_same_receipt(database, world, amira, run, tmp_path):
    body = finished(world)
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(body, PHOTOS)])
    receipt = run(path).output.split("\t")[2].strip()
    before = rows(database)
    again = run(path)
    assert again.exit_code == 0 and f"known\t{receipt}" in again.output
    assert rows(database) == before
    answer = put(amira, f"/visits/{body['visit']}/revisions/1", body)
    assert answer.status_code == 200 and answer.get_json()["receipt"] == receipt


def test_a_file_in_which_any_byte_was_changed_is_refused_or_says_the_same(database, world, importing, tmp_path):
    body, random = finished(world), Random(7)
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(body, PHOTOS)])
    whole, changed, refused = path.read_bytes(), tmp_path / "changed.zip", 0
    wanted = [ExportFile(path).read(part) for part in (ExportFile(path).visits[0].body, *ExportFile(path).visits[0].photos)]
    before = rows(database)
    for _ in range(400):
        changed.write_bytes(flipped(whole, random))
        try:
            file = ExportFile(changed)
        except Problem as problem:
            assert problem.code == "export.damaged" and problem.values["what"]
            refused += 1
        else:
            assert [file.read(part) for part in (file.visits[0].body, *file.visits[0].photos)] == wanted
    assert refused > 350 and rows(database) == before


def test_a_damaged_file_is_refused_by_the_name_of_what_is_damaged(run, database, world, tmp_path):
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(finished(world), PHOTOS)])
    path.write_bytes(path.read_bytes().replace(PHOTOS[1], PHOTOS[1][:-1] + b"\x00" if PHOTOS[1][-1] else PHOTOS[1][:-1] + b"\x01"))
    result = run(path)
    assert result.exit_code == 1 and hashlib.sha256(PHOTOS[1]).hexdigest() in result.output
    path.write_bytes(path.read_bytes()[:200])
    assert "Damaged or missing: the file." in run(path).output
    with database.read() as session:
        assert session.query(Visit).count() == session.query(Photo).count() == 0


@pytest.mark.parametrize("about", [{"schema": 2}, {"visits": "none"}, {"more": 1}, {"person": None}])
def test_a_list_of_contents_of_another_shape_is_damage(run, world, tmp_path, about):
    result = run(write_export(tmp_path / "visits.zip", world.people["amira"], [(finished(world), PHOTOS)], contents=about))
    assert result.exit_code == 1 and "fieldscore.json" in result.output


def test_somebody_who_left_still_made_their_visits(database, world, run, tmp_path):
    with database.write() as session:
        session.get(Person, world.people["amira"]).disabled_at = session.get(Person, world.people["amira"]).created_at
    result = run(write_export(tmp_path / "visits.zip", world.people["amira"], [(finished(world), PHOTOS)]))
    assert result.exit_code == 0 and "received" in result.output, result.output


def test_nobody_brings_visits_under_another_name(database, world, amira, run, tmp_path):
    body = finished(world)
    for person in (world.people["anna"], world.people["ben"], "nobody"):
        result = run(write_export(tmp_path / "visits.zip", person, [(body, PHOTOS)]))
        assert result.exit_code == 1 and "refused" in result.output
    with database.read() as session:
        assert session.query(Receipt).count() == 0


def test_what_sync_refuses_the_import_refuses_too_and_the_other_visits_go_on(database, world, run, tmp_path):
    wrong, right = finished(world, answers={"nothing": {"value": 1}}), finished(world)
    result = run(write_export(tmp_path / "visits.zip", world.people["amira"], [(wrong, PHOTOS), (right, PHOTOS)]))
    assert result.exit_code == 1 and "revision.invalid" in result.output and "received" in result.output
    with database.read() as session:
        assert session.scalars(select(RefusedCopy.visit_id)).all() == [wrong["visit"]]
        assert session.scalars(select(Receipt.visit_id)).all() == [right["visit"]]


def test_photos_that_the_file_does_not_hold_stop_only_a_visit_whose_photos_are_nowhere_else(amira, world, run, tmp_path):
    body = finished(world)
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(body, PHOTOS[:1])])
    assert "photos.missing" in run(path).output
    assert amira.put(f"/api/v1/visits/{body['visit']}/photos/{hashlib.sha256(PHOTOS[1]).hexdigest()}", data=PHOTOS[1]).status_code == 201
    assert "received" in run(path).output


def test_an_open_visit_comes_as_a_draft_that_another_phone_can_go_on_with(database, world, amira, run, tmp_path):
    draft = draft_of(finished(world), rev=7)
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(draft, PHOTOS)])
    assert "draft" in run(path).output and run(path).exit_code == 0
    with database.read() as session:
        assert session.scalars(select(Draft.rev)).all() == [7]
        assert session.scalars(select(AuditEntry.number).where(AuditEntry.action == "visit.submitted")).all() == []
    offered = amira.get(f"/api/v1/visits/{draft['visit']}/draft").get_json()["drafts"]
    assert [each["rev"] for each in offered] == [7]


def test_an_entry_that_the_list_does_not_name_is_refused(run, world, tmp_path):
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(finished(world), PHOTOS)])
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("more.txt", "hello")
    assert "more.txt" in run(path).output


def test_a_compressed_entry_is_never_unpacked(run, world, tmp_path):
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(finished(world), PHOTOS)])
    with zipfile.ZipFile(path) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    assert "fieldscore.json" in run(path).output


@pytest.mark.parametrize("notes", [b'{"notes":[{"text":"Till 3 \xc3\xa9"}],"marks":[],"stopwatches":{}}', b"no JSON: Till 3 \xc3\xa9\n\x1b[2J"])
def test_what_no_question_has_is_told_and_refuses_nothing(amira, world, run, tmp_path, notes):
    right, wrong = finished(world), finished(world, answers={"nothing": {"value": 1}})
    for body, state in ((right, "received"), (right, "known"), (draft_of(finished(world), rev=7), "draft"), (wrong, "refused")):
        output = run(write_export(tmp_path / "visits.zip", world.people["amira"], [(body, PHOTOS)], notes=notes)).output
        assert f"{body['visit']}\t{state}\t" in output, output
        assert f"{body['visit']}\tnotes\t" in output and "Till 3 é" in output and "\x1b" not in output, output


def test_damaged_notes_are_damage_like_any_other(run, world, tmp_path):
    path = write_export(tmp_path / "visits.zip", world.people["amira"], [(finished(world), PHOTOS)], notes=b'{"notes":[{"text":"Till 3"}]}')
    path.write_bytes(path.read_bytes().replace(b"Till 3", b"Till 4"))
    assert "notes.json" in run(path).output
