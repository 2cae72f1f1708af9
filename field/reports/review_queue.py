"""What waits for review, in review and returned, as far as a person's regions go."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field.access import Actor, State
from field.locale import Translator
from field.models import Scope, Site, Visit
from field.models.photo import select_photo_counts
from field.models.review import select_reviewers, select_visits_in
from field.reports.visit_flags import flags_in_words

#: The longest list of one state; reviewing works from its top.
LONGEST = 100


@dataclass(frozen=True)
class Waiting:
    """One visit of the list. ``holder`` has it open; ``mine``: that is the person who asks."""

    visit: Visit
    site: Site
    questionnaire: str
    version: int
    flags: tuple[str, ...]
    photos: str
    unread: bool
    holder: str
    mine: bool
    own: bool


@dataclass(frozen=True)
class Queue:
    """Each list with the visit that waits longest first; ``more`` when a list is longer than what is shown."""

    waiting: tuple[Waiting, ...]
    in_review: tuple[Waiting, ...]
    returned: tuple[Waiting, ...]
    more: bool


def gather_queue(session: Session, scope: Scope, actor: Actor, t: Translator) -> Queue:
    """The lists of the regions where the person reviews."""
    lists = {state: _rows(session, scope, state) for state in (State.SUBMITTED, State.IN_REVIEW, State.RETURNED)}
    ids = [row[0].id for rows in lists.values() for row in rows]
    photos = _photo_counts(session, ids)
    holders = {visit: (person, name) for visit, person, name in session.execute(select_reviewers(ids))}
    told = {state: tuple(_waiting(row, photos[row[0].id], holders.get(row[0].id, ("", "")), actor, t) for row in rows[:LONGEST])
            for state, rows in lists.items()}
    return Queue(told[State.SUBMITTED], told[State.IN_REVIEW], told[State.RETURNED], more=any(len(rows) > LONGEST for rows in lists.values()))


def _rows(session: Session, scope: Scope, state: State) -> Sequence:
    return session.execute(scope.reviewing(select_visits_in(state)).limit(LONGEST + 1)).all()


def _photo_counts(session: Session, ids: list[str]) -> Mapping[str, Counter]:
    counts: dict[str, Counter] = defaultdict(Counter)
    for visit, state, count in session.execute(select_photo_counts(ids)):
        counts[visit][state] = count
    return counts


def _waiting(row: Sequence, photos: Counter, holder: tuple[str, str], actor: Actor, t: Translator) -> Waiting:
    visit, site, version = row
    return Waiting(
        visit, site, version.title_in(t.language), version.version, tuple(flag.title for flag in flags_in_words(visit.flags, t)),
        _photos_words(photos, t), unread=bool(photos["unreadable"]), holder=holder[1],
        mine=holder[0] == actor.person_id, own=visit.person_id == actor.person_id)


def _photos_words(states: Counter, t: Translator) -> str:
    total = states.total()
    if states["unreadable"]:
        return t.n("%(n)s photo cannot be read", "%(n)s photos cannot be read", states["unreadable"])
    if states["stored"]:
        return t.n("%(n)s photo is being read", "%(n)s photos are being read", states["stored"])
    return t.n("%(n)s photo here", "%(n)s photos here", total) if total else t("no photos")
