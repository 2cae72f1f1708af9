"""Passkeys (WebAuthn): registered by a person who is signed in, then good for signing in without a password."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json, parse_registration_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.parse_client_data_json import parse_client_data_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from field import clock
from field.access import Actor
from field.errors import Problem
from field.models import Challenge, Passkey, Person
from field.models.passkey import select_passkeys
from field.operations.audit import record

_LIFE = timedelta(minutes=5)
_LONGEST = 20_000
#: What the library says of answers that are not what they should be.
_UNREADABLE = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError, RecursionError)
SIGN_IN, REGISTER, PROVE = "sign-in", "register", "prove"


@dataclass(frozen=True)
class Site:
    """Who asks for a passkey: ``host`` is what passkeys are bound to, ``origin`` the address of the pages."""

    host: str
    origin: str


def ask_to_sign(session: Session, site: Site, *, purpose: str = SIGN_IN, actor: Actor | None = None) -> str:
    """The browser's options as JSON for signing in, or for proving again that it is the actor."""
    own = session.scalars(select_passkeys(actor.person_id)).all() if actor else []
    options = generate_authentication_options(
        rp_id=site.host, allow_credentials=[_named(key) for key in own], user_verification=UserVerificationRequirement.REQUIRED)
    _keep(session, options.challenge, purpose, actor)
    return options_to_json(options)


def ask_to_register(session: Session, site: Site, actor: Actor, person: Person) -> str:
    """The browser's options as JSON for a new passkey of the person."""
    own = session.scalars(select_passkeys(person.id)).all()
    wanted = AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED)
    options = generate_registration_options(
        rp_id=site.host, rp_name="Fieldscore", user_id=person.id.encode(), user_name=person.email, user_display_name=person.name,
        authenticator_selection=wanted, exclude_credentials=[_named(key) for key in own])
    _keep(session, options.challenge, REGISTER, actor)
    return options_to_json(options)


def register(session: Session, site: Site, actor: Actor, person: Person, *, answer: str, label: str) -> Passkey:
    """Keeps a new passkey; ``passkey.refused``, ``passkey.known``."""
    try:
        credential = parse_registration_credential_json(_bounded(answer))
        challenge = _used_challenge(session, credential.response.client_data_json, REGISTER, actor)
        made = verify_registration_response(credential=credential, expected_challenge=challenge, expected_rp_id=site.host,
                                            expected_origin=site.origin, require_user_verification=True)
    except _UNREADABLE:
        raise Problem("passkey.refused") from None
    if session.scalar(select(Passkey.id).where(Passkey.digest == _digest(made.credential_id))):
        raise Problem("passkey.known")
    key = Passkey(person_id=person.id, digest=_digest(made.credential_id), credential=bytes_to_base64url(made.credential_id), label=label[:120],
                  public_key=bytes_to_base64url(made.credential_public_key), sign_count=made.sign_count, created_at=clock.now())
    session.add(key)
    session.flush()
    record(session, actor, "passkey.added", "person", person.id, passkey=key.id)
    return key


def prove_passkey(session: Session, site: Site, *, answer: str, purpose: str = SIGN_IN, actor: Actor | None = None) -> Person:
    """The person whose passkey signed our challenge; ``passkey.refused``. The challenge is used up either way."""
    try:
        credential = parse_authentication_credential_json(_bounded(answer))
        challenge = _used_challenge(session, credential.response.client_data_json, purpose, actor)
        key = session.scalar(select(Passkey).where(Passkey.digest == _digest(credential.raw_id)).with_for_update())
        person = _owner(session, key, actor)
        shown = verify_authentication_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(key.public_key), credential_current_sign_count=key.sign_count, require_user_verification=True)
    except _UNREADABLE:
        record(session, actor or Actor(None, "", "en", ()), "passkey.refused", "account", actor.person_id if actor else "unknown")
        raise Problem("passkey.refused") from None
    key.sign_count, key.used_at = shown.new_sign_count, clock.now()
    session.flush()
    return person


def remove_passkey(session: Session, actor: Actor, key: Passkey) -> None:
    """Takes a passkey away; it opens nothing any more."""
    record(session, actor, "passkey.removed", "person", key.person_id, passkey=key.id)
    session.delete(key)
    session.flush()


def _named(key: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential))


def _keep(session: Session, challenge: bytes, purpose: str, actor: Actor | None) -> None:
    """Remembers what was asked, and forgets what nobody answered."""
    moment = clock.now()
    session.execute(delete(Challenge).where(Challenge.until < moment))
    session.add(Challenge(value=_name_of(challenge), purpose=purpose, person_id=actor.person_id if actor else None, until=moment + _LIFE))
    session.flush()


def _used_challenge(session: Session, client_data: bytes, purpose: str, actor: Actor | None) -> bytes:
    """The challenge that was answered, if we asked it for this purpose; ValueError if not, or not any more."""
    challenge = parse_client_data_json(client_data).challenge
    asked = (Challenge.value == _name_of(challenge), Challenge.purpose == purpose, Challenge.until >= clock.now(),
             Challenge.person_id.is_(None) if actor is None else Challenge.person_id == actor.person_id)
    if session.execute(delete(Challenge).where(*asked)).rowcount != 1:
        raise ValueError("no such challenge")
    return challenge


def _owner(session: Session, key: Passkey | None, actor: Actor | None) -> Person:
    person = session.get(Person, key.person_id) if key else None
    if person is None or person.disabled_at or (actor and actor.person_id != person.id):
        raise ValueError("nobody's passkey")
    return person


def _bounded(answer: str) -> str:
    if len(answer) > _LONGEST:
        raise ValueError("too long")
    return answer


def _name_of(challenge: bytes) -> str:
    """At most 64 letters, whatever was answered."""
    return hashlib.sha256(challenge).hexdigest()


def _digest(credential: bytes) -> str:
    return hashlib.sha256(credential).hexdigest()
