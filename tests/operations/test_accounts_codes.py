"""The second factor: each code once, five tries, a sealed secret, ten recovery codes."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from field import clock
from field.errors import Problem
from field.models import AuditEntry, Person, RecoveryCode, SecondFactor
from field.operations.sealing import Seal
from field.operations.second_factor import (
    address_of,
    enrol,
    new_offer,
    offered_secret,
    prove_code,
    remove_factor,
    remove_own_factor,
    renew_codes,
)
from tests.factories import actor

NOW = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
SEAL = Seal(b"k" * 32)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock to seconds after NOW."""
    def put(seconds):
        moment = NOW + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda: moment)
    put(0)
    return put


class Ben:
    """Ben with an app on his phone."""

    def __init__(self, session, world):
        self.session, self.person = session, session.get(Person, world.people["ben"])
        self.actor, offer = actor(session, self.person.id), new_offer(self.person.id, SEAL)
        self.secret = offered_secret(self.person.id, offer, SEAL)
        self.codes = enrol(session, self.actor, self.person, offer=offer, code=self.digits(), seal=SEAL)

    def digits(self, seconds=0):
        return pyotp.TOTP(self.secret).at(clock.now() + timedelta(seconds=seconds))

    def proves(self, code):
        try:
            prove_code(self.session, self.actor, code, SEAL)
        except Problem as problem:
            return problem.code
        return True


@pytest.fixture
def ben(database, world, at):
    with database.write() as session:
        yield Ben(session, world)


def test_the_code_that_set_it_up_is_used_up(ben):
    assert ben.proves(ben.digits()) == "code.refused"


def test_each_code_lets_in_once(ben, at):
    at(30)
    code = ben.digits()
    assert ben.proves(code) is True
    assert ben.proves(code) == "code.refused"


@pytest.mark.parametrize("steps, fine", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_early_or_late_is_near_enough(ben, at, steps, fine):
    at(300)
    assert ben.proves(ben.digits(steps * 30)) == (True if fine else "code.refused")


def test_an_earlier_code_is_refused_after_a_later_one(ben, at):
    at(300)
    earlier = ben.digits(-30)
    assert ben.proves(ben.digits(30)) is True
    assert ben.proves(earlier) == "code.refused"


def test_after_five_wrong_codes_the_right_one_is_refused_for_an_hour(ben, at):
    at(60)
    assert [ben.proves("000000") for _ in range(5)] == ["code.refused"] * 5
    assert ben.proves(ben.digits()) == "session.throttled"
    assert ben.proves(ben.codes[0]) == "session.throttled"
    at(60 + 3601)
    assert ben.proves(ben.digits()) is True


def test_a_right_code_forgives_the_wrong_ones(ben, at):
    for turn in range(1, 4):
        at(60 * turn)
        assert [ben.proves("000000") for _ in range(4)] == ["code.refused"] * 4
        assert ben.proves(ben.digits()) is True


def test_each_of_ten_recovery_codes_lets_in_once_however_it_is_written(ben):
    assert len(set(ben.codes)) == 10
    assert ben.proves(ben.codes[3].upper().replace("-", " ")) is True
    assert ben.proves(ben.codes[3]) == "code.refused"
    assert ben.proves(ben.codes[4]) is True


def test_new_recovery_codes_end_the_old_ones(ben):
    fresh = renew_codes(ben.session, ben.actor, ben.person)
    assert ben.proves(ben.codes[0]) == "code.refused"
    assert ben.proves(fresh[0]) is True


def test_codes_of_one_person_are_nothing_for_another(ben, world):
    chen = actor(ben.session, world.people["chen"])
    for code in (ben.digits(30), ben.codes[0]):
        with pytest.raises(Problem, match=r"code\.refused"):
            prove_code(ben.session, chen, code, SEAL)


def test_neither_secret_nor_codes_lie_open_in_the_database(ben):
    kept = repr([vars(row) for row in (*ben.session.query(SecondFactor), *ben.session.query(RecoveryCode), *ben.session.query(AuditEntry))])
    assert ben.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in ben.codes)


def test_a_sealed_secret_opens_only_for_its_person_and_under_its_key(ben, world):
    sealed = ben.session.get(SecondFactor, ben.person.id).secret
    assert SEAL.open(sealed, about=ben.person.id) == ben.secret
    assert SEAL.open(sealed, about=world.people["chen"]) is None
    assert Seal(b"l" * 32).open(sealed, about=ben.person.id) is None
    assert SEAL.open("A" + sealed[1:], about=ben.person.id) is None
    assert SEAL.open("é", about=ben.person.id) is None


def test_an_offer_is_good_for_an_hour_and_for_one_person(at, world):
    offer = new_offer(world.people["ben"], SEAL)
    at(3599)
    assert offered_secret(world.people["ben"], offer, SEAL)
    assert offered_secret(world.people["chen"], offer, SEAL) is None
    at(3602)
    assert offered_secret(world.people["ben"], offer, SEAL) is None


def test_a_wrong_first_code_sets_nothing_up(database, world, at):
    with database.write() as session:
        chen = session.get(Person, world.people["chen"])
        with pytest.raises(Problem, match=r"code\.refused"):
            enrol(session, actor(session, chen.id), chen, offer=new_offer(chen.id, SEAL), code="000000", seal=SEAL)
        assert session.get(SecondFactor, chen.id) is None


def test_whose_role_asks_for_it_cannot_remove_it_but_an_administrator_can(ben, world):
    with pytest.raises(Problem, match=r"factor\.required"):
        remove_own_factor(ben.session, ben.actor, ben.person, required=True)
    remove_factor(ben.session, actor(ben.session, world.people["eva"]), ben.person)
    assert ben.session.get(SecondFactor, ben.person.id) is None
    assert ben.session.query(RecoveryCode).count() == 0


def test_the_app_is_told_who_and_where():
    assert address_of("ben@example.org", "A" * 32) == f"otpauth://totp/Fieldscore:ben%40example.org?secret={'A' * 32}&issuer=Fieldscore"
