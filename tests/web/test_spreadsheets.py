"""A questionnaire from a spreadsheet on pages: template, faults, the look on a phone, publishing."""

import html
import io
import json
import re

import pytest

from field.models import QuestionnaireVersion
from tests.imports.sheets import changed, columns
from tests.web.pages import text, token

ADDRESS = "/questionnaires/new/spreadsheet"


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def look(client, data, **inputs):
    form = {"csrf_token": token(client, ADDRESS), "title": "Paper check", "slug": "paper", "language": "en", "mode": "sections", "pass_mark": "75",
            "file": (io.BytesIO(data), "q.xlsx"), **inputs}
    return client.post(f"{ADDRESS}/preview", data=form, content_type="multipart/form-data")


def shown_document(answer):
    return html.unescape(re.search(r'name="document" type="hidden" value="([^"]*)"', text(answer))[1])


def test_the_template_comes_back_as_a_preview_and_nothing_is_published(eva, database):
    answer = look(eva, eva.get(f"{ADDRESS}/template.xlsx").data)
    assert answer.status_code == 200
    for said in ("Paper check on a phone", "Floors are clean.", "The till was cheaper", "I join: start", "Curt", "Not applicable", "1 of 4"):
        assert said in text(answer), said
    with database.read() as session:
        assert session.query(QuestionnaireVersion).filter_by(slug="paper").count() == 0


def test_what_was_shown_is_published(eva, database):
    document = shown_document(look(eva, changed()))
    answer = eva.post(ADDRESS, data={"csrf_token": token(eva, ADDRESS), "document": document.replace("\n", "\r\n")})
    assert (answer.status_code, answer.location) == (303, "/questionnaires/paper/1")
    with database.read() as session:
        held = session.query(QuestionnaireVersion).filter_by(slug="paper").one()
        assert (held.body.decode(), held.unplanned) == (document, False)
    assert json.loads(shown_document(look(eva, changed())))["version"] == 2


def test_faults_are_shown_by_sheet_row_and_column(eva):
    answer = look(eva, changed(Questions_G3="many"))
    assert answer.status_code == 422
    assert "<th scope=\"row\">Questions</th><td>3</td><td>G: points</td>" in text(answer)
    assert 'value="Paper check"' in text(answer)


def test_a_wrong_fact_is_shown_at_its_input(eva):
    answer = look(eva, changed(), slug="Not A Slug")
    assert (answer.status_code, 'id="slug-wrong"' in text(answer)) == (422, True)


def test_a_wrong_fact_hides_no_fault_of_a_cell(eva):
    page = text(look(eva, changed(Questions_F3="looks"), slug="Not A Slug"))
    assert 'id="slug-wrong"' in page
    assert "F: dimension" in page


@pytest.mark.parametrize("document", ["{}", "{", ""])
def test_a_document_that_was_tampered_with_is_refused(eva, document):
    answer = eva.post(ADDRESS, data={"csrf_token": token(eva, ADDRESS), "document": document})
    assert answer.status_code == 422


def test_the_template_has_columns_for_the_languages_that_were_ticked(eva):
    assert all(f'name="in" value="{language}"' in text(eva.get(ADDRESS)) for language in ("hu", "zh-Hans", "zh-Hant"))
    data = eva.get(f"{ADDRESS}/template.xlsx?in=hu&in=zh-Hant&in=en&in=tlh").data
    answer = look(eva, data, title="")
    assert answer.status_code == 200
    assert json.loads(shown_document(answer))["languages"] == ["en", "hu", "zh-Hant"]


def test_a_questionnaire_is_shown_in_each_of_its_languages(eva):
    page = text(look(eva, changed(("hu", "zh-Hant")), title=""))
    assert [page.count(f'<h3 class="asked" lang="{language}">') for language in ("en", "hu", "zh-Hant", "zh-Hans")] == [5, 5, 5, 0]
    for said in ("A short visit on a phone", "magyar: Rövid látogatás", "A padló tiszta.", "Beálltam: indítom", "繁體中文: 簡短訪查", "結帳價較高"):
        assert said in page, said


def test_a_title_that_is_missing_in_a_language_is_named_at_its_input(eva):
    at = columns("Questions", ("hu",))
    page = text(look(eva, changed(("hu",), **{f"Questions_{cell}2": None for cell in at.values()})))
    assert re.search(r'id="title-wrong">.*in each of the questionnaire', page)


def test_a_text_that_is_not_translated_is_shown_by_sheet_row_and_column(eva):
    at = columns("Questions", ("hu",))["text hu"]
    page = text(look(eva, changed(("hu",), **{f"Questions_{at}4": None}), title=""))
    assert f'<th scope="row">Questions</th><td>4</td><td>{at}: text hu</td>' in page
