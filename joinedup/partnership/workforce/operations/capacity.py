"""Say which share of a full week a post works: its manager does, from a day on."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.models import Capacity
from joinedup.partnership.workforce.models.capacity import FULL, LEAST
from joinedup.partnership.workforce.operations.keeping_register import leave_a_line, must_keep


class CannotSayCapacity(Exception):
    """A share of a week cannot be entered so; says why."""


def say_capacity(
    *,
    by: Viewer,
    post_id: uuid.UUID,
    percent: int,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> Capacity:
    """Enter the share of a full week that a post works from a day on; what stood ends on that day.

    Raises CannotSayCapacity, Post.DoesNotExist, NotPermitted.
    """
    post = Post.objects.get(pk=post_id)
    must_keep(by, post.user_id, at)
    if not LEAST <= percent <= FULL:
        raise CannotSayCapacity(
            f"Write a share between {LEAST} and {FULL} per cent of a full week."
        )
    if starts_on < day_of(at):
        raise CannotSayCapacity(
            "That is past, and stays as it was counted. Enter it from today on."
        )
    with transaction.atomic():
        standing = Capacity.objects.select_for_update().filter(post=post)
        later = standing.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
        for before in list(later):
            if before.starts_on >= starts_on:
                # It never held: what is said now stands in its place.
                before.delete()
            else:
                before.ends_on = starts_on
                before.save(update_fields=["ends_on"])
        made = Capacity.objects.create(
            post=post, percent=percent, starts_on=starts_on, set_by_id=by.post_id
        )
        leave_a_line(by, "said a share of a week", "post", post.pk, at, {"percent": percent})
    return made
