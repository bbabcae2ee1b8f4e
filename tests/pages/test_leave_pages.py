"""Taking leave back, or ending it today, from a practitioner's page: it takes a press, and leads back there (S0-96)."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.models import Leave
from joinedup.partnership.workforce.operations.leave import enter_leave
from tests.audit_lines import lines
from tests.pages.test_case_forms_pages import read
from tests.pages.test_story_pages import signed_in
from tests.sharing import walled
from tests.unit.handovers.sides import post_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "social_worker", team="Adults")


@pytest.fixture
def manager(worker: Viewer) -> Viewer:
    return walled.viewer("care", "team_manager", team="Adults")


def away(worker: Viewer, first: int, days: int) -> Leave:
    """Away from so many days on, entered by themself."""
    at = clock.now()
    starts_on = day_of(at) + first * DAY
    return enter_leave(
        by=worker, post_id=post_of(worker), starts_on=starts_on, ends_on=starts_on + days * DAY,
        at=at,
    )  # fmt: skip


def end_of(leave: Leave) -> str:
    return reverse("workforce-leave-end", args=[leave.post_id, leave.pk])


def test_leave_to_come_is_taken_back_and_leave_begun_ends_today(
    worker: Viewer, manager: Viewer
) -> None:
    """By oneself and by one's manager, each from the button on the page; both stand in the record."""
    mine, coming = signed_in(worker), away(worker, 10, 5)
    here = reverse("workforce-person", args=[worker.post_id])
    page = read(mine.get(here), here)
    assert f'action="{end_of(coming)}"' in page
    assert "Take it back" in page
    assert mine.get(end_of(coming)).status_code == 405, "never by following a link"
    page = read(mine.post(end_of(coming), follow=True), here)
    assert "It is taken back, or ends today." in page
    assert "No leave is entered." in page
    assert not Leave.objects.exists()
    begun = away(worker, 0, 9)
    Leave.objects.filter(pk=begun.pk).update(starts_on=begun.starts_on - 3 * DAY)
    keeper = signed_in(manager)
    assert "End it today" in read(keeper.get(here), here)
    read(keeper.post(end_of(begun), follow=True), here)
    begun.refresh_from_db()
    assert begun.ends_on == day_of(clock.now())
    for by in (worker, manager):
        [line] = lines(post_id=by.post_id, act="ended leave")
        assert line.subject_id == str(worker.post_id)


def test_nobody_ends_the_leave_of_another(worker: Viewer, manager: Viewer) -> None:
    """Neither a colleague nor another team's manager, nor under somebody else's name; unsigned is led to sign in."""
    leave = away(worker, 10, 5)
    colleague = walled.viewer("care", "social_worker", team="Adults")
    other = walled.viewer("care", "team_manager", team="Hospital")
    for by in (colleague, other):
        assert signed_in(by).post(end_of(leave)).status_code == 404
    theirs = reverse("workforce-leave-end", args=[colleague.post_id, leave.pk])
    assert signed_in(manager).post(theirs).status_code == 404
    assert signed_in(colleague).post(theirs).status_code == 404
    assert Client().post(end_of(leave)).status_code == 302
    assert Leave.objects.filter(pk=leave.pk, ends_on=leave.ends_on).exists()
