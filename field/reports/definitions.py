"""Published versions, loaded once: their bytes never change."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from field.models import QuestionnaireVersion
from field.questionnaire import Definition, load


def definition_of(version: QuestionnaireVersion) -> Definition:
    """The definition that a version's published bytes hold."""
    return _loaded(version.body)


@lru_cache(maxsize=64)
def _loaded(body: bytes) -> Definition:
    return load(json.loads(body))


def first_alike(versions: Iterable[QuestionnaireVersion]) -> dict[str, int]:
    """Version id -> the first version that asks and scores the same: a language that comes later is no break."""
    first: dict[bytes, int] = {}
    alike = {}
    for version in sorted(versions, key=lambda each: each.version):
        alike[version.id] = first.setdefault(_asked(version.body), version.version)
    return alike


@lru_cache(maxsize=64)
def _asked(body: bytes) -> bytes:
    """A document without its version and in its first language alone."""
    document = json.loads(body)
    languages = document.pop("languages")
    del document["version"]
    return sha256(json.dumps(_in_one(document, languages), sort_keys=True).encode()).digest()


def _in_one(part: Any, languages: Sequence[str]) -> Any:
    if isinstance(part, dict):
        if part.keys() <= set(languages):
            return part.get(languages[0])
        return {key: _in_one(member, languages) for key, member in part.items()}
    return [_in_one(member, languages) for member in part] if isinstance(part, list) else part
