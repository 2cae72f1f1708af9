"""What happened to a visit, in words, for those who review. Inspectors stay numbers here too."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from field.locale import N_, Translator
from field.models import AuditEntry, Person, Visit
from field.models.audit import select_history
from field.reports.visit_seen import Told

ACTIONS = {
    "visit.submitted": N_("sent revision %(revision)s"),
    "visit.imported": N_("took revision %(revision)s from a phone's file"),
    "review.opened": N_("opened the visit for review"),
    "review.closed": N_("put the visit back"),
    "visit.returned": N_("returned the visit"),
    "visit.accepted": N_("accepted the visit"),
    "visit.excluded": N_("excluded the visit"),
    "photo.quarantined": N_("could not read a photo"),
    "photo.original_read": N_("took an original photo"),
}
_MARKED = {True: N_("marked a photo as printable"), False: N_("took a photo off the sheet")}


def history(session: Session, visit: Visit, inspector: int, t: Translator) -> Iterator[Told]:
    """The visit's entries in the order in which they happened."""
    entries = session.scalars(select_history("visit", visit.id)).all()
    ids = {entry.actor_id for entry in entries}
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())
    names[visit.person_id] = t("Inspector %(number)s", number=inspector)
    for entry in entries:
        yield Told(entry.at, names.get(entry.actor_id, "Fieldscore"), _what(entry, t))


def _what(entry: AuditEntry, t: Translator) -> str:
    if entry.action == "photo.marked":
        return t(_MARKED[bool(entry.details.get("printable"))])
    words = t(ACTIONS.get(entry.action, entry.action))
    return words % {"revision": entry.details.get("revision", "?")} if "%(" in words else words
