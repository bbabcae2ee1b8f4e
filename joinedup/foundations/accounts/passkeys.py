"""Passkeys: what a browser is asked, and whether its answer holds; the checks themselves are fido2's."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from joinedup.foundations.accounts.models import Factor, User

# What a browser sends may be anything.
_NOT_AN_ANSWER = (InvalidSignature, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True)
class Here:
    """The site as a browser knows it: passkeys of another site's name are of no use here."""

    host: str
    origin: str

    @property
    def server(self) -> Fido2Server:
        """fido2's checks, for this site."""
        entity = PublicKeyCredentialRpEntity(id=self.host, name="Joined Up")
        return Fido2Server(entity, verify_origin=lambda origin: origin == self.origin)


@dataclass(frozen=True)
class Answer:
    """What a browser sent back, with the challenge it was asked by."""

    here: Here
    challenge: dict[str, Any]
    text: str


@dataclass(frozen=True)
class NewPasskey:
    """A passkey whose making was checked."""

    credential_id: bytes
    credential: bytes
    sign_count: int


def ask_to_make(
    here: Here, user: User, known: Iterable[Factor]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked in order to make a passkey, and the challenge to keep."""
    entity = PublicKeyCredentialUserEntity(
        id=user.pk.bytes, name=user.email, display_name=user.name
    )
    options, challenge = here.server.register_begin(
        entity,
        [_public(factor) for factor in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options)["publicKey"], challenge


def made(answer: Answer) -> NewPasskey | None:
    """The passkey that was made, or None where the answer does not hold."""
    try:
        response = RegistrationResponse.from_dict(json.loads(answer.text))
        data = answer.here.server.register_complete(answer.challenge, response)
    except _NOT_AN_ANSWER:
        return None
    public = data.credential_data
    if public is None:
        return None
    return NewPasskey(public.credential_id, bytes(public), data.counter)


def ask_for(here: Here, known: Iterable[Factor]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked in order to prove itself by a passkey, and the challenge to keep."""
    options, challenge = here.server.authenticate_begin(
        [_public(factor) for factor in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options)["publicKey"], challenge


def which(answer: Answer, known: Iterable[Factor]) -> tuple[bytes, int] | None:
    """Whose passkey answered, with its count of uses, or None where the answer does not hold."""
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer.text))
        used = answer.here.server.authenticate_complete(
            answer.challenge, [_public(factor) for factor in known], response
        )
        return used.credential_id, response.response.authenticator_data.counter
    except _NOT_AN_ANSWER:
        return None


def _public(factor: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(factor.credential))
