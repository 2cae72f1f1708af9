"""Photos: bytes against names, rows against bytes, and what no row names."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Row, select

from field.errors import Problem
from field.models import Photo
from field.operations.photos import each_named
from field.photos.inspect import look
from field.photos.store import NotStored
from field.sync.verifying.walk import Finding, Walk

_P = Photo.__table__
_PAGE = 200


def check_photos(walk: Walk) -> Iterator[Finding]:
    """Every photo that a row names is in the store, has its digest, and is what its row says."""
    query = select(_P.c.sha256, _P.c.visit_id, _P.c.bytes, _P.c.kind, _P.c.width, _P.c.height)
    for rows in walk.pages(query, (_P.c.sha256, _P.c.visit_id), _PAGE):
        for sha256, held in groupby(rows, key=lambda row: row.sha256):
            walk.counts["photos"] += 1
            yield from (Finding("photo", sha256, fault) for fault in _faults(walk, sha256, list(held)))


def _faults(walk: Walk, sha256: str, rows: Sequence[Row]) -> Iterator[str]:
    visits = ", ".join(row.visit_id for row in rows)
    try:
        data = walk.store.get(sha256)
    except (NotStored, ValueError):
        yield f"it is missing from the store (visit {visits})"
        return
    except OSError as failure:
        yield f"the store cannot read it: {failure.strerror} (visit {visits})"
        return
    if hashlib.sha256(data).hexdigest() != sha256:
        yield f"its bytes do not have the digest that is its name (visit {visits})"
        return
    for row in rows:
        if (row.bytes, row.kind, row.width, row.height) != (len(data), *_header(data)):
            yield f"its row in visit {row.visit_id} says another size or kind than its bytes"


def _header(data: bytes) -> tuple[str, int, int] | tuple[()]:
    try:
        header = look(data)
    except Problem:
        return ()
    return header.kind, header.width, header.height


def check_strays(walk: Walk) -> Iterator[Finding]:
    """What the store holds and no row names: an upload that broke off before its row, or is going on now."""
    yield from (Finding("photo", sha256, "no visit names it", stray=True)
                for sha256, named in each_named(walk.read, walk.store.names()) if not named)
