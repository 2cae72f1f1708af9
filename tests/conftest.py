"""Fixtures: an application with an empty database, a world in it, signed-in clients."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from field import create_app
from field.db import Database
from field.jobs.work import Work
from field.models import Chain, Person
from field.operations import people
from field.operations.devices import begin_session
from tests.databases import Databases, open_databases
from tests.factories import World, build_world

API = {"X-Device": "5a0b7c7e-3f0f-4c57-9d0c-0a6b6c1d2e3f", "X-App-Build": "1-test", "X-Requested-With": "fieldscore"}
SETTINGS = {"FIELDSCORE_RATE_LIMITS": "off", "FIELDSCORE_SECOND_FACTOR": "optional"}
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True, scope="session")
def _hash_each_password_once() -> None:
    """Argon2 is slow on purpose; the same password need not be hashed for every test's world."""
    people.hash_password = functools.cache(people.hash_password)


@pytest.fixture
def shared() -> Path:
    """The shared folder beside the checkout; tests that need it skip in a plain clone."""
    if not SHARED.is_dir():
        pytest.skip("the shared folder is not beside this clone")
    return SHARED


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases, on SQLite or PostgreSQL (``FIELDSCORE_TEST_DATABASE``)."""
    with open_databases(tmp_path_factory.mktemp("databases")) as made:
        yield made


@pytest.fixture
def new_database(databases: Databases) -> Iterator[Callable[[], str]]:
    """The URL of another migrated, empty database; it goes with the test."""
    made: list[str] = []

    def make() -> str:
        made.append(databases.migrated())
        return made[-1]
    yield make
    for url in made:
        databases.drop(url)


@pytest.fixture
def app(tmp_path: Path, new_database: Callable[[], str]) -> Iterator[Flask]:
    """An application on a migrated, empty database of its own."""
    made = create_app({"FIELDSCORE_HOME": str(tmp_path), **SETTINGS, "DATABASE_URL": new_database()})
    made.testing = False
    made.config["PROPAGATE_EXCEPTIONS"] = False
    with made.extensions["database"].write() as session:
        session.add(Chain(id=1, receipts=0, entries=0))
    yield made
    made.extensions["decoder"].close()
    made.extensions["database"].dispose()


@pytest.fixture
def database(app: Flask) -> Database:
    return app.extensions["database"]


@pytest.fixture
def world(database: Database) -> World:
    with database.write() as session:
        return build_world(session)


@pytest.fixture
def work(app: Flask) -> Work:
    return Work(app.extensions["database"], app.extensions["photo_store"], app.extensions["decoder"])


@pytest.fixture
def sign_in(app: Flask, database: Database, world: World) -> Callable[[str], FlaskClient]:
    """A client signed in as somebody of the world: ``sign_in("amira")``; the API's headers are set."""
    def enter(name: str) -> FlaskClient:
        with database.write() as session:
            token = begin_session(session, session.get(Person, world.people[name]), label="test")
        client = app.test_client()
        client.set_cookie("fieldscore", token)
        client.environ_base.update({f"HTTP_{key.upper().replace('-', '_')}": value for key, value in API.items()})
        return client
    return enter


@pytest.fixture
def amira(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("amira")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the figures that tests gave to ``record_property("figures", …)``, whatever process they ran in."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, figures in getattr(report, "user_properties", ()):
                if name == "figures" and report.when == "call":
                    terminalreporter.write_line(f"{report.nodeid}\n{figures}")
