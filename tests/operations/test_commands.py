"""Commands: each says in a line what is wrong, and keeps what it found out."""

import hashlib

import pytest

from field import create_app
from field.access import State
from field.config import BadSettings, load
from field.models import Assignment, Photo, Site, Visit
from tests.factories import photo_entry, revision
from tests.web.pages import send

PLAN = ("assignment", "add", "--site", "mill", "--questionnaire", "small", "--inspector")


def test_only_inspectors_are_sent_to_sites(run, database):
    results = [run(*PLAN, f"{name}@example.org") for name in ("ben", "chen", "eva", "amira")]
    assert [(result.exit_code, result.output.count("\n")) for result in results] == [(1, 1)] * 3 + [(0, 1)]
    assert "Choose an inspector." in results[0].output
    with database.read() as session:
        assert session.query(Assignment).count() == 1


def test_who_does_not_review_is_told_that_and_not_that_the_visit_is_their_own(run, amira, world, database):
    visit = send(amira, revision(world))
    assert "access.denied" in run("visit", "accept", visit, "--reviewer", "ben@example.org").output
    assert "access.denied" in run("visit", "return", visit, "--reviewer", "amira@example.org", "--reason", "x").output
    with database.read() as session:
        assert session.get(Visit, visit).state == State.SUBMITTED


def test_what_accepting_found_out_stays_though_it_is_refused(run, amira, world, database):
    broken = b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x80\x00\x80\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01" + bytes(64)
    visit = send(amira, revision(world, photos=[photo_entry(broken)]), [broken])
    refused = run("visit", "accept", visit, "--reviewer", "chen@example.org")
    assert (refused.exit_code, "visit.photos_unreadable" in refused.output) == (1, True)
    with database.read() as session:
        assert (session.query(Photo).one().state, session.get(Visit, visit).state) == ("unreadable", State.SUBMITTED)
    assert run("visit", "return", visit, "--reviewer", "chen@example.org", "--reason", "Again, please.").output == "returned\n"
    assert amira.get("/api/v1/bootstrap").json["visits"][0]["unreadable"] == [hashlib.sha256(broken).hexdigest()]


def test_visits_are_listed_by_states_that_there_are(run, amira, world):
    visit = send(amira, revision(world))
    assert run("visit", "list", "--state", "nope").exit_code == 2
    assert run("visit", "list", "--state", "submitted").output.startswith(visit)
    assert run("visit", "list", "--state", "accepted").output == ""


@pytest.mark.parametrize("command", [("serve", "--port", "99999"), ("serve", "--workers", "0"), ("phone", "--help-port", "0")])
def test_numbers_that_no_server_can_have_are_mistakes_of_use(run, command):
    assert run(*command).exit_code == 2


@pytest.mark.parametrize("language, fine", [("el", True), ("zh-Hant", True), ("pt-BR", True), ("xx", False), ("english", False), ("e", False),
                                            ("../en", False), ("", False)])
def test_a_site_speaks_a_language_that_there_is(run, database, language, fine):
    result = run("site", "add", "kiosk", "--name", "Kiosk", "--region", "north", "--language", language)
    assert (result.exit_code == 0, "/language: " in result.output) == (fine, not fine)
    with database.read() as session:
        assert session.query(Site).filter_by(code="kiosk").count() == fine


def test_a_backup_that_cannot_be_written_says_so(run, tmp_path):
    result = run("backup", str(tmp_path / "nowhere" / "backup.tar"))
    assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    assert "cannot be written: No such file or directory" in result.output


@pytest.mark.parametrize("command", [("verify",), ("backup", "var.tar"), ("visit", "list"), ("worker", "--once"), ("demo",), ("region", "add", "a", "--name", "A"), ("serve",)])
def test_before_init_every_command_says_what_to_run(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    fresh = create_app({"FIELDSCORE_HOME": str(tmp_path)})
    with fresh.app_context():
        result = fresh.test_cli_runner().invoke(args=command)
    fresh.extensions["decoder"].close()
    fresh.extensions["database"].dispose()
    assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    assert "flask --app app init" in result.output


def test_a_database_that_cannot_be_reached_is_one_line_without_its_password(tmp_path):
    lost = create_app({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": "postgresql+psycopg://eva:a-secret@127.0.0.1:1/nothing"})
    with lost.app_context():
        result = lost.test_cli_runner().invoke(args=["visit", "list"])
    lost.extensions["decoder"].close()
    lost.extensions["database"].dispose()
    assert (result.exit_code, result.output.count("\n"), "a-secret" in result.output) == (1, 1, False)
    assert result.output.startswith("Error: The database does not answer: ")


@pytest.mark.parametrize("url", ["mysql://eva@localhost/scores", "oracle://x", "postgresql+psycopg2://eva@localhost/scores", "sqlite://", "scores.db"])
def test_databases_that_promise_less_are_refused_with_the_reason(tmp_path, url):
    with pytest.raises(BadSettings, match="DATABASE_URL must be .* safe on the disk"):
        load({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": url})


def test_sqlite_may_be_named_with_its_driver(tmp_path):
    made = create_app({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": f"sqlite+pysqlite:///{tmp_path / 'scores.db'}"})
    with made.app_context():
        assert made.test_cli_runner().invoke(args=["init"]).exit_code == 0
    made.extensions["decoder"].close()
    made.extensions["database"].dispose()
    assert (tmp_path / "scores.db").exists()
