"""Questionnaires: read by people, published from a file with every mistake named, downloaded as they were published."""

import io
import json

import pytest

from field.content import builtin
from field.models import Person, QuestionnaireVersion
from field.questionnaire import KINDS
from tests.factories import questionnaire
from tests.web.pages import text, token


@pytest.fixture
def eva(sign_in):
    return sign_in("eva")


def publish(client, document):
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    form = {"csrf_token": token(client, "/questionnaires/new"), "document": (io.BytesIO(raw), "q.json")}
    return client.post("/questionnaires", data=form, content_type="multipart/form-data")


def every_kind():
    """One question of each kind, with rules, options and bands."""
    option = lambda key, points: {"key": key, "text": {"en": key.title()}, "points": points}  # noqa: E731
    bands = [{"up_to": "60", "points": "2"}, {"points": "0"}]
    questions = {
        "yes_no": {"points": "2", "critical": True, "photos": {"min": 1, "max": 3}}, "rating": {"points": "4", "labels": {"1": {"en": "Poor"}}},
        "choice": {"points": "2", "options": [option("left", "2"), option("right", "0")]},
        "choices": {"points": "2", "options": [option("tea", "1"), option("milk", "1")]},
        "number": {"points": "2", "bands": bands, "unit": {"en": "items"}, "min": "0"}, "duration": {"points": "2", "bands": bands},
        "text": {"required": False}, "photo": {"photos": {"min": 1, "max": 2}}, "note": {},
    }
    assert set(questions) == set(KINDS)
    asked = [{"key": f"q_{kind}", "kind": kind, "text": {"en": f"About {kind}"}, **rest} for kind, rest in questions.items()]
    asked[-1]["shown_if"] = {"all": [{"question": "q_duration", "below": "90"}, {"any": [
        {"question": "q_choices", "has": "tea"}, {"question": "q_choice", "in": ["left", "right"]}, {"not": {"question": "q_yes_no", "is": True}},
        {"question": "q_rating", "at_least": "3"}, {"question": "q_text", "answered": False}]}]}
    return questionnaire("every-kind", sections=[{"key": "all", "title": {"en": "All"}, "questions": asked}])


def test_a_version_is_published_and_read(eva):
    answer = publish(eva, every_kind())
    assert answer.status_code == 303
    page = text(eva.get(answer.location))
    for said in ("Yes earns 2 points.", "1 earns nothing, 5 earns 4 points", "1: Poor", "Left: 2 points", "Added up, at most 2 points.",
                 "A number (items), at least 0.", "up to 60 s: 2 points", "Photos and nothing else.", "To be read; nothing to answer.",
                 "1 to 3 photos."):
        assert said in page, said


def test_rules_are_said_in_words(eva):
    page = text(eva.get(publish(eva, every_kind()).location))
    assert ("Asked only when “About duration” is below 1 min 30 s and (“About choices” has Tea or “About choice” is one of: Left, Right or "
            "not (“About yes_no” is Yes) or “About rating” is at least 3 or “About text” is not answered).") in page


def test_every_built_in_questionnaire_can_be_read(eva):
    for path, document in builtin():
        answer = publish(eva, path.read_bytes())
        assert eva.get(answer.location).status_code == 200
        assert document["title"]["en"] in text(eva.get("/questionnaires"))


def test_each_mistake_is_named_by_its_path(eva, database):
    document = questionnaire("broken")
    document["sections"][0]["questions"][0]["kind"] = "telepathy"
    del document["title"]
    answer = publish(eva, document)
    assert answer.status_code == 422
    assert "/sections/0/questions/0/kind" in text(answer)
    with database.read() as session:
        assert session.query(QuestionnaireVersion).filter_by(slug="broken").count() == 0


def test_what_is_no_json_and_what_is_published_already_is_refused(eva, world):
    assert publish(eva, b"{").status_code == 422
    assert publish(eva, questionnaire(title={"en": "Another"})).status_code == 409


@pytest.mark.parametrize("given, said", [
    (b"\xff\xd8\xff\xe0 a JPEG", "Ez nem JSON-fájl."), (b'{\n "slug" "x"}', "Ez nem JSON-fájl (2. sor, 9. karakter)."), (b"[" * 100_000, "Ez nem JSON-fájl.")])
def test_what_is_no_json_is_told_in_the_person_s_language(eva, database, world, given, said):
    with database.write() as session:
        session.get(Person, world.people["eva"]).language = "hu"
    page = text(publish(eva, given))
    assert f"<td>{said}</td>" in page and "codec" not in page


def test_the_number_of_mistakes_stands_before_their_table(eva):
    page = text(publish(eva, b"{"))
    assert page.index('<p class="label" id="mistakes">1 mistake</p>') < page.index('<table class="table blocks" aria-labelledby="mistakes">')


def test_the_document_comes_back_as_published(eva):
    raw = json.dumps(every_kind(), indent=3).encode()
    assert eva.get(f"{publish(eva, raw).location}/document").data == raw


def test_managers_read_and_do_not_publish(sign_in, world):
    ben = sign_in("ben")
    assert ben.get("/questionnaires/small/1").status_code == 200
    assert "/questionnaires/new" not in text(ben.get("/questionnaires"))
    assert ben.get("/questionnaires/new").status_code == 403
    assert ben.get("/questionnaires/small/2").status_code == 404


def test_tags_stages_and_languages_are_said_in_words(eva):
    document = next(document for _, document in builtin() if document["slug"] == "store-standards")
    assert publish(eva, document).status_code == 303
    page = text(eva.get(f"/questionnaires/store-standards/{document['version']}"))
    assert "A measured standard · expected by everybody · stage: Arriving" in page
    assert "magyar" in page
    assert "nature:" not in page
