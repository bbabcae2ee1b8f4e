"""Every address asked by every persona and by nobody: it opens, refuses, or asks to sign in."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from joinedup.demo.personas import PERSONAS, Persona
from joinedup.foundations.core.pages import mark_of
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import viewer_of
from joinedup.intelligence.linkage.models import Delivery, ReviewPair
from tests.pages.sharing_addresses import sharing_address
from tests.pages.signing_in import signed_in

POST_ONLY = {
    "account-recovery-codes", "account-remove", "account-session-end", "agreement-amend",
    "agreement-line-remove", "notices-read",
    "notices-send-again", "post-clear", "post-code", "post-sign-out", "review-undo", "sign-out",
}  # fmt: skip
OWN = {
    "notice", "barrier", "consent", "consent-record", "consent-service", "consent-capacity",
    "consent-withdraw",
}  # fmt: skip
"""What opens to the posts it is of alone has tests of its own."""
LEADS_ON = {"account-add", "account-password", "post-appoint", "review-next"}
"""To the next pair; to proving oneself again."""


def patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    """Every pattern of the site, whichever room hung it up."""
    found: list[URLPattern] = []
    for entry in (resolver or get_resolver()).url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def address(name: str) -> str:
    """The address of a page, with things that are really there."""
    arguments: dict[str, Any] = {}
    if name in {"person", "evidence", "correction"}:
        arguments["person_id"] = Record.objects.filter(gone_on=None).earliest("pk").person_id
    if name in {"delivery", "to-mend"}:
        delivery = Delivery.objects.filter(agency="adult_care", quarantined__gt=0)
        arguments["delivery_id"] = delivery.earliest("pk").pk
    if name.startswith("post") and name not in {"posts", "post-appoint"}:
        arguments["post_id"] = PERSONAS[0].post_id
    if name == "account-remove":
        arguments["factor_id"] = uuid.uuid4()
    if name == "notices-send-again":
        arguments["message_id"] = uuid.uuid4()
    if name == "audit-day":
        arguments = {"post_id": PERSONAS[0].post_id, "day": "2026-11-20"}
    if name.startswith("agreement-") or name == "agreement":
        arguments = sharing_address(name)
    if name == "review-pair":
        arguments["pair_id"] = ReviewPair.objects.filter(status="open").earliest("pk").pk
    return reverse(name, kwargs=arguments)


NAMES = sorted(str(pattern.name) for pattern in patterns())
PAGES = [name for name in NAMES if name not in POST_ONLY | OWN]


def test_every_address_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: str(pattern.name))
def test_every_page_says_who_it_is_for(pattern: URLPattern) -> None:
    assert mark_of(pattern.callback) is not None


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.code)
def test_a_page_opens_to_the_posts_it_is_marked_for(
    linked: Path, persona: Persona, name: str
) -> None:
    view = get_resolver().resolve(address(name)).func
    mark = mark_of(view)
    client = signed_in(persona.code)
    user_id = client.session["_auth_user_id"]
    viewer = viewer_of(persona.post_id, user_id, timezone.now())
    assert mark is not None
    opened = 302 if name in LEADS_ON else 200
    expected = opened if mark.admits(viewer) else 403
    response = client.get(address(name))
    assert response.status_code == expected
    if expected == 403 or (expected == 200 and name != "to-mend"):
        well_made(response)


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_let_in_without_signing_in(linked: Path, name: str) -> None:
    response = signed_in(None).get(address(name))
    if name == "sign-in":
        assert response.status_code == 200
        well_made(response)
    else:
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_what_changes_something_is_never_done_by_following_a_link(linked: Path, name: str) -> None:
    response = signed_in("reviewer").get(address(name))
    assert response.status_code in {403, 405}


def test_titles_tell_pages_apart(linked: Path) -> None:
    titles: dict[str, set[str]] = {}
    for persona in PERSONAS:
        client = signed_in(persona.code)
        for name in PAGES:
            response = client.get(address(name))
            if response.status_code == 200 and name != "to-mend":
                titles.setdefault(title_of(response), set()).add(name)
    assert {title: names for title, names in titles.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    "path",
    ["/no-such-page/", f"/people/{uuid.UUID(int=1)}/", "/deliveries/999999/"],
)
def test_what_is_not_there_is_told_in_plain_words(linked: Path, path: str) -> None:
    persona = "data-manager" if "deliveries" in path else "front-door"
    response = signed_in(persona).get(path)
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
    well_made(response)


def title_of(response: HttpResponse) -> str:
    """What stands in the browser's tab."""
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found
    return found[1].strip()


def well_made(response: HttpResponse) -> None:
    """Nothing inline, nothing from elsewhere, nothing kept, one heading, a strict policy."""
    html = response.content.decode()
    assert title_of(response).endswith("– Joined Up")
    assert html.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert "<style" not in html
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son[a-z]+=", html)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", html)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "nonce" not in policy
    assert response["X-Frame-Options"] == "DENY"
