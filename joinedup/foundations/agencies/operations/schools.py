"""Name the social work manager of a school, and who covers; every change stays on record (S0-68)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post, SchoolLink
from joinedup.foundations.agencies.rules import school_key
from joinedup.foundations.audit.operations import record_change


class CannotNameForSchool(Exception):
    """Why somebody cannot be named for a school, fit for the page."""


def name_for_school(
    *,
    by: uuid.UUID | None,
    purpose: str,
    school: str,
    manager_id: uuid.UUID,
    at: datetime.datetime,
    starts_on: datetime.date,
    covered_by_id: uuid.UUID | None = None,
    because: str = "",
) -> SchoolLink:
    """Name who answers for a school from a day on; whoever did until then ends on that day.

    Raises CannotNameForSchool.
    """
    key = school_key(school)
    if not key:
        raise CannotNameForSchool("Name the school.")
    with transaction.atomic():
        for post_id in filter(None, (manager_id, covered_by_id)):
            if (
                not Post.objects.held_on(starts_on)
                .filter(pk=post_id, user__is_active=True)
                .exists()
            ):
                raise CannotNameForSchool("Choose somebody who holds a post on that day.")
        if covered_by_id == manager_id:
            raise CannotNameForSchool("Somebody else covers when the manager is away.")
        before = SchoolLink.objects.select_for_update().of(key).filter(ends_on__isnull=True).first()
        if before is not None:
            if not because.strip():
                raise CannotNameForSchool("Say why it changes: it stands in the history.")
            if starts_on < before.starts_on:
                raise CannotNameForSchool("It changes no earlier than the last change.")
            before.ends_on = starts_on
            before.save(update_fields=["ends_on"])
        made = SchoolLink.objects.create(
            school=" ".join(school.split()), school_key=key, manager_id=manager_id,
            covered_by_id=covered_by_id, because=because.strip(), set_by_id=by,
            starts_on=starts_on,
        )  # fmt: skip
        record_change(
            at=at, post_id=by, act="named for a school", subject_kind="school",
            subject_id=str(made.pk), purpose=purpose,
        )  # fmt: skip
    return made
