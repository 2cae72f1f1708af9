"""Visits from a phone's file, received as if they had been sent: the same checks, the same rows, the same receipts."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from field import clock
from field.access import SYSTEM, Actor, Role
from field.errors import Problem
from field.models import Person
from field.operations.audit import record
from field.photos.inspect import look
from field.photos.store import PhotoStore
from field.sync import push
from field.sync.export_file import Exported, ExportFile, Part
from field.sync.receipts import Signer
from field.sync.revisions import Incoming, accept, judge


@dataclass(frozen=True)
class Taken:
    """What became of one visit: ``state`` is ``received``, ``known`` (it was here already), ``draft`` or ``refused``.

    ``notes``: what no question has, in one line; there is no place for it here, so whoever imports hands it on.
    """

    visit_id: str
    state: str
    receipt: str | None = None
    refusal: Problem | None = None
    notes: str | None = None


class Importing:
    """Receives from files; each step is a transaction, in the order in which a phone sends."""

    def __init__(self, write: Callable[[], AbstractContextManager[Session]], store: PhotoStore, signer: Signer) -> None:
        self._write, self._store, self._signer = write, store, signer

    def visit(self, file: ExportFile, exported: Exported) -> Taken:
        """Photos first, the revision or the draft last. Doing it again changes nothing."""
        notes = _line(file.read(exported.notes)) if exported.notes else None
        return replace(self._taken(file, exported), notes=notes)

    def _taken(self, file: ExportFile, exported: Exported) -> Taken:
        try:
            actor = self._inspector(file.person_id)
            for photo in exported.photos:
                self._photo(actor, exported.visit_id, photo, file.read(photo))
            body = file.read(exported.body)
            return self._draft(actor, exported, body) if exported.number is None else self._revision(actor, exported, body)
        except Problem as refusal:
            return Taken(exported.visit_id, "refused", refusal=refusal)

    def _inspector(self, person_id: str) -> Actor:
        """Whose visits they are: somebody who may no longer sign in is still the one who made them."""
        with self._write() as session:
            person = session.get(Person, person_id)
            if person is None or not any(grant.role == Role.INSPECTOR for grant in person.grants):
                raise Problem("export.person")
            return Actor(person.id, person.name, person.language, person.grants)

    def _photo(self, actor: Actor, visit_id: str, photo: Part, data: bytes) -> None:
        header = look(data)
        with self._write() as session:
            if push.photo_is_kept(session, actor, visit_id, photo.sha256):
                return
        self._store.put(photo.sha256, data)
        with self._write() as session:
            push.keep_photo(session, actor, visit_id, photo.sha256, header, len(data))

    def _revision(self, actor: Actor, exported: Exported, body: bytes) -> Taken:
        refusal = None
        with self._write() as session:
            judged = judge(session, actor, Incoming(exported.visit_id, exported.number, body), moment=clock.now())
            try:
                answered = accept(session, actor, judged, self._signer)
            except Problem as problem:
                if not problem.keeps:
                    raise
                refusal = problem  # its copy for the reviewer stays
            else:
                if answered.new:
                    record(session, SYSTEM, "visit.imported", "visit", exported.visit_id, revision=exported.number)
        if refusal:
            raise refusal
        return Taken(exported.visit_id, "received" if answered.new else "known", json.loads(answered.receipt)["receipt"])

    def _draft(self, actor: Actor, exported: Exported, body: bytes) -> Taken:
        with self._write() as session:
            push.take_draft(session, actor, exported.visit_id, body)
        return Taken(exported.visit_id, "draft")


def _line(data: bytes) -> str:
    """Whatever it is, as text that a terminal can show."""
    return "".join(char if char.isprintable() else " " for char in data.decode("utf-8", "replace"))
