"""When somebody is away from a post: entered by themself or by their manager; never why."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.models import Leave
from joinedup.partnership.workforce.operations.keeping_register import leave_a_line, must_keep

LONGEST_DAYS = 400


class CannotEnterLeave(Exception):
    """Leave cannot be entered so; says why."""


def enter_leave(
    *,
    by: Viewer,
    post_id: uuid.UUID,
    starts_on: datetime.date,
    ends_on: datetime.date,
    at: datetime.datetime,
) -> Leave:
    """Enter that a post is away, from a day until before another; days that touch become one time away.

    Raises CannotEnterLeave, Post.DoesNotExist, NotPermitted.
    """
    post = Post.objects.get(pk=post_id)
    must_keep(by, post.user_id, at, own=True)
    if ends_on <= starts_on:
        raise CannotEnterLeave("The first day back comes after the first day away.")
    if ends_on <= day_of(at):
        raise CannotEnterLeave("That is past. Enter days to come.")
    if (ends_on - starts_on).days > LONGEST_DAYS:
        raise CannotEnterLeave("That is more than a year. End the post instead.")
    with transaction.atomic():
        touching = Leave.objects.select_for_update().filter(
            post=post, starts_on__lte=ends_on, ends_on__gte=starts_on
        )
        for each in list(touching):
            starts_on, ends_on = min(starts_on, each.starts_on), max(ends_on, each.ends_on)
            each.delete()
        made = Leave.objects.create(
            post=post, starts_on=starts_on, ends_on=ends_on, set_by_id=by.post_id
        )
        leave_a_line(by, "entered leave", "post", post.pk, at, {})
    return made


def end_leave(*, by: Viewer, leave_id: int, at: datetime.datetime) -> None:
    """Take leave back, or end it today where it has begun. Raises Leave.DoesNotExist, NotPermitted."""
    today = day_of(at)
    with transaction.atomic():
        found = Leave.objects.select_for_update().select_related("post").get(pk=leave_id)
        must_keep(by, found.post.user_id, at, own=True)
        if found.starts_on >= today:
            found.delete()
        elif found.ends_on > today:
            found.ends_on = today
            found.save(update_fields=["ends_on"])
        leave_a_line(by, "ended leave", "post", found.post_id, at, {})
