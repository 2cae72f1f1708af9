"""Issuing receipts: one after the other over the whole server, each naming the digest of the one before."""

import hashlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, insert

from field.access import Actor
from field.models import Receipt

_RECEIPT = insert(Receipt.__table__)


def issue_receipt(connection: Connection, actor: Actor, content: dict[str, Any], link: Row,
                  seal: Callable[[dict[str, Any]], bytes]) -> tuple[bytes, dict[str, Any]]:
    """Seals and keeps the receipt that follows ``link``; returns its bytes and the chain's new end, for ``move_chain``."""
    body = seal({**content, "previous": link.receipt_digest})
    digest = hashlib.sha256(body).hexdigest()
    connection.execute(_RECEIPT, {
        "id": content["receipt"], "number": link.receipts + 1, "person_id": actor.person_id, "visit_id": content["visit"],
        "revision": content["revision"], "revision_sha256": content["sha256"], "body": body, "digest": digest,
    })
    return body, {"receipts": link.receipts + 1, "receipt_digest": digest}
