"""Pages speak the person's language; before somebody signs in, the browser's."""

import pytest

from field.locale import LANGUAGES, translator
from field.models import Person
from tests.web.pages import text, token


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_speaks_what_the_browser_asks_for(app, language):
    page = text(app.test_client().get("/sign-in", headers={"Accept-Language": f"de, {language};q=0.8"}))
    assert f'<html lang="{language}">' in page
    assert translator(language)("Sign in") in page


@pytest.fixture
def eva(sign_in, database, world):
    """Eva, who reads Hungarian, with a browser that asks for English."""
    with database.write() as session:
        session.get(Person, world.people["eva"]).language = "hu"
    return sign_in("eva")


def test_a_page_speaks_the_persons_language_whatever_the_browser_asks_for(eva):
    page = text(eva.get("/sites", headers={"Accept-Language": "en"}))
    assert '<html lang="hu">' in page
    assert translator("hu")("Sites") in page


def test_what_wtforms_says_itself_is_in_the_language_too(eva):
    site = {"name": "Harbour Quay", "code": "x" * 65, "region": "north", "time_zone": "Europe/Budapest", "language": "hu"}
    page = text(eva.post("/sites", data={**site, "csrf_token": token(eva, "/sites/new")}))
    one, many = "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters."
    assert translator("hu").catalogue.ngettext(one, many, 64) % {"max": 64} in page
    assert many % {"max": 64} not in page


def test_a_refusal_speaks_the_persons_language_to_a_phone_too(eva):
    refused = eva.get("/api/v1/visits/00000000-0000-4000-8000-000000000000/receipt").json
    assert refused["title"] == translator("hu")("Nothing here") != "Nothing here"
