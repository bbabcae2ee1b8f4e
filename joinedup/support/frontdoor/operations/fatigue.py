"""Raise an alert where somebody is passed on more often than the limit, and say what was done about it."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.operations.matters import leave_the_change
from joinedup.identity.sharing.operations.telling import posts_that_may, tell_posts
from joinedup.support.frontdoor.models import FatigueAlert
from joinedup.support.frontdoor.queries.access import way_of_matter
from joinedup.support.frontdoor.rules.fatigue import LIMIT

WATCHING = Viewer.system("watching who is passed on too often")


class CannotAnswerAlert(Exception):
    """Why it cannot be answered, fit for the page."""


def raise_alert_if_over(
    *, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime, limit: int = LIMIT
) -> FatigueAlert | None:
    """Raise an alert where whom this matter is about was passed on more often than the limit (S2-28).

    Once for each further time; the front-door managers are told.
    """
    way = way_of_matter(matter_id, at=at)
    if way is None or not way.is_over(limit):
        return None
    with transaction.atomic(), acting(WATCHING):
        alert, new = FatigueAlert.objects.get_or_create(
            matter_id=matter_id,
            hand_offs=way.hand_offs,
            defaults={"limit": limit, "raised_at": at},
        )
        if new:
            managers = posts_that_may(Permission.MANAGE_FRONT_DOOR, at=at)
            tell_posts(
                by=by, posts=managers, kind=NoticeKind.PASSED_ON_TOO_OFTEN, link="/fatigue/", at=at
            )
    return alert if new else None


def answer_alert(
    *, by: Viewer, alert_id: uuid.UUID, done_about: str, at: datetime.datetime
) -> FatigueAlert:
    """Say what was done about it; raises CannotAnswerAlert, FatigueAlert.DoesNotExist, NotPermitted."""
    by.must(Permission.MANAGE_FRONT_DOOR)
    words = done_about.strip()
    if not words:
        raise CannotAnswerAlert("Say what is done so that the person is not passed on again.")
    with acting(by):
        alert = FatigueAlert.objects.get(pk=alert_id)
    if alert.seen_at is not None:
        raise CannotAnswerAlert("Somebody has answered this alert already.")
    with transaction.atomic(), acting(WATCHING):
        alert.seen_by_id, alert.seen_at, alert.done_about = by.post_id, at, words
        alert.save()
        leave_the_change(
            by=by, matter_ids=[alert.matter_id], act="answered an alert of fatigue", at=at
        )
    return alert
