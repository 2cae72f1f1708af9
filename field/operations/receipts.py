"""Issuing receipts: one after the other over the whole server, each naming the digest of the one before."""

import hashlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from field.access import Actor
from field.models import Chain, Receipt
from field.operations.audit import move_chain

_RECEIPT = insert(Receipt.__table__)


def issue_receipt(session: Session, actor: Actor, content: dict[str, Any], link: Chain, seal: Callable[[dict[str, Any]], bytes]) -> bytes:
    """Seals and keeps a receipt; ``link`` is the locked end of the chain. Returns the receipt's bytes."""
    body = seal({**content, "previous": link.receipt_digest})
    digest = hashlib.sha256(body).hexdigest()
    session.execute(_RECEIPT, {
        "id": content["receipt"], "number": link.receipts + 1, "person_id": actor.person_id, "visit_id": content["visit"],
        "revision": content["revision"], "revision_sha256": content["sha256"], "body": body, "digest": digest,
    })
    move_chain(session, receipts=link.receipts + 1, receipt_digest=digest)
    return body
