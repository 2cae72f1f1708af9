"""Commands for questionnaires: published, opened for unplanned visits, retired."""

import pytest

from field.models import AuditEntry, QuestionnaireVersion
from tests.factories import dumps, questionnaire, revision
from tests.web.pages import send


@pytest.fixture
def publish(run, tmp_path):
    """Publishes a document, or the text of one."""
    def hand_in(document, *options):
        (tmp_path / "document.json").write_bytes(document if isinstance(document, bytes) else dumps(document))
        return run("questionnaire", "publish", str(tmp_path / "document.json"), *options)
    return hand_in


def entries(database, action) -> int:
    with database.read() as session:
        return session.query(AuditEntry).filter_by(action=action).count()


def test_publishing_again_opens_a_version_for_unplanned_visits(publish, database):
    plain = publish(questionnaire("quiet"))
    opened, again = (publish(questionnaire("quiet"), "--unplanned") for _ in range(2))
    assert plain.stderr == ""
    assert opened.stdout == again.stdout == plain.stdout
    assert "by themselves" in opened.stderr
    with database.read() as session:
        assert session.query(QuestionnaireVersion).filter_by(slug="quiet").one().unplanned
    assert entries(database, "questionnaire.opened") == 1
    publish(questionnaire("quiet"))
    with database.read() as session:
        assert session.query(QuestionnaireVersion).filter_by(slug="quiet").one().unplanned


def test_a_retired_version_is_planned_no_more_and_its_visits_are_flagged(run, database, amira, world):
    assert [run("questionnaire", "retire", "small", "1").output for _ in range(2)] == ["retired\n"] * 2
    assert entries(database, "questionnaire.retired") == 1
    assert amira.get("/api/v1/bootstrap").json["questionnaires"] == []
    body = revision(world)
    send(amira, body)
    receipt = amira.get(f"/api/v1/visits/{body['visit']}/revisions/1/receipt").json
    assert "questionnaire.retired" in receipt["flags"]
    planned = run("assignment", "add", "--site", "mill", "--questionnaire", "small", "--inspector", "amira@example.org")
    assert (planned.exit_code, planned.output) == (1, "Error: No version of small is in use (questionnaire.unknown).\n")


@pytest.mark.parametrize("version, exit_code", [("9", 1), ("0", 2), ("x", 2), ("9" * 30, 2)])
def test_a_version_that_never_was_cannot_be_retired(run, version, exit_code):
    result = run("questionnaire", "retire", "small", version)
    assert (result.exit_code, "questionnaire.unknown" in result.output) == (exit_code, exit_code == 1)


def test_keys_that_stand_twice_are_named(publish, database):
    document = dumps(questionnaire("double")).replace(b'"slug":', b'"slug":"other","slug":').replace(b'"key":"look",', b'"key":"look","\\u006bey":"a",')
    result = publish(document)
    assert result.exit_code == 1
    assert [line.split(":")[0].strip() for line in result.output.splitlines()[1:]] == ["/slug", "/sections/0/questions/1/key"]
    with database.read() as session:
        assert session.query(QuestionnaireVersion).count() == 1
