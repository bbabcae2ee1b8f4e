"""An agency's exit, whole: its posts, what it gives and gets, its deliveries; and whom it is told to (P15)."""

import datetime
from uuid import UUID

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, AgencyExit
from joinedup.foundations.agencies.operations.leaving import set_leaving, take_leaving_back
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.operations.leaving import derive_from_exit, end_its_involvements
from joinedup.identity.sharing.operations.telling import posts_that_may


def let_leave(
    *, by: Viewer, agency: Agency, leaves_on: datetime.date, because: str, data_becomes: str,
    at: datetime.datetime,
) -> AgencyExit:  # fmt: skip
    """Let an agency leave from a day on: posts end, flows shut; all in one transaction.

    Nothing has to run on that midnight; the night refuses its deliveries by the same fact.
    Raises CannotLeave, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        # Before their posts end: they are told all the same.
        told = _who_is_told(by, agency, at)
        made = set_leaving(
            by=by, agency=agency, leaves_on=leaves_on, because=because,
            data_becomes=data_becomes, at=at,
        )  # fmt: skip
        end_its_involvements(by=by, agency=agency, leaves_on=leaves_on, at=at)
        derive_from_exit(agency, at=at)
        tell(by=by.post_id, posts=told, kind=NoticeKind.AGENCY_LEAVES, link=_page(agency), at=at)
    return made


def let_stay(*, by: Viewer, agency: Agency, because: str, at: datetime.datetime) -> AgencyExit:
    """Take an exit back: what it gives and gets opens again; posts are appointed anew.

    Raises CannotLeave, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        found = take_leaving_back(by=by, agency=agency, because=because, at=at)
        derive_from_exit(agency, at=at)
        told = _who_is_told(by, agency, at)
        tell(by=by.post_id, posts=told, kind=NoticeKind.AGENCY_LEAVES, link=_page(agency), at=at)
    return found


def _who_is_told(by: Viewer, agency: Agency, at: datetime.datetime) -> list[UUID]:
    """Whoever governs sharing, and who signs for it while they do."""
    posts = posts_that_may(Permission.MANAGE_AGREEMENTS, at=at)
    posts += posts_that_may(Permission.SIGN_AGREEMENTS, at=at, agencies=[agency.pk])
    return [post for post in posts if post != by.post_id]


def _page(agency: Agency) -> str:
    return f"/agencies/{agency.pk}/leaving/"
