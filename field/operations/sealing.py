"""Sealing: what must be read again later but never lie open in the database or a backup of it."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Seal:
    """AES-256-GCM under a key derived from the instance's own; a sealed text opens only for what it was sealed for."""

    def __init__(self, secret_key: bytes) -> None:
        self._cipher = AESGCM(HKDF(SHA256(), 32, salt=None, info=b"fieldscore second factor").derive(secret_key))

    def close(self, text: str, *, about: str) -> str:
        nonce = os.urandom(_NONCE)
        return base64.urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), about.encode())).decode()

    def open(self, sealed: str, *, about: str) -> str | None:
        """The text, or None where it was changed, belongs to something else or was sealed under another key."""
        try:
            data = base64.urlsafe_b64decode(sealed)
            return self._cipher.decrypt(data[:_NONCE], data[_NONCE:], about.encode()).decode()
        except (ValueError, InvalidTag):
            return None
