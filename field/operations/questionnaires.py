"""Publishing questionnaires: checked, then kept for ever as the bytes that were given."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from field import clock
from field.access import Actor
from field.errors import Mistake, Problem
from field.models import QuestionnaireVersion
from field.models.questionnaire import select_version
from field.operations.audit import record
from field.questionnaire import check


def publish_questionnaire(session: Session, actor: Actor, body: bytes, *, unplanned: bool = False,
                          moment: datetime | None = None) -> QuestionnaireVersion:
    """A new immutable version; ``questionnaire.invalid`` names the path of each mistake, ``questionnaire.published``.

    Publishing the same bytes again returns the version that is there.
    """
    document = _document(body)
    sha256 = hashlib.sha256(body).hexdigest()
    held = session.scalar(select_version(document["slug"], document["version"]))
    if held:
        if held.sha256 == sha256:
            return held
        raise Problem("questionnaire.published")
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
    """Takes a version out of use; visits already made with it still count."""
    version.retired_at = version.retired_at or clock.now()
    session.flush()
    record(session, actor, "questionnaire.retired", "questionnaire", version.id)
    return version


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem("questionnaire.invalid", errors=[Mistake("", "json.syntax", str(error)[:200])]) from None
    mistakes = check(document)
    if mistakes:
        raise Problem("questionnaire.invalid", errors=mistakes)
    return document
