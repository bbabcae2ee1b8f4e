"""The pages of a story: written and corrected keeping what was typed, pinned, and nothing told that must not be."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.operations import derive
from joinedup.support.cases.models import Case, StoryEntry
from tests.sharing import walled
from tests.sharing.test_page_pairs import _OF_THE_MOMENT, HIDDEN, indexed
from tests.unit.cases.stories import a_case, a_lead, holding, written

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    "?order=oldest&print=all",
    "?words=held",
    "?since=2020",
)


def signed_in(viewer: Viewer) -> Client:
    """A browser in which this post is signed in and has proved itself."""
    client = Client()
    user = walled.User.objects.get(pk=viewer.user_id)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["proved_at"] = timezone.now().isoformat()
    session.save()
    return client


def text(response: object) -> str:
    """The page as it was sent."""
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def lead() -> Viewer:
    return a_lead(purpose=Purpose.EARLY_HELP)


@pytest.fixture
def case(lead: Viewer) -> Case:
    walled.agency("police", "police")
    return a_case(lead, walled.person("housing"))


def test_an_entry_is_written_from_the_page_and_what_was_typed_stays(
    lead: Viewer, case: Case
) -> None:
    client, at = signed_in(lead), f"/cases/{case.pk}/story/"
    assert "Nothing has been" in text(client.get(at)) or "Story" in text(client.get(at))
    typed = {
        "when": "next Tuesday",
        "what": "Moved in",
        "topic": "home",
        "source": "housing",
        "significance": "serious",
    }
    refused = text(client.post(f"{at}write/", typed))
    assert "Write when it was like 12 3 2024" in refused
    assert 'value="next Tuesday"' in refused
    assert 'value="Moved in"' in refused
    to_come = text(client.post(f"{at}write/", {**typed, "when": "1 1 2100"}))
    assert "This is still to come" in to_come
    hidden = text(client.post(f"{at}write/", {**typed, "when": "May 2024", "hidden": "crime"}))
    assert "Say why the person is not shown it" in hidden
    assert '<details class="govuk-details" open>' in hidden
    assert client.post(f"{at}write/", {**typed, "when": "May 2024"}).status_code == 302
    page = text(client.get(at))
    assert "May 2024" in page
    assert "Written 2 years later, on" in page
    assert "Why can I see this?" in page


def test_an_entry_is_corrected_once_and_whoever_comes_second_sees_both(
    lead: Viewer, case: Case
) -> None:
    client, entry = signed_in(lead), written(lead, case, "Moved in with his sister")
    at = f"/cases/{case.pk}/story/entries/{entry.pk}/correct/"
    assert 'value="Moved in with his sister"' in text(client.get(at))
    mended = {
        "when": "May 2024",
        "what": "Moved in with an aunt",
        "topic": "home",
        "source": "housing",
        "significance": "ordinary",
    }
    assert client.post(at, mended).status_code == 302
    second = client.post(at, {**mended, "what": "Moved in with a friend"})
    assert second.status_code == 409
    assert "Moved in with an aunt" in text(second)
    assert 'value="Moved in with a friend"' in text(second)
    page = text(client.get(f"/cases/{case.pk}/story/"))
    assert "story-line--corrected" in page
    with acting(walled.SYSTEM):
        assert StoryEntry.objects.count() == 2


def test_what_matters_is_pinned_and_let_go_from_the_page(lead: Viewer, case: Case) -> None:
    client, entry = signed_in(lead), written(lead, case)
    at = f"/cases/{case.pk}/story/"
    assert client.post(f"{at}pin/entry/{entry.pk}/", {"why": "Ring first"}).status_code == 302
    page = text(client.get(at))
    assert "What matters" in page
    assert "Ring first" in page
    pin = page.split("/story/pins/")[1].split("/")[0]
    assert client.post(f"{at}pins/{pin}/let-go/").status_code == 302
    assert "What matters" not in text(client.get(at))
    assert client.post(f"{at}pins/{pin}/let-go/").status_code == 404
    assert client.get(f"{at}pin/lead/{entry.pk}/").status_code == 404


def test_a_story_asks_no_more_of_the_database_than_it_needs(lead: Viewer, case: Case) -> None:
    """The head, the lines, the looks and the masthead: so many questions, however long the story is."""
    client, at = signed_in(lead), f"/cases/{case.pk}/story/"
    for what in ("Moved in", "Moved out", "Came back"):
        written(lead, case, what)
    client.get(at)
    for asked, most in (("", 60), ("?agency=housing", 60), ("?words=moved", 68)):
        with CaptureQueriesContext(connection) as found:
            assert "Came back" in text(client.get(f"{at}{asked}")) or asked == "?words=moved"
        told = "\n".join(each["sql"][:100] for each in found)
        assert len(found) <= most, f"{len(found)} for {asked}:\n{told}"
        assert sum("SAVEPOINT" in each["sql"] for each in found) <= 6, told


def test_two_worlds_that_differ_in_what_is_never_told_give_the_same_story() -> None:
    """P8: a refuge, a clinic, MAPPA and intelligence leave no line, no count, no mark in the picture, no gap."""
    for code, kind in (("gp", "health"), ("housing", "housing"), ("police", "police")):
        walled.agency(code, kind)
    walled.agency("haven", "voluntary", name_reveals=True)
    walled.agency("clinic", "health", name_reveals=True)
    with acting(walled.SYSTEM):
        derive.agencies(None, at=clock.now())
    him = walled.person("gp", "housing", born_on=datetime.date(1985, 2, 3), postcode="JU1 0AA")
    indexed(him)
    gp = walled.viewer("gp", "practitioner", Purpose.DIRECT_CARE)
    case = a_case(gp, him)
    holding(him, "gp", Category.HEALTH, "Type 2 diabetes is held")
    written(gp, case, "Moved in", source="gp")
    client = signed_in(gp)

    def shown() -> dict[str, bytes]:
        return {
            page: _OF_THE_MOMENT.sub(b"", client.get(f"/cases/{case.pk}/story/{page}").content)
            for page in PAGES
        }

    shown()
    before = shown()
    assert b"Type 2 diabetes" in before[""]
    with acting(walled.SYSTEM):
        for each in HIDDEN:
            each(him)
        derive.people([him], at=clock.now())
    indexed(him)
    after = shown()
    assert {page for page in before if before[page] != after[page]} == set()


def test_a_case_of_ten_years_asks_no_more_of_the_database_than_a_short_one(
    lead: Viewer, case: Case
) -> None:
    client, at = signed_in(lead), f"/cases/{case.pk}/story/"
    entry = written(lead, case)
    client.get(at)

    def asked() -> int:
        before = len(connection.queries_log)
        client.get(at)
        return len(connection.queries_log) - before

    connection.force_debug_cursor = True
    try:
        few = asked()
        with acting(walled.SYSTEM):
            StoryEntry.objects.bulk_create(
                StoryEntry(
                    case=case, starts_on=entry.starts_on - datetime.timedelta(days=10 * n),
                    topic="home", significance="ordinary", source_id="housing", what=f"Line {n}",
                    written_by_id=lead.post_id, written_at=entry.written_at,
                )
                for n in range(300)
            )  # fmt: skip
        assert asked() <= few
    finally:
        connection.force_debug_cursor = False
    page = text(client.get(at))
    assert page.count('<li class="story-line ') + page.count('<li class="story-line"') <= 41
    assert "?page=2" in page


def test_placing_is_asked_only_where_something_waits(lead: Viewer, case: Case) -> None:
    page = text(signed_in(lead).get(f"/cases/{case.pk}/story/placing/"))
    assert "Nothing in this case waits to be placed." in page
    assert signed_in(lead).get(f"/cases/{uuid.uuid4()}/story/").status_code == 404
