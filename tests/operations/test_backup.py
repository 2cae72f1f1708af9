"""A backup taken while phones keep sending holds one moment whole; what is damaged is never restored."""

import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from field import create_app
from field.db import Database
from field.jobs.work import Work
from field.jobs.worker import drain
from field.models import Receipt, ReferencePhoto
from tests.factories import World, dumps, photo, photo_entry, questionnaire, revision
from tests.sync.evidence import command, flipped, make_evidence
from tests.web.pages import send
from tests.web.places import digest


@pytest.fixture
def evidence(database: Database, world: World, amira: FlaskClient) -> list[str]:
    return make_evidence(database, world, amira, visits=4)


@pytest.fixture
def another(tmp_path: Path, new_database: Callable[[], str]) -> Iterator[Callable[[], Flask]]:
    """Makes further applications, each with a home and an empty database of its own."""
    made: list[Flask] = []

    def make() -> Flask:
        made.append(create_app({"FIELDSCORE_HOME": str(tmp_path / f"another{len(made)}"), "DATABASE_URL": new_database()}))
        return made[-1]
    yield make
    for each in made:
        each.extensions["database"].dispose()


def _backup(app: Flask, path: Path) -> Path:
    said = command(app, "backup", str(path))
    assert said.exit_code == 0, said.output
    return path


def test_what_is_restored_is_what_was_backed_up(app: Flask, evidence, database: Database, another, tmp_path: Path) -> None:
    file = _backup(app, tmp_path / "all.tar")
    fresh = another()
    said = command(fresh, "restore", str(file))
    assert said.exit_code == 0, said.output
    assert digest(fresh.extensions["database"]) == digest(database)
    assert list(fresh.extensions["photo_store"].names()) == list(app.extensions["photo_store"].names())
    for secret in (tmp_path / "secrets").iterdir():
        restored = tmp_path / "another0" / "secrets" / secret.name
        assert restored.read_bytes() == secret.read_bytes() and restored.stat().st_mode & 0o777 == 0o600


def test_what_is_restored_verifies_with_the_restored_keys(app: Flask, evidence, another, tmp_path: Path) -> None:
    file, fresh = _backup(app, tmp_path / "all.tar"), another()
    assert command(fresh, "restore", str(file)).exit_code == 0
    said = _verified(fresh)
    assert said.exit_code == 0 and "4 visits" in said.output, said.output


def test_a_backup_of_any_database_is_restored_into_sqlite(app: Flask, evidence, tmp_path: Path) -> None:
    file = _backup(app, tmp_path / "all.tar")
    small = create_app({"FIELDSCORE_HOME": str(tmp_path / "small")})
    said = command(small, "restore", str(file))
    small.extensions["database"].dispose()
    assert said.exit_code == 0, said.output
    assert _verified(small).exit_code == 0


def _verified(restored: Flask) -> Result:
    """What the application says after a restart: it starts with the restored keys."""
    settings = restored.config["FIELDSCORE"]
    started = create_app({"FIELDSCORE_HOME": str(settings.home), "DATABASE_URL": settings.database_url})
    said = command(started, "verify")
    started.extensions["database"].dispose()
    return said


def test_a_backup_is_for_the_owner_alone_and_leaves_nothing_beside_it(app: Flask, evidence, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    place.mkdir()
    file = _backup(app, place / "all.tar")
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(place.iterdir()) == [file]


def test_everything_acknowledged_before_a_backup_is_in_it_while_phones_keep_sending(
    app: Flask, sign_in, world: World, evidence, another, tmp_path: Path,
) -> None:
    stop, sent = Event(), []
    senders = [Thread(target=_keep_sending, args=(sign_in(name), world, name, sent, stop)) for name in ("amira", "anna")]
    for sender in senders:
        sender.start()
    try:
        files, before = [], []
        for number in range(3):
            while len(sent) < 3 * (number + 1):
                stop.wait(0.01)
            before.append(list(sent))
            files.append(_backup(app, tmp_path / f"{number}.tar"))
    finally:
        stop.set()
        for sender in senders:
            sender.join()
    for file, acknowledged in zip(files, before, strict=True):
        fresh = another()
        assert command(fresh, "restore", str(file)).exit_code == 0
        with fresh.extensions["database"].read() as session:
            assert {receipt.visit_id for receipt in session.query(Receipt)} >= set(acknowledged)
        said = _verified(fresh)
        assert said.exit_code == 0, said.output


def _keep_sending(client: FlaskClient, world: World, name: str, sent: list[str], stop: Event) -> None:
    random = Random(name)
    while not stop.is_set():
        data = photo(random.randrange(10**6))
        sent.append(send(client, revision(world, person=name, photos=[photo_entry(data)]), [data]))


def test_a_store_that_has_only_what_init_made_is_filled(app: Flask, evidence, database: Database, another, tmp_path: Path) -> None:
    file, fresh = _backup(app, tmp_path / "all.tar"), another()
    assert command(fresh, "init").exit_code == 0
    said = command(fresh, "restore", str(file))
    assert said.exit_code == 0, said.output
    assert digest(fresh.extensions["database"]) == digest(database)


def test_reference_photos_come_back_with_their_version(app: Flask, evidence, database: Database, another, tmp_path: Path) -> None:
    assert command(app, "init").exit_code == 0
    file, fresh = _backup(app, tmp_path / "all.tar"), another()
    assert command(fresh, "init").exit_code == 0
    said = command(fresh, "restore", str(file))
    assert said.exit_code == 0, said.output
    with database.read() as before, fresh.extensions["database"].read() as after:
        kept, restored = ({(each.version_id, each.sha256, each.image) for each in session.query(ReferencePhoto)} for session in (before, after))
    assert restored == kept and len(kept) == 3
    assert _verified(fresh).exit_code == 0


def test_a_questionnaire_that_somebody_published_is_not_overwritten(app: Flask, evidence, another, tmp_path: Path) -> None:
    file, fresh = _backup(app, tmp_path / "all.tar"), another()
    (tmp_path / "own.json").write_bytes(dumps(questionnaire("our-own")))
    for order in (["init"], ["questionnaire", "publish", str(tmp_path / "own.json")]):
        assert command(fresh, *order).exit_code == 0
    said = command(fresh, "restore", str(file))
    assert said.exit_code == 1 and "backup.store_in_use" in said.output


def test_a_backup_of_a_later_release_changes_nothing(app: Flask, evidence, another, tmp_path: Path) -> None:
    with app.extensions["database"].writing_engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    file, fresh = _backup(app, tmp_path / "all.tar"), another()
    before = digest(fresh.extensions["database"])
    said = command(fresh, "restore", str(file))
    assert said.exit_code == 1 and "backup.newer" in said.output
    assert digest(fresh.extensions["database"]) == before


def test_a_store_with_data_is_never_overwritten(app: Flask, evidence, database: Database, tmp_path: Path) -> None:
    file, before = _backup(app, tmp_path / "all.tar"), digest(database)
    said = command(app, "restore", str(file))
    assert said.exit_code == 1 and "backup.store_in_use" in said.output
    assert digest(database) == before


def test_a_backup_with_any_byte_changed_or_cut_is_refused_and_nothing_is_restored(app: Flask, evidence, another, tmp_path: Path) -> None:
    whole = _backup(app, tmp_path / "all.tar").read_bytes()
    fresh, random = another(), Random(3)
    secrets = {path.name: path.read_bytes() for path in (tmp_path / "another0" / "secrets").iterdir()}
    bad = [whole[:random.randrange(1, len(whole) - 12_000)] for _ in range(8)]
    bad += [_with_member_changed(tmp_path / "all.tar", number, random) for number in range(0, 40, 3)]
    for data in bad:
        (tmp_path / "bad.tar").write_bytes(data)
        said = command(fresh, "restore", str(tmp_path / "bad.tar"))
        assert said.exit_code == 1 and "backup.damaged" in said.output, said.output
    assert list(fresh.extensions["photo_store"].names()) == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "another0" / "secrets").iterdir()} == secrets


def _with_member_changed(path: Path, number: int, random: Random) -> bytes:
    """The archive with one byte of one member's body changed: of a photo, a table or a secret."""
    with tarfile.open(path) as tar:
        full = [member for member in tar if member.size and member.name != "manifest.json"]
        member = full[number % len(full)]
    data = bytearray(path.read_bytes())
    data[member.offset_data:member.offset_data + member.size] = flipped(bytes(data[member.offset_data:member.offset_data + member.size]), random)
    return bytes(data)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "photos/ab/../../evil", "secrets/../evil", "other.txt"])
def test_an_archive_that_names_other_places_is_refused(app: Flask, tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, BytesIO(b"evil"))
    said = command(app, "restore", str(tmp_path / "evil.tar"))
    assert said.exit_code == 1 and "backup.damaged" in said.output


def test_an_interrupted_restore_can_be_repeated(app: Flask, evidence, database: Database, another, tmp_path: Path, monkeypatch) -> None:
    file, fresh = _backup(app, tmp_path / "all.tar"), another()
    with monkeypatch.context() as broken:
        broken.setattr("field.cli_keeping.load", _fail)
        assert command(fresh, "restore", str(file)).exit_code == 1
    assert command(fresh, "restore", str(file)).exit_code == 0
    assert digest(fresh.extensions["database"]) == digest(database)


def _fail(*_args: object) -> int:
    raise OSError("pulled the plug")


def test_a_photo_that_the_store_lost_is_named_and_the_rest_is_kept(app: Flask, evidence, tmp_path: Path) -> None:
    lost, damaged, *_ = app.extensions["photo_store"].names()
    app.extensions["photo_store"].delete(lost)
    app.extensions["photo_store"].put(damaged, b"something else")
    said = command(app, "backup", str(tmp_path / "all.tar"))
    assert said.exit_code == 1 and lost in said.output and damaged in said.output
    with closing(tarfile.open(tmp_path / "all.tar")) as tar:
        assert len([name for name in tar.getnames() if name.startswith("photos/")]) == 6


def test_a_failed_backup_leaves_the_one_before(app: Flask, evidence, tmp_path: Path, monkeypatch) -> None:
    file = _backup(app, tmp_path / "all.tar")
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", _fail)
    assert command(app, "backup", str(file)).exit_code == 1
    assert file.read_bytes() == before



def test_after_a_restore_the_worker_makes_the_copies_that_pages_show(app: Flask, evidence, another, tmp_path: Path) -> None:
    drain(_work(app))
    fresh = another()
    assert command(fresh, "restore", str(_backup(app, tmp_path / "all.tar"))).exit_code == 0
    store = fresh.extensions["photo_store"]
    names = [*store.names()]
    assert names and not any(store.exists(name, 400) for name in names)
    drain(_work(fresh))
    assert all(store.exists(name, 400) and store.exists(name, 1600) for name in names)


def _work(app: Flask) -> Work:
    return Work(app.extensions["database"], app.extensions["photo_store"], app.extensions["decoder"])
