"""A shop to report on."""

from pathlib import Path

import pytest

from field.db import Database
from field.photos.store import open_store
from tests.reports.making import Shop, open_shop, schema


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    database = Database(f"sqlite:///{tmp_path}/reports.db")
    schema(database.engine)
    with database.session() as session:
        session.writing()
        yield open_shop(session, open_store(f"file:{tmp_path}/photos"))
    database.dispose()
