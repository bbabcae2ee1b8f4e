"""What an employer's sign-in says counts only when every part of its signed answer holds."""

import datetime
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from joinedup.foundations.accounts.openid import (
    Asked,
    CannotSignOn,
    Provider,
    address_to_ask,
    named,
)

BACK = "https://joinedup.example/sign-in/back/"


@dataclass
class Employer:
    """A provider that answers what a test tells it to."""

    port: int
    key: rsa.RSAPrivateKey
    token: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str) -> Any:
        about = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {
            "/.well-known/openid-configuration": about,
            "/keys": {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]},
            "/token": {"id_token": self.token},
        }.get(path)


@pytest.fixture(scope="module")
def employer() -> Iterator[Employer]:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found = here.page(self.path)
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        here = Employer(server.server_address[1], rsa.generate_private_key(65537, 2048))
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield here
        server.shutdown()
        thread.join()


@pytest.fixture
def provider(employer: Employer) -> Provider:
    return Provider(
        "council", "the council", employer.issuer, "joinedup", "s", ("council.example",)
    )


@pytest.fixture
def asked(provider: Provider) -> Asked:
    return Asked.anew(provider)


def claims(employer: Employer, asked: Asked, **other: Any) -> dict[str, Any]:
    now = datetime.datetime.now(datetime.UTC)
    said = {
        "iss": employer.issuer,
        "aud": "joinedup",
        "sub": "a-12",
        "iat": now,
        "exp": now + datetime.timedelta(minutes=5),
        "nonce": asked.nonce,
        "email": "ann@council.example",
        "email_verified": True,
        "auth_time": int(now.timestamp()),
        **other,
    }
    return {name: value for name, value in said.items() if value is not None}


def signed(employer: Employer, said: dict[str, Any], **how: Any) -> str:
    words = {"key": employer.key, "algorithm": "RS256", "headers": {"kid": "1"}, **how}
    return jwt.encode(said, **words)


def test_an_answer_that_holds_names_somebody(
    employer: Employer, provider: Provider, asked: Asked
) -> None:
    employer.token = signed(employer, claims(employer, asked, amr=["pwd", "mfa"]))
    found = named(provider, asked, "code", BACK)
    assert (found.issuer, found.subject, found.email) == (
        employer.issuer,
        "a-12",
        "ann@council.example",
    )
    assert found.with_second_factor
    assert found.proved_at is not None


@pytest.mark.parametrize(
    "amr", [None, [], ["pwd"], ["otp"], "mf"], ids=["unsaid", "nothing", "password", "code", "text"]
)
def test_a_second_factor_counts_only_where_it_is_said_in_so_many_words(
    employer: Employer, provider: Provider, asked: Asked, amr: Any
) -> None:
    employer.token = signed(employer, claims(employer, asked, amr=amr))
    assert not named(provider, asked, "code", BACK).with_second_factor


@pytest.mark.parametrize("verified", [None, False, "true", 1])
def test_an_address_that_the_employer_did_not_check_names_nobody(
    employer: Employer, provider: Provider, asked: Asked, verified: Any
) -> None:
    employer.token = signed(employer, claims(employer, asked, email_verified=verified))
    assert named(provider, asked, "code", BACK).email == ""


OLD = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://another.example"}, {"aud": "another"}, {"nonce": "another"}, {"nonce": None},
        {"sub": None}, {"exp": OLD}, {"exp": None}, {"iat": None}, {"aud": None},
    ],
    ids=lambda other: "-".join(f"{k} {'missing' if v is None else 'wrong'}" for k, v in other.items()),
)  # fmt: skip
def test_an_answer_with_one_wrong_claim_is_refused(
    employer: Employer, provider: Provider, asked: Asked, other: dict[str, Any]
) -> None:
    employer.token = signed(employer, claims(employer, asked, **other))
    with pytest.raises(CannotSignOn):
        named(provider, asked, "code", BACK)


def test_an_answer_signed_by_nobody_or_somebody_else_is_refused(
    employer: Employer, provider: Provider, asked: Asked
) -> None:
    said = claims(employer, asked)
    stranger = rsa.generate_private_key(65537, 2048)
    for token in (
        signed(employer, said, key=stranger),
        signed(employer, said, key=None, algorithm="none"),
        signed(employer, said, key="s" * 32, algorithm="HS256"),
        "nonsense",
        "",
    ):
        employer.token = token
        with pytest.raises(CannotSignOn):
            named(provider, asked, "code", BACK)


def test_a_provider_is_reached_over_https_or_on_this_machine_alone(asked: Asked) -> None:
    plain = Provider("x", "X", "http://council.example", "joinedup", "s", ())
    with pytest.raises(CannotSignOn, match="https"):
        address_to_ask(plain, asked, BACK)


def test_a_provider_that_is_away_is_told_in_words(asked: Asked) -> None:
    away = Provider("x", "X", "http://127.0.0.1:9", "joinedup", "s", ())
    with pytest.raises(CannotSignOn, match="does not answer"):
        address_to_ask(away, asked, BACK)


def test_the_question_binds_its_answer_and_gives_no_secret_away(
    provider: Provider, asked: Asked
) -> None:
    address = address_to_ask(provider, asked, BACK)
    assert f"state={asked.state}" in address
    assert f"nonce={asked.nonce}" in address
    assert "code_challenge_method=S256" in address
    assert asked.verifier not in address
    assert "prompt" not in address
    assert "max_age=0" in address_to_ask(provider, asked, BACK, again=True)


@pytest.mark.parametrize(
    "email", ["ann@council.example.evil.example", "ann@evil.example", "council.example", "@x", ""]
)
def test_a_provider_speaks_for_its_own_domains_alone(provider: Provider, email: str) -> None:
    assert not provider.speaks_for(email)
    assert provider.speaks_for("Ann@Council.Example")
