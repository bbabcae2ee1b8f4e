"""Each night what everybody sees is derived anew and only compared: a difference is an incident."""

import datetime

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import AgencySight
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.telling import posts_that_may, tell_posts

COMPARING = Viewer.system("comparing what is seen with the facts")


def compare_with_facts(*, at: datetime.datetime) -> int:
    """Compare, leave a line for each difference, put it right and tell who guards; returns how many."""
    with transaction.atomic(), acting(COMPARING):
        if not AgencySight.objects.exists():
            # Nothing was derived yet: the agencies have just joined, and that is no incident.
            derive.agencies(None, at=at)
        found = derive.everything(at=at)
        for one in found:
            _leave_a_line(one, at)
        if found:
            derive.agencies(None, at=at)
            derive.people({one.row.person_id for one in found if one.row.person_id}, at=at)
            tell_posts(
                by=COMPARING,
                posts=posts_that_may(Permission.READ_AUDIT, at=at),
                kind=NoticeKind.SIGHT_DIFFERS,
                link="/audit/",
                at=at,
            )
    return len(found)


def _leave_a_line(difference: derive.Difference, at: datetime.datetime) -> None:
    row = difference.row
    record_change(
        at=at,
        post_id=None,
        act="found missing from what is seen"
        if difference.missing
        else "found seen without a fact",
        subject_kind="visibility",
        subject_id=row.recipient,
        purpose=COMPARING.purpose,
        person_id=row.person_id,
        holder=row.holder,
        basis=row.purpose,
        detail={"rank": row.rank},
    )
