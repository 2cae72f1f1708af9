"""Published versions, loaded once: their bytes never change."""

import json
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from field.models import QuestionnaireVersion
from field.questionnaire import Definition, load
from field.questionnaire.reading import in_one_language


def definition_of(version: QuestionnaireVersion) -> Definition:
    """The definition that a version's published bytes hold."""
    return _loaded(version.body)


@lru_cache(maxsize=64)
def _loaded(body: bytes) -> Definition:
    return load(json.loads(body))


def first_alike(versions: Iterable[QuestionnaireVersion]) -> dict[str, int]:
    """Version id -> the first version that asks and scores the same: a language or a reference photo that comes later is no break."""
    first: dict[bytes, int] = {}
    alike = {}
    for version in sorted(versions, key=lambda each: each.version):
        alike[version.id] = first.setdefault(_asked(version.body), version.version)
    return alike


@lru_cache(maxsize=64)
def _asked(body: bytes) -> bytes:
    """A document without its version and reference photos, in its first language alone."""
    document = json.loads(body, object_hook=_without_photo)
    asked = in_one_language(document, document["languages"][0])
    return sha256(json.dumps({**asked, "version": None}, sort_keys=True).encode()).digest()


def _without_photo(member: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in member.items() if name != "reference_photo"}
