"""Revisions: bytes against digest, address and receipt."""

from collections.abc import Iterator

from sqlalchemy import Row, select

from field.models import Receipt, Revision
from field.sync.verifying.sent import said
from field.sync.verifying.walk import Finding, Walk

_V, _R = Revision.__table__, Receipt.__table__
_PAGE = 20


def check_revisions(walk: Walk) -> Iterator[Finding]:
    """Every revision has its digest, stands under its own address and has a receipt."""
    has = (_R.c.id == _V.c.receipt_id) & (_R.c.visit_id == _V.c.visit_id) & (_R.c.revision == _V.c.number)
    query = select(_V.c.visit_id, _V.c.number, _V.c.sha256, _V.c.body, _V.c.device, _R.c.id.label("receipt")).outerjoin(_R, has)
    for rows in walk.pages(query, (_V.c.visit_id, _V.c.number), _PAGE):
        for row in rows:
            walk.counts["revisions"] += 1
            yield from (Finding("revision", f"{row.visit_id}/{row.number}", fault) for fault in _faults(row))


def _faults(row: Row) -> Iterator[str]:
    if row.receipt is None:
        yield "it has no receipt"
    body = said(row.body, row.sha256)
    if body is None:
        yield "its bytes do not have its digest"
    elif (body["visit"], body["revision"], body["device"]) != (row.visit_id, row.number, row.device):
        yield "it stands under another visit, number or device than its bytes say"
