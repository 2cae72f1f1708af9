"""Verifying: everything that is kept as evidence, compared with what vouches for it. Reads only, page by page.

Photos with their names and rows, revisions with their digests, receipts with their signatures, their chain and what
they name, scores with the bytes that they were computed from, audit entries with their chain.
"""

from collections.abc import Iterator

from field.sync.verifying.chain import check_entries
from field.sync.verifying.photos import check_photos, check_strays
from field.sync.verifying.receipts import check_receipts
from field.sync.verifying.revisions import check_revisions
from field.sync.verifying.versions import check_versions
from field.sync.verifying.visits import check_visits
from field.sync.verifying.walk import Finding, Walk

__all__ = ["Finding", "Walk", "verify"]

_CHECKS = (check_versions, check_revisions, check_receipts, check_visits, check_entries, check_photos, check_strays)


def verify(walk: Walk) -> Iterator[Finding]:
    """Everything that differs or is missing, as it is found; a server may go on receiving meanwhile."""
    for check in _CHECKS:
        yield from check(walk)
