"""Passwords: long enough, and none of those that whoever guesses begins with."""

import pytest

from field.access import SYSTEM, Grant, Role
from field.content import common_passwords
from field.errors import Problem
from field.operations.demo_people import PASSWORD as DEMO
from field.operations.passwords import password_mistakes
from field.operations.people import add_person, set_password
from tests.factories import PASSWORD


def codes(password):
    return [mistake.code for mistake in password_mistakes(password)]


@pytest.mark.parametrize("password", ["", "short", "1234567", "x" * 1001])
def test_one_too_short_or_too_long_is_refused(password):
    assert codes(password) == ["password.length"]


@pytest.mark.parametrize("password", ["password", "12345678", "qwertyuiop", "iloveyou", "1qaz2wsx", "Password1", " SUNSHINE "])
def test_one_of_the_commonest_is_refused_however_it_is_written(password):
    assert codes(password) == ["password.common"]


@pytest.mark.parametrize("password", [PASSWORD, DEMO, "a password of my own", "árvíztűrő tükörfúrógép", "正確的馬電池釘書針", "x" * 1000])
def test_a_sentence_is_fine(password):
    assert codes(password) == []


def test_the_list_holds_thousands_and_only_what_could_be_chosen():
    assert len(common_passwords()) > 8000
    assert [word for word in common_passwords() if len(word) < 8 or word != word.strip().lower()] == []


def test_nobody_gets_one_whoever_chooses_it(database, world):
    with database.write() as session:
        fay = add_person(session, SYSTEM, "fay@example.org", name="Fay", grants=[Grant(Role.MANAGER)])
        for choose in (lambda: set_password(session, SYSTEM, fay, "trustno1"),
                       lambda: add_person(session, SYSTEM, "gil@example.org", name="Gil", grants=[Grant(Role.MANAGER)], password="trustno1")):
            with pytest.raises(Problem) as caught:
                choose()
            assert [mistake.code for mistake in caught.value.errors] == ["password.common"]
