"""The key that signs tree heads: in the data folder, never in the database."""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "audit_key"
"""The private half, as hexadecimal; beside it lies the public half of each key there ever was."""


def signing_key(data: Path) -> Ed25519PrivateKey:
    """Return the key, made on first use and kept where only its owner may read it."""
    path = data / NAME
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    except FileNotFoundError:
        return _make(path)


def name_of(public: Ed25519PublicKey) -> str:
    """A short name for a key: the beginning of its fingerprint."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def trusted(data: Path) -> dict[str, Ed25519PublicKey]:
    """The public keys whose heads are believed, by name."""
    keys = [
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(path.read_text().strip()))
        for path in sorted(data.glob(f"{NAME}_*.pub"))
    ]
    return {name_of(key): key for key in keys}


def is_signed(public: Ed25519PublicKey, signature: str, said: bytes) -> bool:
    """Whether the signature is that key's over what was said."""
    try:
        public.verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def _make(path: Path) -> Ed25519PrivateKey:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate()
    public = made.public_key()
    # Written aside and linked into place, so that two starts at once agree on one key.
    aside = path.with_name(f"{NAME}.{os.getpid()}")
    with open(aside, "w", opener=_private) as file:
        file.write(made.private_bytes_raw().hex())
    try:
        os.link(aside, path)
    except FileExistsError:
        return signing_key(path.parent)
    finally:
        aside.unlink()
    path.with_name(f"{NAME}_{name_of(public)}.pub").write_text(public.public_bytes_raw().hex())
    return made


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
