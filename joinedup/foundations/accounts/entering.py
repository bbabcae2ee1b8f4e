"""What a request's session holds while somebody signs in, proves themselves again, and is away."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.passkeys import Answer, Here
from joinedup.foundations.accounts.rules import (
    PROOF_LASTS,
    SESSION_LASTS,
    SIGNING_IN_LASTS,
    browser_words,
    is_fresh,
)
from joinedup.foundations.accounts.sessions import (
    ADDRESS,
    BROWSER,
    PROVED,
    SEEN,
    SIGNED_IN,
    read_time,
)


class SignedIn(HttpRequest):
    """A request of somebody who is signed in and at work in a post, as page marks see to it."""

    user: User
    viewer: Any


_PENDING, _CHALLENGE = "signing_in", "passkey_challenge"


@dataclass(frozen=True)
class Pending:
    """Somebody whose first factor was right and whose second is awaited."""

    user: User
    first: str
    """`password` or `single_sign_on`."""
    going: str


def client_address(request: HttpRequest) -> str:
    """Where a request came from, as the last proxy of ours tells it."""
    proxies = settings.PROXIES
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(told) >= proxies and told[-proxies]:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def here(request: HttpRequest) -> Here:
    """The site as the browser of this request knows it."""
    host = request.get_host()
    return Here(host=host.rpartition(":")[0] or host, origin=f"{request.scheme}://{host}")


def wait_for_second(
    request: HttpRequest, user: User, *, first: str, going: str, at: datetime.datetime
) -> None:
    """Remember who gave the first factor, under a new session key; they are not signed in."""
    request.session.flush()
    request.session[_PENDING] = {
        "user": str(user.pk), "first": first, "going": going, "at": at.isoformat(),
    }  # fmt: skip
    request.session.set_expiry(at + SIGNING_IN_LASTS)


def pending(request: HttpRequest, at: datetime.datetime) -> Pending | None:
    """Whose second factor is awaited here, or None where nobody's is, or it took too long."""
    kept = request.session.get(_PENDING)
    if not kept or not is_fresh(read_time(kept["at"]), SIGNING_IN_LASTS, at):
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return Pending(user, kept["first"], kept["going"]) if user else None


def enter(request: HttpRequest, user: User, *, at: datetime.datetime) -> None:
    """Sign somebody in: a new session key, an end that no use puts off, and where they sit."""
    request.session.flush()
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    request.session.set_expiry(at + SESSION_LASTS)
    for key in (SIGNED_IN, SEEN, PROVED):
        request.session[key] = at.isoformat()
    request.session[BROWSER] = browser_words(request.headers.get("User-Agent", ""))
    request.session[ADDRESS] = _valid(client_address(request))


def note_proof(request: HttpRequest, at: datetime.datetime) -> None:
    """Remember that whoever is signed in has just proved themselves again, under a new session key."""
    request.session.cycle_key()
    request.session[PROVED] = at.isoformat()


def has_proved(request: HttpRequest, at: datetime.datetime) -> bool:
    """Whether whoever is signed in proved themselves within the last minutes."""
    return is_fresh(read_time(request.session.get(PROVED)), PROOF_LASTS, at)


def keep_challenge(request: HttpRequest, challenge: dict[str, object]) -> None:
    """Keep what a passkey is asked to sign, until it answers."""
    request.session[_CHALLENGE] = challenge


def passkey_answer(request: HttpRequest, text: str) -> Answer:
    """What a passkey answered, with the challenge it was asked by; each challenge is good once."""
    challenge = request.session.pop(_CHALLENGE, {})
    return Answer(here=here(request), challenge=challenge, text=text)


def safe_way_on(request: HttpRequest, going: str) -> str:
    """Where somebody was going, if that is a page of this site; else the start."""
    ours = url_has_allowed_host_and_scheme(
        going, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return going if ours else settings.LOGIN_REDIRECT_URL


def _valid(address: str) -> str:
    return address if address.replace(".", "").replace(":", "").isalnum() else ""
