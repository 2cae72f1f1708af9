"""The audit's chain: every digest computed again."""

from collections.abc import Iterator
from datetime import UTC

from sqlalchemy import Row, select

from field.models import AuditEntry, Chain
from field.operations.audit import entry_digest
from field.sync.verifying.walk import Finding, Walk

_E = AuditEntry.__table__
_PAGE = 500
_COVERED = ("number", "at", "actor_id", "session_id", "action", "subject", "subject_id", "details")


def check_entries(walk: Walk) -> Iterator[Finding]:
    """Every audit entry up to the chain's end at this moment."""
    with walk.read() as session:
        end = session.get(Chain, 1)
    before, number = None, 0
    for row in _rows(walk, end.entries):
        walk.counts["audit entries"] += 1
        number += 1
        if row.number != number:
            yield Finding("audit entry", f"number {number}", "it is missing")
            number = row.number
        elif entry_digest(before, _covered(row)) != row.digest:
            yield Finding("audit entry", f"number {number}", "it does not have its digest")
        before = row.digest
    if (number, before) != (end.entries, end.entry_digest):
        yield Finding("audit entry", f"number {end.entries}", "the chain's end is not what was written last")


def _rows(walk: Walk, last: int) -> Iterator[Row]:
    for rows in walk.pages(select(_E).where(_E.c.number <= last), (_E.c.number,), _PAGE):
        yield from rows


def _covered(row: Row) -> dict[str, object]:
    values = {name: row._mapping[name] for name in _COVERED}
    return {**values, "at": row.at.astimezone(UTC)}
