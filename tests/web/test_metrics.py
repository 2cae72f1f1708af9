"""Figures for Prometheus: whole, nameless, and only for whoever knows the token."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from field import create_app
from field.config import BadSettings
from tests.factories import photo, photo_entry, revision
from tests.web.pages import send

TOKEN = "a-token-that-nobody-guesses"
RIGHT = {"Authorization": f"Bearer {TOKEN}"}
_LINE = re.compile(r'(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{(?:[a-z]+="[^"\n]*",?)+\})? [0-9.]+)')


@pytest.fixture
def measured(app: Flask, tmp_path: Path, new_database: Callable[[], str]) -> FlaskClient:
    """A client of a server that has a token, on the database of ``app``."""
    settings = app.config["FIELDSCORE"]
    made = create_app({"FIELDSCORE_HOME": str(tmp_path), "DATABASE_URL": settings.database_url, "FIELDSCORE_METRICS_TOKEN": TOKEN})
    yield made.test_client()
    made.extensions["database"].dispose()


def _values(client: FlaskClient) -> dict[str, str]:
    answer = client.get("/metrics", headers=RIGHT)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    lines = answer.get_data(as_text=True).splitlines()
    assert [line for line in lines if not _LINE.fullmatch(line)] == []
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_what_was_received_is_counted(measured: FlaskClient, amira: FlaskClient, world) -> None:
    before, data = _values(measured), photo(1)
    send(amira, revision(world, photos=[photo_entry(data)]), [data])
    after = _values(measured)
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name] and "oldest" not in name} == {
        'fieldscore_visits{state="submitted"}': ("0", "1"), 'fieldscore_photos{state="stored"}': ("0", "1"),
        'fieldscore_jobs{state="waiting"}': ("0", "1"), "fieldscore_receipts_total": ("0", "1"),
        "fieldscore_audit_entries_total": (before["fieldscore_audit_entries_total"], str(int(before["fieldscore_audit_entries_total"]) + 1)),
    }
    assert float(after["fieldscore_oldest_job_seconds"]) > 0
    assert any(name.startswith("fieldscore_database{kind=") for name in after)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer ő"])
def test_without_the_token_there_is_no_such_page(measured: FlaskClient, header: str | None) -> None:
    assert measured.get("/metrics", headers={} if header is None else {"Authorization": header}).status_code == 404


def test_where_no_token_is_set_nobody_gets_in(app: Flask) -> None:
    for header in ("Bearer ", "Bearer None", "Bearer"):
        assert app.test_client().get("/metrics", headers={"Authorization": header}).status_code == 404


def test_a_token_that_could_be_guessed_is_refused_at_start(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="FIELDSCORE_METRICS_TOKEN"):
        create_app({"FIELDSCORE_HOME": str(tmp_path), "FIELDSCORE_METRICS_TOKEN": "secret"})
