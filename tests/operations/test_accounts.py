"""Links that work once and passwords: who may use them, how often and for how long."""

from datetime import timedelta

import pytest

from field import clock
from field.access import SYSTEM, Grant, Role
from field.errors import Problem
from field.models import AuditEntry, OneTimeLink, Person, SecondFactor
from field.models.person import select_devices
from field.operations import sign_in as signing
from field.operations.devices import begin_session
from field.operations.links import issue_link, open_link, redeem
from field.operations.people import add_person, set_password
from tests.factories import PASSWORD

NEW = "another long sentence"


@pytest.fixture
def session(database, world):
    with database.write() as opened:
        yield opened


@pytest.fixture
def fay(session):
    """Invited, without a password."""
    return add_person(session, SYSTEM, "fay@example.org", name="Fay", grants=[Grant(Role.MANAGER)])


def later(monkeypatch, **much):
    moment = clock.now() + timedelta(**much)
    monkeypatch.setattr(clock, "now", lambda: moment)


def refused(code, act):
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.code == code


def test_an_invited_person_chooses_a_name_and_a_password(session, fay):
    redeem(session, issue_link(session, SYSTEM, fay), password=NEW, name="Fay Lund")
    assert signing.person_with(session, "fay@example.org", NEW).name == "Fay Lund"


def test_nobody_signs_in_as_an_invited_person(session, fay):
    for guess in ("", "nobody has this password", PASSWORD):
        assert signing.person_with(session, "fay@example.org", guess) is None


def test_a_link_works_once(session, fay):
    token = issue_link(session, SYSTEM, fay)
    redeem(session, token, password=NEW, name="Fay")
    refused("link.spent", lambda: redeem(session, token, password=NEW, name="Fay"))
    refused("link.spent", lambda: open_link(session, token))


def test_a_password_that_is_refused_leaves_the_link_as_it_was(database, world):
    with database.write() as session:
        token = issue_link(session, SYSTEM, session.get(Person, world.people["ben"]))
    with pytest.raises(Problem), database.write() as session:
        redeem(session, token, password="short")
    with database.read() as session:
        assert open_link(session, token)


@pytest.mark.parametrize("who, hours", [("fay", 72), ("ben", 24)])
def test_an_invitation_lasts_72_hours_and_a_reset_24(session, world, fay, monkeypatch, who, hours):
    token = issue_link(session, SYSTEM, fay if who == "fay" else session.get(Person, world.people[who]))
    later(monkeypatch, hours=hours, minutes=-1)
    assert open_link(session, token)
    later(monkeypatch, minutes=2)
    refused("link.spent", lambda: redeem(session, token, password=NEW))


def test_a_new_link_ends_the_one_before_and_so_does_a_new_password(session, fay):
    first = issue_link(session, SYSTEM, fay)
    second = issue_link(session, SYSTEM, fay)
    refused("link.spent", lambda: open_link(session, first))
    set_password(session, SYSTEM, fay, NEW)
    refused("link.spent", lambda: open_link(session, second))


def test_a_link_of_somebody_switched_off_is_worth_nothing(session, fay):
    token = issue_link(session, SYSTEM, fay)
    fay.disabled_at = clock.now()
    session.flush()
    refused("link.spent", lambda: open_link(session, token))


def test_a_reset_ends_all_sessions_and_keeps_the_second_factor(session, world):
    ben = session.get(Person, world.people["ben"])
    session.add(SecondFactor(person_id=ben.id, secret="x", last_step=0, created_at=clock.now()))
    begin_session(session, ben, label="desk")
    redeem(session, issue_link(session, SYSTEM, ben), password=NEW)
    assert session.scalars(select_devices(ben.id)).all() == []
    assert session.get(SecondFactor, ben.id)
    begin_session(session, ben, label="desk")
    assert session.scalars(select_devices(ben.id)).one().level == "code"


def test_a_reset_does_not_change_the_name(session, world):
    ben = session.get(Person, world.people["ben"])
    assert redeem(session, issue_link(session, SYSTEM, ben), password=NEW, name="Mallory").name == "Ben"


def test_the_token_is_kept_nowhere(session, fay):
    token = issue_link(session, SYSTEM, fay)
    kept = repr([vars(row) for row in (*session.query(OneTimeLink), *session.query(AuditEntry))])
    assert token not in kept


def test_each_step_leaves_an_entry(session, fay):
    redeem(session, issue_link(session, SYSTEM, fay), password=NEW, name="Fay")
    actions = [entry.action for entry in session.query(AuditEntry).filter_by(subject_id=fay.id).order_by(AuditEntry.number)]
    assert actions == ["person.added", "link.issued", "person.described", "person.password_set", "link.used"]
