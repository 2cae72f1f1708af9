"""Receiving without a network: what is handed in here goes the way of what phones send."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from field.access import Actor
from field.photos.inspect import look
from field.photos.store import PhotoStore
from field.sync.push import keep_photo
from field.sync.receipts import Signer
from field.sync.revisions import Incoming, accept, judge


class Direct:
    """Keeps photos and accepts first revisions at a told moment."""

    def __init__(self, store: PhotoStore, signer: Signer) -> None:
        self._store, self._signer = store, signer

    def photo(self, session: Session, actor: Actor, visit_id: str, data: bytes, moment: datetime) -> None:
        """The photo's bytes in the store, then its row."""
        sha256, header = hashlib.sha256(data).hexdigest(), look(data)
        self._store.put(sha256, data)
        keep_photo(session, actor, visit_id, sha256, header, len(data), moment)

    def revision(self, session: Session, actor: Actor, visit_id: str, body: bytes, moment: datetime) -> None:
        """The receipt is issued as always; a Problem of the protocol's table otherwise."""
        judged = judge(session, actor, Incoming(visit_id, 1, body), moment=moment)
        accept(session, actor, judged, self._signer)
