"""What the phone says, as files: one for each language but English, kept for as long as it does not change."""

import gzip
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from field.locale import DEFAULT, LANGUAGES, app_catalogue
from field.web.assets import Assets
from field.web.pwa import FIRST_MODULES, SHELL_STYLES, kept_offline

FOREIGN = [language for language in LANGUAGES if language != DEFAULT]


@pytest.fixture
def assets(app: Flask) -> Assets:
    return app.extensions["assets"]


@pytest.mark.parametrize("language", FOREIGN)
def test_a_language_is_one_file_that_anybody_may_keep(app: Flask, assets: Assets, language: str) -> None:
    answer = app.test_client().get(assets.url(f"locale/{language}.json"), headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert json.loads(gzip.decompress(answer.data)) == app_catalogue(language)


def test_english_is_in_the_sources_and_has_no_file(app: Flask, assets: Assets) -> None:
    assert [asset.path for asset in assets.listing("locale/")] == sorted(f"locale/{language}.json" for language in FOREIGN)
    assert app.test_client().get("/static/locale/en.json").status_code == 404


def test_the_worker_knows_every_language_by_its_hash_and_fetches_none_unasked(app: Flask, assets: Assets) -> None:
    worker = app.test_client().get("/app/sw.js").text
    assert all(assets.url(f"locale/{language}.json") in worker for language in FOREIGN)
    assert not [path for path in kept_offline(assets) if path.startswith("locale/")]


def test_new_texts_are_a_new_worker(app: Flask, assets: Assets, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    before = client.get("/app/sw.js").text
    monkeypatch.setitem(assets.get("locale/hu.json").__dict__, "sha256", "0" * 64)
    after = client.get("/app/sw.js").text
    assert before.splitlines()[1] != after.splitlines()[1]


def test_frame_and_worker_are_the_same_in_every_language(app: Flask, amira: FlaskClient) -> None:
    for address in ("/app/", "/app/sw.js"):
        answers = [client.get(address, headers={"Accept-Language": language}).data for client in (app.test_client(), amira) for language in LANGUAGES]
        assert len(set(answers)) == 1


def test_the_budgets_hold_in_the_language_with_the_longest_texts(app: Flask, assets: Assets) -> None:
    longest = max(len(assets.get(f"locale/{language}.json").packed) for language in FOREIGN)
    frame = len(gzip.compress(app.test_client().get("/app/").data, 9, mtime=0))
    weight = {path: len(assets.get(path).packed) for path in [*FIRST_MODULES, *SHELL_STYLES, *kept_offline(assets)]}
    assert frame + longest + sum(weight[path] for path in (*FIRST_MODULES, *SHELL_STYLES)) <= 60_000
    assert frame + longest + sum(weight[path] for path in kept_offline(assets)) <= 120_000
