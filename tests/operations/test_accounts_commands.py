"""Inviting and resetting people from the command line."""

import re

import pytest

from field.models import Person, SecondFactor
from field.models.person import select_person
from tests.web.pages import token
from tests.web.signing_in import enrol, give_password

LINK = re.compile(r"http://127\.0\.0\.1:8000(/links/[\w-]{43})\n\Z")


@pytest.fixture
def run(app, world):
    def invoke(*arguments):
        with app.app_context():
            return app.test_cli_runner().invoke(args=["person", *arguments])
    return invoke


def test_invite_prints_a_link_that_works_once(app, run, database):
    printed = run("invite", "Fay@Example.org", "--name", "Fay", "--role", "manager", "--region", "north").output
    link, fay = LINK.match(printed).group(1), app.test_client()
    form = {"csrf_token": token(fay, link), "name": "Fay", "password": "a sentence of hers"}
    assert [fay.post(link, data=form).status_code for _ in range(2)] == [303, 410]
    with database.read() as session:
        assert [grant.role for grant in session.scalar(select_person("fay@example.org")).grants] == ["manager"]


@pytest.mark.parametrize("options, kept", [((), True), (("--without-second-factor",), False)])
def test_reset_keeps_the_second_factor_unless_told_otherwise(app, run, database, world, options, kept):
    enrol(give_password(app, "ben")[0])
    assert LINK.match(run("reset", "ben@example.org", *options).output)
    with database.read() as session:
        assert (session.get(SecondFactor, world.people["ben"]) is not None) == kept


def test_reset_of_a_stranger_says_so(run, database):
    result = run("reset", "nobody@example.org")
    assert result.exit_code == 1
    assert "person.unknown" in result.output
    with database.read() as session:
        assert session.query(Person).filter_by(email="nobody@example.org").count() == 0
