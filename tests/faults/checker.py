"""An independent witness: compares what phones were told with what is on the disk.

It shares no code with the server. What it knows of the tables it says in SQL; digests, signatures and the chain it
computes by itself from ``protocol.md``.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.phones import Ledger, Visit
from tests.faults.receipts import content_of, promises

_SUBMITTED = "SELECT subject_id, count(*) FROM audit_entry WHERE action = 'visit.submitted' GROUP BY subject_id"
_HALF = {
    "a receipt without its revision": "SELECT visit_id FROM receipt WHERE id NOT IN (SELECT receipt_id FROM revision)",
    "a revision without its receipt": "SELECT v.visit_id FROM revision v LEFT JOIN receipt r ON r.id = v.receipt_id WHERE r.id IS NULL",
    "a submitted visit without answers": "SELECT i.id FROM visit i WHERE i.revision > 0 AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.visit_id = i.id)",
    "a draft with answers": "SELECT i.id FROM visit i JOIN answer a ON a.visit_id = i.id WHERE i.revision = 0",
    "a position without its photo": "SELECT u.visit_id FROM photo_use u LEFT JOIN photo p ON p.visit_id = u.visit_id AND p.sha256 = u.sha256 WHERE p.sha256 IS NULL",
    "a visit without its last revision": "SELECT i.id FROM visit i LEFT JOIN revision v ON v.visit_id = i.id AND v.number = i.revision"
                                         " WHERE i.revision > 0 AND v.visit_id IS NULL",
    "a new photo that no job will look at": "SELECT p.visit_id FROM photo p WHERE p.state = 'stored' AND NOT EXISTS (SELECT 1 FROM job)",
}


@dataclass
class Report:
    """What became of what phones attempted; ``faults`` says of each what and where."""

    attempted: int = 0
    acknowledged: int = 0
    recovered: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    unfinished: int = 0
    strays: int = 0

    @property
    def faults(self) -> list[str]:
        return [f"{kind}: {what}" for kind in ("lost", "duplicated", "damaged") for what in getattr(self, kind)]

    def __str__(self) -> str:
        counted = {"attempted": self.attempted, "acknowledged": self.acknowledged, "lost": len(self.lost), "duplicated": len(self.duplicated),
                   "damaged": len(self.damaged), "recovered": self.recovered, "unfinished": self.unfinished, "strays": self.strays}
        return "\n".join(f"  {name:14}{number:>8}" for name, number in counted.items())


def check(ledger: Ledger, database_url: str, photos: Path, keys: dict[str, bytes]) -> Report:
    """Reads the database and the folder of photos as they lie there."""
    rows = _Rows(database_url)
    acknowledged = [visit for visit in ledger.visits if visit.receipt]
    report = Report(len(ledger.visits), len(acknowledged), ledger.recovered, unfinished=len(ledger.visits) - len(acknowledged))
    report.lost += [*_lost_visits(acknowledged, rows), *_lost_photos(ledger, rows, photos), *ledger.broken_promises]
    report.duplicated += _duplicates(ledger, rows)
    report.damaged += [*_damaged_rows(ledger, rows), *_damaged_chain(rows, keys), *_damaged_photos(rows, photos), *rows.unsound()]
    report.strays = len({path.name for path in photos.glob("original/*/*")} - {sha256 for _, sha256 in rows.photos})
    return report


class _Rows:
    """Everything that is looked at, read once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.receipts = {(visit, number): (body, order) for visit, number, body, order in
                         self._all("SELECT visit_id, revision, body, number FROM receipt ORDER BY number")}
        self.revisions = {(visit, number): (body, sha256) for visit, number, body, sha256 in
                          self._all("SELECT visit_id, number, body, sha256 FROM revision")}
        self.photos = set(self._all("SELECT visit_id, sha256 FROM photo"))
        self.submitted = dict(self._all(_SUBMITTED))
        self.chain = self._all("SELECT receipts, receipt_digest FROM chain")[0]

    def unsound(self) -> Iterator[str]:
        """What the database itself finds, and visits that are there by half."""
        for what, query in _HALF.items():
            yield from (f"{what}: {visit}" for visit, *_ in self._all(query))
        if self._url.startswith("sqlite"):
            yield from (f"integrity: {row}" for row in self._all("PRAGMA integrity_check") if row != ("ok",))
            yield from (f"foreign key: {row}" for row in self._all("PRAGMA foreign_key_check"))

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        if self._url.startswith("sqlite"):
            with closing(sqlite3.connect(self._url.removeprefix("sqlite:///"), timeout=30)) as connection:
                return connection.execute(query).fetchall()
        with closing(psycopg.connect(self._url.replace("postgresql+psycopg:", "postgresql:"))) as connection:
            return [tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in connection.execute(query).fetchall()]


def _lost_visits(acknowledged: list[Visit], rows: _Rows) -> Iterator[str]:
    """A receipt is a promise: the same receipt and the same bytes are still there."""
    for visit in acknowledged:
        if rows.receipts.get((visit.id, visit.number), (None,))[0] != visit.receipt:
            yield f"receipt of {visit.id}"
        if rows.revisions.get((visit.id, visit.number), (None,))[0] != visit.body:
            yield f"bytes of {visit.id}"
        yield from (f"photo {sha256} of {visit.id}" for sha256 in visit.photos if (visit.id, sha256) not in rows.photos)


def _lost_photos(ledger: Ledger, rows: _Rows, photos: Path) -> Iterator[str]:
    """Every photo that was said to be stored has its row and its bytes."""
    for (visit, sha256), data in ledger.photos.items():
        path = photos / "original" / sha256[:2] / sha256
        if (visit, sha256) not in rows.photos or not path.is_file():
            yield f"photo {sha256} of {visit}"
        elif path.read_bytes() != data:
            yield f"bytes of photo {sha256} of {visit}"


def _duplicates(ledger: Ledger, rows: _Rows) -> Iterator[str]:
    """Each visit is visible once: nothing that no phone made, nothing twice, one entry for each revision."""
    made = {(visit.id, visit.number) for visit in ledger.visits}
    yield from (f"nobody made {visit}/{number}" for visit, number in rows.revisions.keys() - made)
    contents = Counter(sha256 for _, sha256 in rows.revisions.values())
    yield from (f"the same bytes {number} times: {sha256}" for sha256, number in contents.items() if number > 1)
    revisions = Counter(visit for visit, _ in rows.revisions)
    for visit in revisions.keys() | rows.submitted.keys():
        if revisions[visit] != rows.submitted.get(visit):
            yield f"{visit} has {revisions[visit]} revisions and {rows.submitted.get(visit, 0)} entries"


def _damaged_rows(ledger: Ledger, rows: _Rows) -> Iterator[str]:
    """Kept bytes have their digest and are some that a phone sent under this name."""
    sent: dict[tuple[str, int], list[bytes]] = {}
    for visit in ledger.visits:
        sent.setdefault((visit.id, visit.number), []).append(visit.body)
    for name, (body, sha256) in rows.revisions.items():
        if hashlib.sha256(body).hexdigest() != sha256 or (name in sent and body not in sent[name]):
            yield f"revision {name}"


def _damaged_chain(rows: _Rows, keys: dict[str, bytes]) -> Iterator[str]:
    """Receipts are signed, name what is there, and each names the one before."""
    before = None
    for place, ((visit, number), (body, order)) in enumerate(rows.receipts.items(), 1):
        content, (kept, _) = content_of(body, keys), rows.revisions.get((visit, number), (b"{}", ""))
        named = [photo["sha256"] for photo in json.loads(kept).get("photos", [])] if content else []
        if not promises(content, visit, number, kept, named) or content["previous"] != before or order != place:
            yield f"receipt of {visit}/{number}"
        before = hashlib.sha256(body).hexdigest()
    if rows.chain != (len(rows.receipts), before):
        yield "the end of the chain of receipts"


def _damaged_photos(rows: _Rows, photos: Path) -> Iterator[str]:
    """Every photo that a row names is there in whole."""
    for sha256 in {sha256 for _, sha256 in rows.photos}:
        path = photos / "original" / sha256[:2] / sha256
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"photo {sha256}"
