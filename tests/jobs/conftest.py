"""A database, a photo store and a decoder for jobs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from field.db import Database
from field.jobs.work import Work
from field.photos.decoder import Decoder
from field.photos.store import open_store
from tests.jobs.making import begun_database


@pytest.fixture
def database(new_database: Callable[[], str]):
    database = begun_database(new_database())
    yield database
    database.dispose()


@pytest.fixture
def work(database: Database, tmp_path: Path):
    with Decoder() as decoder:
        yield Work(database, open_store(f"file:{tmp_path}/photos"), decoder)
