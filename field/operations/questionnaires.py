"""Publishing questionnaires: checked, then kept for ever as the bytes that were given."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import QuestionnaireVersion
from field.models.questionnaire import select_version
from field.operations.audit import record
from field.questionnaire import check
from field.questionnaire.texts import pointer


def publish_questionnaire(session: Session, actor: Actor, body: bytes, *, unplanned: bool = False,
                          moment: datetime | None = None) -> QuestionnaireVersion:
    """A new immutable version; ``questionnaire.invalid`` names the path of each mistake, ``questionnaire.published``.

    Publishing the same bytes again returns the version that is there, opened for unplanned visits if that is asked now.
    """
    document = _document(body)
    sha256 = hashlib.sha256(body).hexdigest()
    held = session.scalar(select_version(document["slug"], document["version"]))
    if held:
        if held.sha256 != sha256:
            raise Problem("questionnaire.published")
        return _open(session, actor, held) if unplanned and not held.unplanned else held
    version = QuestionnaireVersion(
        slug=document["slug"], version=document["version"], sha256=sha256, body=body, title=json.dumps(document["title"], ensure_ascii=False),
        unplanned=unplanned, published_at=moment or clock.now(), published_by=actor.person_id,
    )
    session.add(version)
    session.flush()
    record(session, actor, "questionnaire.published", "questionnaire", version.id, at=moment,
           slug=version.slug, version=version.version, sha256=sha256)
    return version


def retire_version(session: Session, actor: Actor, version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Takes a version out of use; visits already made with it still count. Doing it again changes nothing."""
    if version.retired_at is None:
        version.retired_at = clock.now()
        session.flush()
        record(session, actor, "questionnaire.retired", "questionnaire", version.id, slug=version.slug, version=version.version)
    return version


def _open(session: Session, actor: Actor, version: QuestionnaireVersion) -> QuestionnaireVersion:
    """From now on inspectors may start visits with the version by themselves."""
    version.unplanned = True
    session.flush()
    record(session, actor, "questionnaire.opened", "questionnaire", version.id, slug=version.slug, version=version.version)
    return version


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body, object_pairs_hook=_Object)
        twice = list(_twice(document))
    except (ValueError, RecursionError) as error:
        raise Problem("questionnaire.invalid", errors=[_no_json(error)]) from None
    mistakes = twice or check(document)
    if mistakes:
        raise Problem("questionnaire.invalid", errors=mistakes)
    return document


def _no_json(error: Exception) -> Mistake:
    """Where reading stopped, if that is a place in a text."""
    if isinstance(error, json.JSONDecodeError):
        place = {"line": error.lineno, "column": error.colno}
        return Mistake("", "json.syntax", N_("This is not a JSON file (line %(line)s, column %(column)s)."), place)
    return Mistake("", "json.syntax", N_("This is not a JSON file."))


class _Object(dict):
    """An object of a document that remembers which keys it was given twice."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        pairs = list(pairs)
        super().__init__(pairs)
        self.twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]


def _twice(value: Any, *at: str | int) -> Iterator[Mistake]:
    """Every key that stands twice in its object: which of them counts would be anybody's guess."""
    for name in getattr(value, "twice", ()):
        yield Mistake(pointer(*at, name), "json.duplicate", N_("This object has the same key twice."))
    for name, member in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _twice(member, *at, name)
