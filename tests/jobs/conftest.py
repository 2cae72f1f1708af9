"""A database, a photo store and a decoder for jobs; ``FIELDSCORE_TEST_DATABASE`` names another database."""

import os
from pathlib import Path

import pytest

from field.db import Database
from field.jobs.work import Work
from field.photos.decoder import Decoder
from field.photos.store import open_store
from tests.jobs.making import empty_database


@pytest.fixture
def database(tmp_path: Path):
    database = empty_database(os.environ.get("FIELDSCORE_TEST_DATABASE", f"sqlite:///{tmp_path}/jobs.db"))
    yield database
    database.dispose()


@pytest.fixture
def work(database: Database, tmp_path: Path):
    with Decoder() as decoder:
        yield Work(database, open_store(f"file:{tmp_path}/photos"), decoder)
