"""A product with two inspectors signed in, ready to be served and broken."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from field.models import Person
from field.operations.devices import begin_session
from tests.factories import World, photo, photo_entry, revision
from tests.faults.phones import Ask, Ledger, Phone
from tests.faults.wire import over_tcp
from tests.stores import filled

PEOPLE = ("amira", "anna")
_MODEL = photo(1, (64, 64))


@dataclass(frozen=True)
class Place:
    """Where the product lives, who is signed in there, and what vouches for its receipts."""

    home: Path
    environ: dict[str, str]
    cookies: dict[str, str]
    templates: dict[str, dict[str, Any]]
    keys: dict[str, bytes]
    world: World

    @property
    def database_url(self) -> str:
        return self.environ["DATABASE_URL"]

    @property
    def photos(self) -> Path:
        return self.home / "photos"

    def phone(self, name: str, ask: Ask, ledger: Ledger, random: Random, **more: Any) -> Phone:
        device = str(Random(f"{name}{random.random()}").randbytes(16).hex())
        device = f"{device[:8]}-{device[8:12]}-4{device[13:16]}-8{device[17:20]}-{device[20:]}"
        return Phone(ask, self.keys, {**self.templates[name], "device": device}, ledger, random, **more)

    def tcp_phone(self, name: str, port: int, ledger: Ledger, random: Random, *, timeout: float = 2.0) -> Phone:
        """A phone that speaks to whoever listens on ``port``."""
        return self.phone(name, over_tcp(port, self.cookies[name], timeout=timeout), ledger, random)


def make_place(home: Path, database_url: str) -> Place:
    """A home on a migrated, empty database."""
    environ = {"FIELDSCORE_HOME": str(home), "DATABASE_URL": database_url, "FIELDSCORE_RATE_LIMITS": "off", "FIELDSCORE_SECOND_FACTOR": "optional"}
    with filled(environ) as (app, session, world):
        cookies = {name: f"fieldscore={begin_session(session, session.get(Person, world.people[name]), label='phone')}" for name in PEOPLE}
        keys = {"k1": app.extensions["signer"]._key.public_key().public_bytes_raw()}
    return Place(home, environ, cookies, {name: revision(world, person=name) for name in PEOPLE}, keys, world)


def some_photos(random: Random, most: int = 3, least: int = 0, size: int = 0) -> list[tuple[bytes, dict]]:
    """Photos that nobody took before, with how a revision names them; each has ``size`` bytes more than it needs."""
    made = [_MODEL + random.randbytes(12) + os.urandom(size) for _ in range(random.randint(least, most))]
    return [(data, {**photo_entry(data, position=at), "width": 64, "height": 64}) for at, data in enumerate(made)]


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


NewDatabase = Callable[[], str]
