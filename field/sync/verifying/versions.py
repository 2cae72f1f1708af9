"""Published questionnaires: the bytes that scores are computed from."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from field.models import QuestionnaireVersion
from field.questionnaire import Definition, load
from field.sync.strict_json import parse
from field.sync.verifying.walk import Finding, Walk

_Q = QuestionnaireVersion.__table__
_PAGE = 20
_KEPT = 64


def check_versions(walk: Walk) -> Iterator[Finding]:
    """Every published version still has its digest."""
    for rows in walk.pages(select(_Q.c.id, _Q.c.slug, _Q.c.version, _Q.c.sha256, _Q.c.body), (_Q.c.id,), _PAGE):
        for row in rows:
            walk.counts["questionnaires"] += 1
            if hashlib.sha256(row.body).hexdigest() != row.sha256:
                yield Finding("questionnaire", f"{row.slug} {row.version}", "its bytes do not have its digest")


class Definitions:
    """Published versions by digest, ready to score; a few are kept at a time."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._kept: dict[str, Definition | None] = {}

    def get(self, sha256: str) -> Definition | None:
        """The version with exactly these bytes; None where there is none."""
        if sha256 not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[sha256] = self._load(sha256)
        return self._kept[sha256]

    def _load(self, sha256: str) -> Definition | None:
        with self._walk.read() as session:
            body = session.scalar(select(_Q.c.body).where(_Q.c.sha256 == sha256).limit(1))
        return load(parse(body)) if body is not None and hashlib.sha256(body).hexdigest() == sha256 else None
