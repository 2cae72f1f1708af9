"""The photos of a visit's report: all of them, or a refusal that names each one it waits for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from field.access import COUNTED
from field.errors import Problem
from field.locale import Translator
from field.models import Photo, PhotoUse, Visit
from field.models.result import select_placed
from field.models.review import select_reviews
from field.photos.names import NotStored
from field.photos.store import PhotoStore
from field.questionnaire import Definition
from field.reports.numbers import together
from field.reports.report import Picture

PHOTO_SIZE = 400
Pictures = Mapping[str, Sequence[Picture]]
Say = Callable[[Mapping[str, str] | None], str]


def pictures_of(session: Session, visit: Visit, definition: Definition, photos: PhotoStore, say: Say, t: Translator) -> Pictures:
    """The photos by question; an unreadable one as a box once a reviewer has accepted the visit without it."""
    found: dict[str, list[Picture]] = defaultdict(list)
    missing = []
    note = _unreadable(session, visit, t)
    for number, use, photo in numbered(session.execute(select_placed(visit.id)), definition):
        data = _small(photos, use.sha256) if photo and photo.state != "unreadable" else None
        if data is None and not (note and photo and photo.state == "unreadable"):
            missing.append({"sha256": use.sha256, "number": number, "question": say(definition.questions[use.question].text)})
        found[use.question].append(Picture(data, use.caption or "", "" if data else note))
    if missing:
        raise Problem("report.photos_missing", extra={"missing": missing})
    return found


def numbered(placed: Iterable[tuple[PhotoUse, Photo | None]], definition: Definition) -> Iterator[tuple[int, PhotoUse, Photo | None]]:
    """Photos with the number that people know them by: counted over the visit, in the order of the questionnaire."""
    order = {key: place for place, key in enumerate(definition.questions)}
    for number, (use, photo) in enumerate(sorted(placed, key=lambda row: (order.get(row[0].question, 0), row[0].position)), 1):
        yield number, use, photo


def _unreadable(session: Session, visit: Visit, t: Translator) -> str:
    """What stands in the box of an unreadable photo; empty while nobody has accepted the visit without it."""
    if visit.state not in COUNTED:
        return ""
    accepted = (review for review in session.scalars(select_reviews(visit.id)) if review.decision == "accepted")
    reason = next((review.reason for review in accepted if review.reason), "")
    return together((t("This photo cannot be read. The visit was accepted without it."), reason), t)


def _small(photos: PhotoStore, sha256: str) -> bytes | None:
    """The small copy: where there is one, the photo was decoded."""
    try:
        return photos.get(sha256, PHOTO_SIZE)
    except NotStored:
        return None
