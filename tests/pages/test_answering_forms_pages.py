"""Forms and parts that answer to what happened: a batch, an alert, an exit, a request for one's own record."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import Source
from joinedup.support.frontdoor.models import FatigueAlert
from joinedup.support.frontdoor.operations.batches import take_batch, take_rows
from joinedup.support.frontdoor.operations.offers import offer_route
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled
from tests.sharing.test_subject_answers import a_world
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.test_batches import as_csv, row

pytestmark = pytest.mark.django_db


def looks(by: Viewer) -> int:
    """How often this post looked at something about people by now."""
    return len(lines(post_id=by.post_id, act="looked"))


def test_an_alert_of_somebody_passed_on_is_answered_and_returned_rows_are_a_file() -> None:
    """S2-28, P22."""
    door = referred.door()
    hub = referred.route("hub", reach="The library, any morning")
    made = referred.referral(door.sender, hand_offs_before=2)
    for _ in range(2):
        offer_route(
            by=door.worker, matter_id=made.pk, route_id=hub.pk, reason="Asked for", at=referred.AT
        )
    with acting(walled.SYSTEM):
        alert = FatigueAlert.objects.get()
    path, client = reverse("fatigue-answer", args=[alert.pk]), signed_in(door.manager)
    page = client.get(path)
    assert "Passed on 4 times before help" in text(page)
    assert made.reference in text(page)
    well_made(page)
    refused = text(client.post(path, {"done_about": " "}))
    assert "Say what is done so that the person is not passed on again" in refused
    assert signed_in(door.sender).get(path).status_code == 403
    assert signed_in(door.worker).get(path).status_code == 403
    assert client.get(reverse("fatigue-answer", args=[uuid.uuid4()])).status_code == 404
    assert client.post(path, {"done_about": "Ama stays with her"}).status_code == 302
    assert "Ama stays with her" in text(client.get(path))

    batch = take_batch(
        by=door.worker, name="One", content=as_csv(row(1), row(2, born_on="soon")),
        approval="Manager, today", source=Source.EARLY_HELP_PANEL, at=referred.AT,
    )  # fmt: skip
    take_rows(batch_id=batch.pk, at=referred.AT)
    path, before = reverse("step-down-returned", args=[batch.pk]), looks(door.worker)
    file = signed_in(door.worker).get(path)
    assert file.status_code == 200
    assert file["Content-Type"].startswith("text/csv")
    assert "soon" in text(file)
    assert looks(door.worker) == before + 1
    assert signed_in(door.sender).get(path).status_code == 403


def test_more_time_for_an_answer_is_asked_with_a_reason_by_whoever_releases() -> None:
    guardian, part = a_world(("Moved in", ""))
    path, client = reverse("subject-extend", args=[part.pk]), signed_in(guardian)
    page = client.get(path)
    assert page.status_code == 200
    assert "More time is needed" in text(page)
    well_made(page)
    refused = text(client.post(path, {"because": " "}))
    assert "govuk-error-summary" in refused
    walled.agency("elsewhere", "health")
    for other, status in (("duty_manager", 404), ("practitioner", 403)):
        stranger = signed_in(walled.viewer("elsewhere", other))
        assert stranger.get(path).status_code == status
        assert stranger.post(path, {"because": "Me"}).status_code == status


def test_whether_somebody_has_it_is_a_part_of_a_page_for_whoever_raised_it() -> None:
    """P19, P23: it waits to be told, and the way out forgets the visit."""
    walled.agency("care", "social_care")
    walled.agency("school", "education")
    raised, other = walled.viewer("school", "referrer"), walled.viewer("care", "referrer")
    client = signed_in(raised)
    sent = client.post("/danger/", {"words": "He is back", "submission_key": str(uuid.uuid4())})
    path = f"{sent['Location']}state/"
    assert path == reverse("exit-state", args=[sent["Location"].split("/")[2]])
    part = client.get(path)
    assert part.status_code == 200
    assert "Nobody has it yet" in text(part)
    assert "<html" not in text(part)
    assert signed_in(other).get(path).status_code == 404
    left = client.get(reverse("danger-leave"))
    assert left.status_code == 302
    assert "joinedup" not in left["Location"]
    assert client.get(path).status_code == 302, "the visit is forgotten"
    assert Client().get(reverse("danger-leave")).status_code == 302


def test_the_next_pair_leads_back_to_the_queue_where_nothing_waits() -> None:
    walled.agency("care", "social_care")
    reviewer = signed_in(walled.viewer("care", "link_reviewer"))
    went = reviewer.get(reverse("review-next"), follow=True)
    assert went.redirect_chain
    assert went.status_code == 200
    assert (
        signed_in(walled.viewer("care", "social_worker")).get(reverse("review-next")).status_code
        == 403
    )
