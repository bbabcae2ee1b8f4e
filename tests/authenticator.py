"""A passkey in software: makes itself and signs as an authenticator would, by the standard's own bytes."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

_PRESENT, _VERIFIED, _HAS_CREDENTIAL = 0x01, 0x04, 0x40


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Passkey:
    """One key pair for one site."""

    host: str
    origin: str
    count: int = 0
    identifier: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, asked: dict[str, Any]) -> str:
        """What a browser sends back when asked to make a passkey."""
        public = dict(ES256.from_cryptography_key(self.key.public_key()))
        credential = (
            bytes(16) + len(self.identifier).to_bytes(2) + self.identifier + cbor.encode(public)
        )
        data = self._data(_PRESENT | _VERIFIED | _HAS_CREDENTIAL) + credential
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(asked, "webauthn.create", attestationObject=_text(attested))

    def sign(self, asked: dict[str, Any]) -> str:
        """What a browser sends back when asked for a proof."""
        self.count += 1
        data = self._data(_PRESENT | _VERIFIED)
        client = self._client(asked, "webauthn.get")
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            asked, "webauthn.get", authenticatorData=_text(data), signature=_text(signature)
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, asked: dict[str, Any], does: str) -> bytes:
        said = {"type": does, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, asked: dict[str, Any], does: str, **response: str) -> str:
        return json.dumps(
            {
                "id": _text(self.identifier),
                "rawId": _text(self.identifier),
                "type": "public-key",
                "response": {"clientDataJSON": _text(self._client(asked, does)), **response},
                "clientExtensionResults": {},
            }
        )
