"""An employer's single sign-on, by OpenID Connect: whither to send somebody, and whom the answer names."""

import base64
import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import jwt

_PATIENCE = 10
_ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures by key pairs alone: never `none`, never a shared secret."""

_HERE_ONLY = {"localhost", "127.0.0.1"}


class CannotSignOn(Exception):
    """The provider's answer does not hold, or there was none; the message is fit for the page."""


@dataclass(frozen=True)
class Provider:
    """An employer's sign-in, and the e-mail domains it may speak for."""

    code: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domains: tuple[str, ...] = ()

    @classmethod
    def known(cls, settings: tuple[Mapping[str, Any], ...]) -> "dict[str, Provider]":
        """Those the site is set up for, by code."""
        found = [cls(**{**one, "domains": tuple(one["domains"])}) for one in settings]
        return {provider.code: provider for provider in found}

    def speaks_for(self, email: str) -> bool:
        """Whether an address is in one of its domains."""
        name, _, domain = email.rpartition("@")
        return bool(name) and domain.casefold() in self.domains


@dataclass(frozen=True)
class Asked:
    """What is kept from asking until the answer: each is good for one answer."""

    provider: str
    state: str
    nonce: str
    verifier: str

    @classmethod
    def anew(cls, provider: Provider) -> "Asked":
        """Fresh secrets for one question."""
        return cls(provider.code, *(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True)
class Named:
    """Whom the provider named, and how strongly they proved themselves there."""

    issuer: str
    subject: str
    email: str
    with_second_factor: bool
    proved_at: datetime.datetime | None


def address_to_ask(provider: Provider, asked: Asked, back: str, *, again: bool = False) -> str:
    """Where to send the browser; `again` wants a proof of now. Raises CannotSignOn."""
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    words = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if again else {}),
    }
    return f"{_about(provider)['authorization_endpoint']}?{urlencode(words)}"


def named(provider: Provider, asked: Asked, code: str, back: str) -> Named:
    """Exchange the code for whom it names, its signature and every claim checked; raises CannotSignOn."""
    about = _about(provider)
    answer = _fetched(
        about["token_endpoint"],
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": provider.client_id,
            "client_secret": provider.client_secret,
            "code_verifier": asked.verifier,
        },
    )
    try:
        token = answer["id_token"]
        key = _keys(about["jwks_uri"]).get_signing_key_from_jwt(token).key
        claims = jwt.decode(
            token,
            key,
            algorithms=list(_ALGORITHMS),
            audience=provider.client_id,
            issuer=provider.issuer,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            leeway=30,
        )
    except (KeyError, jwt.PyJWTError) as wrong:
        raise CannotSignOn(f"The answer from {provider.name} does not hold. Try again.") from wrong
    if not secrets.compare_digest(str(claims.get("nonce", "")), asked.nonce):
        raise CannotSignOn(f"The answer from {provider.name} belongs to another question.")
    proved = claims.get("auth_time")
    return Named(
        issuer=provider.issuer,
        subject=str(claims["sub"]),
        email=str(claims.get("email", "")) if claims.get("email_verified") is True else "",
        with_second_factor="mfa" in (claims.get("amr") or []),
        proved_at=datetime.datetime.fromtimestamp(proved, datetime.UTC) if proved else None,
    )


@cache
def _about(provider: Provider) -> dict[str, Any]:
    if not _is_safe(provider.issuer):
        raise CannotSignOn(f"{provider.name} is not set up over https.")
    about = _fetched(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if about.get("issuer") != provider.issuer:
        raise CannotSignOn(f"{provider.name} says it is another.")
    ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(_is_safe(str(about.get(end))) for end in ends):
        raise CannotSignOn(f"{provider.name} does not say where to ask.")
    return about


@cache
def _keys(address: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(address, timeout=_PATIENCE)


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE_ONLY)


def _fetched(address: str, words: Mapping[str, str] | None = None) -> dict[str, Any]:
    data = urlencode(words).encode() if words else None
    try:
        with urlopen(Request(address, data), timeout=_PATIENCE) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except (URLError, ValueError, OSError) as lost:
        raise CannotSignOn("Your employer’s sign-in does not answer. Try again later.") from lost
