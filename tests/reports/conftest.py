"""A shop to report on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from field.db import Database
from field.photos.store import open_store
from tests.reports.making import Shop, open_shop


@pytest.fixture
def shop(tmp_path: Path, new_database: Callable[[], str]) -> Shop:
    database = Database(new_database())
    with database.session() as session:
        session.writing()
        yield open_shop(session, open_store(f"file:{tmp_path}/photos"))
    database.dispose()
