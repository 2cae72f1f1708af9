"""The second factor: an app's six digits, each good once, or one of ten recovery codes."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from field import clock
from field.access import SECOND_FACTOR_ROLES, Actor
from field.errors import Problem
from field.models import Person, RecoveryCode, SecondFactor
from field.operations import throttle
from field.operations.audit import record
from field.operations.sealing import Seal

_ISSUER = "Fieldscore"
_STEP_SECONDS = 30
_TRIES, _CODES = 5, 10
_OFFER_LIFE = timedelta(hours=1)


def new_offer(person_id: str, seal: Seal) -> str:
    """A fresh secret, sealed for this person, to be shown and sent back with its first code; nothing is kept."""
    return seal.close(f"{clock.now().timestamp():.0f} {pyotp.random_base32()}", about=f"offer {person_id}")


def offered_secret(person_id: str, offer: str, seal: Seal) -> str | None:
    """The secret of an offer of the last hour that was made to this person."""
    at, _, secret = (seal.open(offer, about=f"offer {person_id}") or "0 ").partition(" ")
    return secret if secret and clock.now().timestamp() - float(at) <= _OFFER_LIFE.total_seconds() else None


def address_of(email: str, secret: str) -> str:
    """What an app reads from the code on the screen."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def enrol(session: Session, actor: Actor, person: Person, *, offer: str, code: str, seal: Seal) -> list[str]:
    """Keeps the offered secret once its first code is right and gives ten recovery codes; ``offer.expired``, ``code.refused``."""
    secret = offered_secret(person.id, offer, seal)
    if secret is None:
        raise Problem("offer.expired")
    _count_try(session, person.id)
    step = _step_of(secret, code)
    if step is None:
        _refuse(session, actor, person.id)
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    session.add(SecondFactor(person_id=person.id, secret=seal.close(secret, about=person.id), last_step=step, created_at=clock.now()))
    session.flush()
    throttle.forgive(session, _key(person.id))
    record(session, actor, "second_factor.added", "person", person.id)
    return _new_codes(session, person.id)


def prove_code(session: Session, actor: Actor, code: str, seal: Seal) -> None:
    """Uses up a code of the app or a recovery code; ``code.refused``, ``session.throttled`` after five in an hour."""
    _count_try(session, actor.person_id)
    if _use_digits(session, actor.person_id, code, seal):
        record(session, actor, "second_factor.used", "person", actor.person_id)
    elif _use_recovery(session, actor.person_id, code):
        record(session, actor, "recovery_code.used", "person", actor.person_id)
    else:
        _refuse(session, actor, actor.person_id)
    throttle.forgive(session, _key(actor.person_id))


def renew_codes(session: Session, actor: Actor, person: Person) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing. ``factor.missing``."""
    if session.get(SecondFactor, person.id) is None:
        raise Problem("factor.missing")
    record(session, actor, "recovery_code.renewed", "person", person.id)
    return _new_codes(session, person.id)


def remove_factor(session: Session, actor: Actor, person: Person) -> Person:
    """Takes the second factor and its recovery codes away; ``factor.missing``."""
    gone = session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    if not gone.rowcount:
        raise Problem("factor.missing")
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    record(session, actor, "second_factor.removed", "person", person.id)
    return person


def remove_own_factor(session: Session, actor: Actor, person: Person, *, required: bool) -> Person:
    """As ``remove_factor``, but ``factor.required`` where the person's roles ask for one."""
    if required and actor.has(*SECOND_FACTOR_ROLES):
        raise Problem("factor.required")
    return remove_factor(session, actor, person)


def _use_digits(session: Session, person_id: str, code: str, seal: Seal) -> bool:
    """Whether the code is right and later than any that was used; two at once cannot both win."""
    factor = session.scalar(select(SecondFactor).where(SecondFactor.person_id == person_id))
    secret = seal.open(factor.secret, about=person_id) if factor else None
    step = _step_of(secret, code) if secret else None
    if step is None:
        return False
    later = update(SecondFactor).where(SecondFactor.person_id == person_id, SecondFactor.last_step < step)
    return session.execute(later.values(last_step=step)).rowcount == 1


def _step_of(secret: str, code: str) -> int | None:
    """The thirty seconds to which the code belongs: the present ones or those beside them."""
    digits, totp = "".join(code.split()), pyotp.TOTP(secret)
    here = int(clock.now().timestamp()) // _STEP_SECONDS
    found = [step for step in (here - 1, here, here + 1) if hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode())]
    return found[0] if found else None


def _use_recovery(session: Session, person_id: str, code: str) -> bool:
    fits = (RecoveryCode.person_id == person_id, RecoveryCode.digest == _digest(person_id, code), RecoveryCode.used_at.is_(None))
    return session.execute(update(RecoveryCode).where(*fits).values(used_at=clock.now())).rowcount == 1


def _new_codes(session: Session, person_id: str) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [_code() for _ in range(_CODES)]
    session.add_all(RecoveryCode(person_id=person_id, digest=_digest(person_id, code)) for code in codes)
    session.flush()
    return codes


def _code() -> str:
    """Eighty random bits in four groups that are easy to copy by hand."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[start:start + 4] for start in range(0, 16, 4))


def _digest(person_id: str, code: str) -> str:
    plain = "".join(character for character in code.lower() if character.isalnum())
    return hashlib.sha256(f"{person_id} {plain}".encode()).hexdigest()


def _count_try(session: Session, person_id: str) -> None:
    throttle.reserve(session, {_key(person_id): _TRIES})


def _key(person_id: str) -> str:
    return throttle.key_of("code", person_id)


def _refuse(session: Session, actor: Actor, person_id: str) -> None:
    record(session, actor, "second_factor.refused", "person", person_id)
    raise Problem("code.refused")
