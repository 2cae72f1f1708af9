"""The built-in questionnaires say what they must, briefly, and pass the house's own check."""

from decimal import Decimal

import pytest

from field.content import UNPLANNED, builtin
from field.questionnaire import check

DOCUMENTS = {path.stem: document for path, document in builtin()}
STORE, QUICK = DOCUMENTS["store-standards"], DOCUMENTS["quick-check"]
PUBLISHED_SPLIT = {"reliability": 32, "responsiveness": 22, "assurance": 19, "empathy": 16, "tangibles": 11}


def questions(document):
    return [question for section in document["sections"] for question in section["questions"]]


def statements(document):
    return [question for question in questions(document) if question["kind"] != "note"]


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_a_builtin_questionnaire_can_be_published(slug):
    assert check(DOCUMENTS[slug]) == []


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_a_builtin_questionnaire_stands_in_the_file_of_its_name(slug):
    assert DOCUMENTS[slug]["slug"] == slug


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_every_question_fits_a_printed_label(slug):
    assert [q["text"]["en"] for q in statements(DOCUMENTS[slug]) if len(q["text"]["en"]) > 60] == []


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_every_scored_question_tells_the_standard_and_its_dimension(slug):
    scored = [q for q in questions(DOCUMENTS[slug]) if q.get("points")]

    assert [q["key"] for q in scored if not q.get("standard") or not q.get("dimension")] == []


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_every_tag_names_a_stage_of_its_questionnaire(slug):
    stages = {stage["key"] for stage in DOCUMENTS[slug]["stages"]}

    assert {q["tags"]["stage"] for q in questions(DOCUMENTS[slug])} <= stages


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_both_ends_of_every_rating_have_a_name(slug):
    ratings = [q for q in questions(DOCUMENTS[slug]) if q["kind"] == "rating"]

    assert [set(q["labels"]) for q in ratings] == [{"1", str(q["scale"])} for q in ratings]


@pytest.mark.parametrize("slug", ["store-standards", "five-dimensions", "retail-extra", "cafe", "hotel", "business-customer"])
def test_the_dimensions_are_weighed_by_the_published_split(slug):
    weights = dict.fromkeys(PUBLISHED_SPLIT, Decimal(0))
    for section in DOCUMENTS[slug]["sections"]:
        [dimension] = {q["dimension"] for q in section["questions"] if q.get("points")}
        weights[dimension] += Decimal(section["weight"])

    assert weights == PUBLISHED_SPLIT


def test_store_standards_uses_every_kind_of_question():
    kinds = {"yes_no", "rating", "choice", "choices", "number", "duration", "text", "photo", "note"}

    assert {q["kind"] for q in questions(STORE)} == kinds


def test_the_two_waits_are_timed_in_both_questionnaires():
    for document in (STORE, QUICK):
        timed = {q["key"] for q in questions(document) if q["kind"] == "duration"}
        assert timed == {"greeted", "queue"}


def test_prices_and_exits_are_must_keep_standards():
    for document in (STORE, QUICK):
        assert {q["key"] for q in questions(document) if q.get("critical")} == {"price_match", "exits_clear"}


def test_the_quick_check_takes_twelve_questions_and_five_minutes():
    assert (len(questions(QUICK)), QUICK["minutes"]) == (12, 5)


def test_a_question_asked_by_both_is_the_same_question_in_both():
    store = {q["key"]: q for q in questions(STORE)}

    assert [q["key"] for q in questions(QUICK) if q["key"] in store and q != store[q["key"]]] == []


@pytest.mark.parametrize("slug, scored", [("five-dimensions", 22), ("retail-extra", 13), ("staff-traits", 23)])
def test_what_is_known_by_its_number_of_statements_has_them(slug, scored):
    assert len([q for q in questions(DOCUMENTS[slug]) if q.get("points")]) == scored


def test_the_five_dimensions_share_their_statements_as_published():
    shares = {section["key"]: len([q for q in section["questions"] if q.get("points")]) for section in DOCUMENTS["five-dimensions"]["sections"]}

    assert shares == {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5}


def test_staff_traits_stand_in_mind_character_skill_and_overall():
    traits = {section["key"]: [q["tags"]["trait"] for q in section["questions"] if q.get("points")] for section in DOCUMENTS["staff-traits"]["sections"]}

    assert traits == {"mind": ["mind"] * 5, "character": ["character"] * 6, "skill": ["skill"] * 8, "overall": ["overall"] * 4}


def test_a_trait_that_was_not_called_for_need_not_be_judged():
    assert all(q.get("not_applicable") for q in questions(DOCUMENTS["staff-traits"]) if (q.get("help") or {}).get("en", "").startswith("Not applicable"))


def test_inspectors_start_only_the_quick_check_by_themselves():
    assert {"quick-check"} == UNPLANNED
