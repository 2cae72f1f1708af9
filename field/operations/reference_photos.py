"""Reference photos: how it should look, kept with the version whose question names their digest.

Kept is our own copy alone, in the database: a backup holds it as it holds the version.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field.access import Actor
from field.errors import CATALOGUE, Mistake, Problem
from field.models import QuestionnaireVersion, ReferencePhoto
from field.models.reference_photo import select_reference_photos
from field.operations.audit import record
from field.photos.decoder import Decoder
from field.photos.derive import SIZES, Derived, Unreadable
from field.photos.inspect import look
from field.questionnaire import Question
from field.questionnaire.texts import pointer
from field.reports.definitions import definition_of


@dataclass(frozen=True)
class ReferenceFile:
    """A file that was given, by its name and digest, and our copy of it."""

    name: str
    sha256: str
    copy: Derived


def copy_of(decoder: Decoder, name: str, data: bytes) -> ReferenceFile:
    """Looks at a file as at evidence and makes our copy, without a transaction; a Problem ``photo.…`` names the file."""
    try:
        look(data)
        [copy] = decoder.derive(data, [max(SIZES)])
    except Problem as problem:
        raise _about(name, problem.code) from None
    except Unreadable:
        raise _about(name, "photo.unreadable") from None
    return ReferenceFile(name, hashlib.sha256(data).hexdigest(), copy)


def our_own(name: str, data: bytes) -> ReferenceFile:
    """A file that is such a copy already, as the built-in questionnaires bring along."""
    header = look(data)
    return ReferenceFile(name, hashlib.sha256(data).hexdigest(), Derived(data, header.width, header.height))


def keep_reference_photos(session: Session, actor: Actor, version: QuestionnaireVersion, files: Iterable[ReferenceFile]) -> None:
    """Keeps each photo that a question of the version names; those that are there already stay as they are.

    ``reference_photo.unnamed`` says the digests of the others, for the document, and then none is kept.
    """
    given = {file.sha256: file for file in files}
    named = {question.reference_photo for question in definition_of(version).questions.values()}
    if strangers := [file for file in given.values() if file.sha256 not in named]:
        raise Problem("reference_photo.unnamed", photos=", ".join(f"{file.name}: {file.sha256}" for file in strangers))
    for sha256 in sorted(given.keys() - reference_photos(session, version).keys()):
        copy = given[sha256].copy
        session.add(ReferencePhoto(version_id=version.id, sha256=sha256, image=copy.data, width=copy.width, height=copy.height))
        session.flush()
        record(session, actor, "questionnaire.photo_added", "questionnaire", version.id,
               slug=version.slug, version=version.version, sha256=sha256)


def reference_photos(session: Session, version: QuestionnaireVersion) -> dict[str, ReferencePhoto]:
    """The photos that are here, by digest."""
    return {photo.sha256: photo for photo in session.scalars(select_reference_photos(version.id))}


def without_their_photo(session: Session, version: QuestionnaireVersion) -> list[Question]:
    """The questions whose reference photo is not here yet, in their order."""
    here = reference_photos(session, version)
    return [question for question in definition_of(version).questions.values()
            if question.reference_photo and question.reference_photo not in here]


def _about(name: str, code: str) -> Problem:
    return Problem(code, errors=[Mistake(pointer("photos", name), code, CATALOGUE[code].detail)])
