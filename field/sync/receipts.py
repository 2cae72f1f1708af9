"""Receipts: the server's signed word that it has a revision, each naming the one before.

The stored receipt is its canonical form: UTF-8 not escaped, keys sorted, no spaces. The signature is Ed25519 over that
form without the member ``signature``. Keys: ``k1`` is derived from the secret ``receipt_key``.
"""

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_ID = "k1"
_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class Signer:
    """Signs receipts; made once from the secret."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret[:32])

    def public_keys(self) -> list[dict[str, str]]:
        """What ``GET /receipt-keys`` publishes."""
        raw = self._key.public_key().public_bytes_raw()
        return [{"key": KEY_ID, "algorithm": "ed25519", "public": base64.b64encode(raw).decode()}]

    def seal(self, content: dict[str, Any]) -> bytes:
        """The receipt's bytes: canonical, with key and signature."""
        content = {**content, "key": KEY_ID}
        signature = base64.b64encode(self._key.sign(canonical(content))).decode()
        return canonical({**content, "signature": signature})


def canonical(value: Any) -> bytes:
    return _ENCODE(value).encode()


def verify(receipt: bytes, public: bytes) -> bool:
    """Whether bytes are a receipt signed by this key, in the one spelling that is accepted."""
    try:
        content = json.loads(receipt)
        signature = content.pop("signature")
        raw = base64.b64decode(signature, validate=True)
        if base64.b64encode(raw).decode() != signature or canonical({**content, "signature": signature}) != receipt:
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(raw, canonical(content))
        return True
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return False
