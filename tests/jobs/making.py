"""The least that jobs need: a chain, and a visit of Amira's with a photo."""

import hashlib

from sqlalchemy import insert

from field import clock
from field.db import Database
from field.jobs.queue import enqueue
from field.jobs.work import Work
from field.models import Chain, Person, Photo, Visit, new_id


def begun_database(url: str) -> Database:
    database = Database(url)
    with database.write() as session:
        session.execute(insert(Chain), {"id": 1, "receipts": 0, "entries": 0})
    return database


def receive_photo(work: Work, data: bytes, *, visits: int = 1) -> str:
    """Stores a photo in one or more visits, each with its job, as the sync API does."""
    sha256 = hashlib.sha256(data).hexdigest()
    work.store.put(sha256, data)
    with work.database.write() as session:
        amira = Person(email=f"{new_id()}@example.org", name="Amira", password_hash="-", created_at=clock.now())
        session.add(amira)
        session.flush()
        for _ in range(visits):
            visit = Visit(id=new_id(), person_id=amira.id, changed_at=clock.now())
            session.add(visit)
            session.flush()
            session.add(Photo(visit_id=visit.id, sha256=sha256, bytes=len(data), kind="jpeg", width=160, height=120,
                              received_at=clock.now()))
            enqueue(session, "derivatives", sha256=sha256)
    return sha256
