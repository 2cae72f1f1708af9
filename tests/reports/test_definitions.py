"""Versions that differ only in their languages or reference photos are one series."""

import json
from copy import deepcopy

import pytest

from field.models import QuestionnaireVersion
from field.reports.definitions import first_alike
from tests.reports.making import DOCUMENT


@pytest.fixture
def plain():
    """The quick check before it was translated."""
    return in_english(DOCUMENT) | {"languages": ["en"]}


def in_english(part):
    if isinstance(part, dict):
        return {"en": part["en"]} if "en" in part else {key: in_english(member) for key, member in part.items()}
    return [in_english(member) for member in part] if isinstance(part, list) else part


def kept(document, version):
    return QuestionnaireVersion(id=f"v{version}", version=version, body=json.dumps({**document, "version": version}).encode())


def test_languages_that_come_later_are_no_break(plain):
    assert first_alike([kept(DOCUMENT, 2), kept(plain, 1)]) == {"v1": 1, "v2": 1}


def test_a_reference_photo_that_comes_later_is_no_break(plain):
    shown = deepcopy(plain)
    shown["sections"][0]["questions"][0]["reference_photo"] = "0" * 64
    assert first_alike([kept(plain, 1), kept(shown, 2)]) == {"v1": 1, "v2": 1}


def test_another_wording_or_weight_is_a_break(plain):
    worded, weighed = deepcopy(DOCUMENT), deepcopy(DOCUMENT)
    worded["sections"][0]["questions"][0]["text"]["en"] += "!"
    weighed["sections"][0]["questions"][0]["weight"] = "3"
    assert first_alike([kept(plain, 1), kept(worded, 2), kept(weighed, 3)]) == {"v1": 1, "v2": 2, "v3": 3}
