"""Receipts as ``protocol.md`` §7 describes them, read from the page alone: nothing of the server's code is in here."""

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def content_of(receipt: bytes, keys: Mapping[str, bytes]) -> dict | None:
    """What a receipt says when its form and its signature hold, otherwise None. ``keys`` are public keys by name."""
    try:
        content = json.loads(receipt)
        signature = base64.b64decode(content["signature"], validate=True)
        unsigned = {name: value for name, value in content.items() if name != "signature"}
        Ed25519PublicKey.from_public_bytes(keys[content["key"]]).verify(signature, _canonical(unsigned))
    except (ValueError, KeyError, TypeError, InvalidSignature):
        return None
    return content if _canonical(content) == receipt and base64.b64encode(signature).decode() == content["signature"] else None


def promises(content: Mapping | None, visit: str, number: int, body: bytes, photos: list[str]) -> bool:
    """Whether a receipt names exactly this revision."""
    said = content and (content["visit"], content["revision"], content["sha256"], content["photos"])
    return said == (visit, number, hashlib.sha256(body).hexdigest(), sorted(set(photos)))


def _canonical(content: Mapping) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
