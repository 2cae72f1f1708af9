"""Reference photos: how it should look, kept with the version whose question names their digest.

Kept is our own copy alone, in the database: a backup holds it as it holds the version.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field.access import Actor
from field.errors import Mistake, Problem
from field.locale import N_
from field.models import QuestionnaireVersion, ReferencePhoto
from field.models.reference_photo import select_reference_photos
from field.operations.audit import record
from field.photos.decoder import Decoder
from field.photos.derive import SIZES, Derived, Unreadable
from field.photos.inspect import MAX_BYTES, look
from field.questionnaire import Question
from field.reports.definitions import definition_of

#: What to do about a file that is chosen and not taken with the app.
_ADVICE = {
    "photo.kind": N_("%(file)s: choose a JPEG, PNG, WebP or HEIC photo of at least 64 px a side."),
    "photo.too_large": N_("%(file)s: choose a smaller photo, of at most 20 MB."),
    "photo.unreadable": N_("%(file)s: the picture is damaged. Save it again, or choose another one."),
}
_FEWER_PIXELS = N_("%(file)s: choose a smaller photo, of at most 64 megapixels.")


@dataclass(frozen=True)
class ReferenceFile:
    """A file that was given, by its name and digest, and our copy of it."""

    name: str
    sha256: str
    copy: Derived


def copies_of(decoder: Decoder, files: Iterable[tuple[str, bytes]]) -> list[ReferenceFile]:
    """Looks at files as at evidence and makes our copies, without a transaction; ``reference_photo.unusable`` names each that is none."""
    copies, mistakes = [], []
    for name, data in files:
        try:
            look(data)
            [copy] = decoder.derive(data, [max(SIZES)])
        except Problem as problem:
            mistakes.append(_about(name, data, problem.code))
        except Unreadable:
            mistakes.append(_about(name, data, "photo.unreadable"))
        else:
            copies.append(ReferenceFile(name, hashlib.sha256(data).hexdigest(), copy))
    if mistakes:
        raise Problem("reference_photo.unusable", errors=mistakes)
    return copies


def our_own(name: str, data: bytes) -> ReferenceFile:
    """A file that is such a copy already, as the built-in questionnaires bring along."""
    header = look(data)
    return ReferenceFile(name, hashlib.sha256(data).hexdigest(), Derived(data, header.width, header.height))


def keep_reference_photos(session: Session, actor: Actor, version: QuestionnaireVersion, files: Iterable[ReferenceFile]) -> int:
    """Keeps each photo that a question of the version names and says how many are new; those that are there already stay as they are.

    ``reference_photo.unnamed`` says the digests of the others, for the document, and then none is kept.
    """
    given = {file.sha256: file for file in files}
    named = {question.reference_photo for question in definition_of(version).questions.values()}
    if strangers := [file for file in given.values() if file.sha256 not in named]:
        raise Problem("reference_photo.unnamed", photos=", ".join(f"{file.name}: {file.sha256}" for file in strangers))
    new = sorted(given.keys() - reference_photos(session, version).keys())
    for sha256 in new:
        copy = given[sha256].copy
        session.add(ReferencePhoto(version_id=version.id, sha256=sha256, image=copy.data, width=copy.width, height=copy.height))
        session.flush()
        record(session, actor, "questionnaire.photo_added", "questionnaire", version.id,
               slug=version.slug, version=version.version, sha256=sha256)
    return len(new)


def reference_photos(session: Session, version: QuestionnaireVersion) -> dict[str, ReferencePhoto]:
    """The photos that are here, by digest."""
    return {photo.sha256: photo for photo in session.scalars(select_reference_photos(version.id))}


def without_their_photo(session: Session, version: QuestionnaireVersion) -> list[Question]:
    """The questions whose reference photo is not here yet, in their order."""
    here = reference_photos(session, version)
    return [question for question in definition_of(version).questions.values()
            if question.reference_photo and question.reference_photo not in here]


def _about(name: str, data: bytes, code: str) -> Mistake:
    advice = _FEWER_PIXELS if code == "photo.too_large" and len(data) <= MAX_BYTES else _ADVICE[code]
    return Mistake("/photos", code, advice, {"file": name})
