"""The access matrix: every address asked by every role and by nobody; it opens, refuses, or asks to sign in."""

import datetime
import re
import uuid
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import get_resolver
from django.utils import timezone

from joinedup.demo.personas import PERSONAS, Persona
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import Mark, mark_of
from joinedup.identity.sharing.access import viewer_of
from tests.pages import frontdoor_addresses, intake_addresses, triage_addresses
from tests.pages.addresses import address
from tests.pages.case_addresses import case_address
from tests.pages.danger_addresses import BY_PRESSING, OF_ITS_OWN
from tests.pages.met import patterns
from tests.pages.panel_addresses import panel_address
from tests.pages.signing_in import signed_in

POST_ONLY = BY_PRESSING | {
    "account-recovery-codes", "account-remove", "levels-decide", "account-session-end", "agreement-amend",
    "pathway-decide",
    "agreement-ask", "agreement-line-remove", "cover-end",
    "caseload-forget", "caseload-give", "caseload-keep", "own-answer", "own-give", "own-tick",
    "subject-export",
    "subject-begin", "subject-give", "subject-pdf",
    "notices-read", "notices-send-again", "own-withdraw", "post-clear",
    "question-draft", "question-move", "question-remove",
    "post-close", "post-code", "post-protect", "post-sign-out", "review-undo", "sign-out",
    *intake_addresses.POST_ONLY, *frontdoor_addresses.POST_ONLY,
}  # fmt: skip
OWN = OF_ITS_OWN | triage_addresses.OF_ITS_OWN | frontdoor_addresses.OF_ITS_OWN | {
    "matter-ask", "matter-questions",
    "address-release", "advice-give", "approval-withdraw", "barrier", "commitment", "function-end",
    "in-reach-new", "professional-advice-one", "restriction-end", "holding-take-back",
    "consent-withdraw", "emergency", "handover", "kept-look", "handover-act", "notice",
    "own-page-leave", "data-breach", "data-breach-step", "data-complaint",
    "subject-decide", "subject-extend", "subject-read", "subject-request",
    "whereabouts",
    *intake_addresses.ITS_SENDER_S_OWN,
}  # fmt: skip
"""What opens to the posts it is of alone has tests of its own; so has what ends a visit."""
OWN_PAGES = {
    "own-ask",
    "own-complain",
    "own-look",
    "own-part",
    "own-page-choose",
    "own-page-second",
}
LEADS_ON = {
    "account-add",
    "account-password",
    "emergency-open",
    "post-appoint",
    "review-next",
    "own-page",
    *OWN_PAGES,
}
"""To the next pair; to proving oneself again; to the code that opens one's own page."""
SHOW_A_PERSON = {
    "held-placing",
    "person",
    "evidence",
    "correction",
    "consent",
    "restrictions",
    "holding-new",
    "data-complaint-new",
}
ONE_A_ROLE = {persona.role.code: persona for persona in reversed(PERSONAS)}.values()
"""A page admits by the role: who else is in the same would be asked the same."""


NAMES = sorted(str(pattern.name) for pattern in patterns())
PAGES = [
    name
    for name in NAMES
    if name not in POST_ONLY | OWN and case_address(name) is None and panel_address(name) is None
]


def test_every_address_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_every_role_has_somebody_to_ask_as() -> None:
    assert {role.code for role in ROLES} == {persona.role.code for persona in PERSONAS}


def test_every_page_says_who_it_is_for() -> None:
    assert [p.name for p in patterns() if mark_of(p.callback) is None] == []


@pytest.mark.parametrize("persona", ONE_A_ROLE, ids=lambda persona: persona.code)
def test_pages_open_to_the_posts_they_are_marked_for(linked: Path, persona: Persona) -> None:
    """Every address by one role: 200, on to the next, or 403; a look and a refusal leave their line."""
    client = signed_in(persona.code)
    viewer = viewer_of(persona.post_id, client.session["_auth_user_id"], timezone.now())
    titles: dict[str, str] = {}
    for name in PAGES:
        path = address(name)
        mark = mark_of(get_resolver().resolve(path).func)
        assert mark is not None
        admitted = mark.admits(viewer)
        since = clock.now()
        response = client.get(path)
        assert response.status_code == _expected(name, admitted=admitted), (name, path)
        if response.status_code in {200, 403} and name != "to-mend":
            well_made(response)
        if response.status_code == 200 and name != "to-mend":
            assert titles.setdefault(title_of(response), name) == name
        left = left_since(since, persona)
        if name in SHOW_A_PERSON and admitted:
            assert "seen" in left, f"{name} left no line"
        if not admitted:
            assert left == {"refused"}, f"{name} was refused without a line"


def _expected(name: str, *, admitted: bool) -> int:
    if not admitted:
        return 403
    return 302 if name in LEADS_ON else 200


def left_since(moment: datetime.datetime, persona: Persona) -> set[str]:
    """What became of what this post asked for since then, by the lines it left."""
    lines = Entry.objects.using("owner").filter(post_id=persona.post_id, at__gte=moment)
    return set(lines.values_list("outcome", flat=True))


def test_nobody_is_let_in_without_signing_in(linked: Path) -> None:
    for name in PAGES:
        path = address(name)
        response = signed_in(None).get(path)
        mark = mark_of(get_resolver().resolve(path).func)
        assert isinstance(mark, Mark)
        if not mark.signed_in:
            assert response.status_code == (
                302 if name in {"own-page", "your-post", *OWN_PAGES} else 200
            ), name
            continue
        assert response.status_code == 302, name
        assert response["Location"].startswith("/sign-in/"), name


@pytest.mark.parametrize("name", sorted(POST_ONLY - {"own-withdraw"}))
def test_what_changes_something_is_never_done_by_following_a_link(linked: Path, name: str) -> None:
    response = signed_in("reviewer").get(address(name))
    assert response.status_code in {403, 405}


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
