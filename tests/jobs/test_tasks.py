"""Tasks may be repeated, and find what they did before."""

import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from field import clock
from field.jobs.queue import enqueue
from field.jobs.work import Work
from field.jobs.worker import drain
from field.models import AuditEntry, Job, Photo
from field.photos.names import ORIGINAL
from tests.jobs.making import receive_photo
from tests.photos.making import jpeg

BROKEN = jpeg(size=(640, 480))[:3_000]


def _states(work: Work) -> list[tuple[str, str | None]]:
    with work.database.read() as session:
        return [(photo.state, photo.unreadable_because) for photo in session.scalars(select(Photo))]


def _audit(work: Work) -> list[AuditEntry]:
    with work.database.read() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def test_a_photo_becomes_readable_with_its_derivatives(work: Work) -> None:
    sha256 = receive_photo(work, jpeg())
    assert drain(work) == 1
    assert _states(work) == [("readable", None)]
    assert work.store.exists(sha256, 1600) and work.store.exists(sha256, 400)
    assert drain(work) == 0


def test_a_photo_in_two_visits_becomes_readable_in_both(work: Work) -> None:
    receive_photo(work, jpeg(), visits=2)
    drain(work)
    assert _states(work) == [("readable", None)] * 2


def test_a_photo_that_does_not_decode_is_kept_and_quarantined_with_an_audit_entry_for_each_visit(work: Work) -> None:
    sha256 = receive_photo(work, BROKEN, visits=2)
    assert drain(work) == 2
    assert _states(work) == [("unreadable", "damaged")] * 2
    assert work.store.get(sha256) == BROKEN and not work.store.exists(sha256, 400)
    assert [(entry.action, entry.details) for entry in _audit(work)] == [
        ("photo.quarantined", {"sha256": sha256, "reason": "damaged"})] * 2


def test_repeating_the_work_changes_nothing(work: Work) -> None:
    for data in (jpeg(), BROKEN):
        sha256 = receive_photo(work, data)
        drain(work)
        before = _states(work), len(_audit(work))
        with work.database.write() as session:
            enqueue(session, "derivatives", sha256=sha256)
        assert drain(work) == 1
        assert (_states(work), len(_audit(work))) == before


def test_a_photo_whose_bytes_are_gone_stays_as_it_is_and_its_job_is_kept(work: Work) -> None:
    work.store.delete(receive_photo(work, jpeg()))
    drain(work)
    assert _states(work) == [("stored", None)]
    with work.database.read() as session:
        job = session.scalars(select(Job)).one()
    assert (job.error, job.attempts, job.leased_by) == ("NotStored", 1, None) and job.run_at > clock.now()


def test_sweeping_removes_old_leftovers_and_asks_for_the_next_time(work: Work, tmp_path: Path) -> None:
    sha256 = receive_photo(work, jpeg())
    leftover = tmp_path / "photos" / ORIGINAL / sha256[:2] / "abc.part"
    leftover.write_bytes(b"half")
    yesterday = (clock.now() - timedelta(days=1)).timestamp()
    os.utime(leftover, (yesterday, yesterday))
    with work.database.write() as session:
        enqueue(session, "sweep", key="sweep")
    drain(work)
    assert not leftover.exists() and work.store.exists(sha256)
    with work.database.read() as session:
        next_time = session.scalars(select(Job).where(Job.kind == "sweep")).one()
    assert timedelta(minutes=59) < next_time.run_at - clock.now() <= timedelta(hours=1)
