"""One look that leaves no trace, on the page where the agency that took it decides whether the person is told (P14).

Besides `tests/sharing/test_told_looks.py`: what opening the page leaves on record, what a mistake keeps, and whom it
refuses.
"""

import uuid

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import ToldLook
from tests.audit_lines import lines
from tests.pages.test_case_forms_pages import read
from tests.pages.test_story_pages import signed_in
from tests.sharing import test_told_looks as told
from tests.sharing import walled

pytestmark = pytest.mark.django_db
TOO_LONG = "Nobody is named. " * 60


@pytest.fixture
def worker() -> Post:
    for code, kind in (("adult_care", "social_care"), ("police", "police")):
        walled.agency(code, kind)
    return walled.post("adult_care", "social_worker")


@pytest.fixture
def lead(worker: Post) -> Viewer:
    return walled.viewer("adult_care", "safeguarding_lead")


@pytest.fixture
def here(worker: Post, lead: Viewer) -> str:
    """The page of the one look that was taken."""
    told.look(worker, walled.person("adult_care"))
    return f"/looks/{told.kept(lead)}/"


def test_opening_it_is_a_look_without_a_trace(worker: Post, lead: Viewer, here: str) -> None:
    """P14: whoever decides has looked as well, and the person is told of that no more than of the other."""
    page = read(signed_in(lead).get(here), here)
    assert "Not told" in page
    assert worker.user.name in page
    assert "Why may they be told?" in page
    [seen] = lines(post_id=lead.post_id, subject_kind="look kept back")
    [of_it] = lines(post_id=worker.pk, holder="")
    assert (seen.act, seen.outcome) == (of_it.act, of_it.outcome)
    assert (seen.person_id, seen.traceless) == (of_it.person_id, True)


def test_what_was_written_too_long_is_kept_and_nobody_is_told(lead: Viewer, here: str) -> None:
    client = signed_in(lead)
    wrong = read(client.post(here, {"because": TOO_LONG}), here)
    assert "govuk-error-summary" in wrong
    assert "Say it in 1,000 characters or fewer" in wrong
    assert TOO_LONG.strip() in wrong
    with acting(walled.SYSTEM):
        assert not ToldLook.objects.exists()
    done = read(client.post(here, {"because": told.WHY}, follow=True), here)
    assert "The person reads of this look on their own page from now on." in done
    assert told.WHY in done
    lacking = read(client.post(here, {"because": " "}), here)
    assert "Say why they are no longer told" in lacking


def test_nobody_else_opens_it_or_decides(worker: Post, here: str) -> None:
    """P14: a practitioner is refused, on record; to the lead of another agency there is no such look."""
    colleague = walled.viewer("adult_care", "social_worker", team="Away")
    client = signed_in(colleague)
    assert client.get(here).status_code == 403
    assert client.post(here, {"because": told.WHY}).status_code == 403
    assert [each.outcome for each in lines(post_id=colleague.post_id)] == ["refused"] * 2
    for other in ("safeguarding_lead", "ig_lead"):
        theirs = signed_in(walled.viewer("police", other))
        assert theirs.get(here).status_code == 404
        assert theirs.post(here, {"because": told.WHY}).status_code == 404
    ours = signed_in(walled.viewer("adult_care", "ig_lead"))
    assert ours.get(f"/looks/{uuid.uuid4()}/").status_code == 404
    with acting(walled.SYSTEM):
        assert not ToldLook.objects.exists()
