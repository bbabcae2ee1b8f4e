"""Keeps a secret closed in the database: opened only with the site's key, which is not in it."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(secret: bytes) -> bytes:
    """The secret, closed."""
    return _keys().encrypt(secret)


def unseal(sealed: bytes | memoryview) -> bytes:
    """The secret again; raises InvalidToken where the key is another."""
    return _keys().decrypt(bytes(sealed))


def keyed_digest(what: str) -> str:
    """A digest that cannot be guessed at without the site's key."""
    return hmac.new(
        _derived(settings.SECRET_KEY, "digest"), what.encode(), hashlib.sha256
    ).hexdigest()


def _keys() -> MultiFernet:
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(key, "second factors"))) for key in known]
    )


def _derived(key: str | bytes, use: str) -> bytes:
    return hashlib.sha256(f"joinedup {use}".encode() + b"\0" + force_bytes(key)).digest()
