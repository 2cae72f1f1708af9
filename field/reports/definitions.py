"""Published versions, loaded once: their bytes never change."""

import json
from functools import lru_cache

from field.models import QuestionnaireVersion
from field.questionnaire import Definition, load


def definition_of(version: QuestionnaireVersion) -> Definition:
    """The definition that a version's published bytes hold."""
    return _loaded(version.body)


@lru_cache(maxsize=64)
def _loaded(body: bytes) -> Definition:
    return load(json.loads(body))
