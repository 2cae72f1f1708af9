"""A passkey in software: answers what our pages ask a browser, as a phone's own authenticator would."""

import hashlib
import json
import os
from base64 import urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "http://localhost:8720"
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """One passkey. ``verifies`` is whether it asks for a finger or a face."""

    def __init__(self, *, origin: str = ORIGIN, verifies: bool = True) -> None:
        self.origin, self.verifies, self.count = origin, verifies, 0
        self._key, self._id = ec.generate_private_key(ec.SECP256R1()), os.urandom(32)

    def made(self, options: dict[str, Any]) -> str:
        """The answer to being asked for a new passkey."""
        data = self._client_data("webauthn.create", options["challenge"])
        attested = self._data(options["rp"]["id"], _ATTESTED) + bytes(16) + len(self._id).to_bytes(2, "big") + self._id + self._public()
        wrapped = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": attested})
        return self._answer({"clientDataJSON": _text(data), "attestationObject": _text(wrapped), "transports": ["internal"]})

    def signed(self, options: dict[str, Any]) -> str:
        """The answer to being asked to sign."""
        self.count += 1
        data, known = self._client_data("webauthn.get", options["challenge"]), self._data(options["rpId"])
        signature = self._key.sign(known + hashlib.sha256(data).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": _text(data), "authenticatorData": _text(known), "signature": _text(signature), "userHandle": None})

    def _answer(self, response: dict[str, Any]) -> str:
        return json.dumps({"id": _text(self._id), "rawId": _text(self._id), "type": "public-key", "response": response, "clientExtensionResults": {}})

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, host: str, more: int = 0) -> bytes:
        flags = _PRESENT | (_VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        numbers = self._key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
