"""Enter who carries out a function, approve somebody by name, end both; warn before an approval lapses."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.models import Approval, StatutoryFunction
from joinedup.partnership.workforce.rules import WARNED_BEFORE, warning_due, why_no_approval


class CannotEnterFunction(Exception):
    """The register cannot say so; says why."""


class CannotApprove(Exception):
    """Somebody cannot be approved so; says why."""


def enter_function(
    *,
    by: Viewer,
    function: FunctionCode,
    accountable: Agency,
    operating: Agency,
    route: Route,
    reference: str,
    evidence: str,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> StatutoryFunction:
    """Enter who carries out a function and who answers for it; what stood before ends on that day.

    Raises CannotEnterFunction, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    if not evidence.strip():
        raise CannotEnterFunction("Say where the decision is written.")
    own = accountable.pk == operating.pk
    if own != (route is Route.ITS_OWN):
        raise CannotEnterFunction(
            "A body carries out its own duty; what another answers for is delegated. Choose the route "
            "that fits the two bodies."
        )
    if not own and not reference.strip():
        raise CannotEnterFunction("Give the reference of the agreement that delegates it.")
    with transaction.atomic():
        entered = StatutoryFunction.objects.select_for_update().filter(
            function=function, operating=operating, ends_on__isnull=True
        )
        before = entered.first()
        if before is not None:
            if starts_on < before.starts_on:
                raise CannotEnterFunction("It changes no earlier than the last change.")
            before.ends_on = starts_on
            before.save(update_fields=["ends_on"])
        made = StatutoryFunction.objects.create(
            function=function, accountable=accountable, operating=operating, route=route,
            reference="" if own else reference.strip(), evidence=evidence.strip(),
            starts_on=starts_on, set_by_id=by.post_id,
        )  # fmt: skip
        _leave_a_line(by, "entered a function", "function", made.pk, at, {"function": function})
    return made


def end_function(
    *, by: Viewer, entry_id: int, ends_on: datetime.date, at: datetime.datetime
) -> StatutoryFunction:
    """Say from which day a body no longer carries out a function.

    Raises CannotEnterFunction, StatutoryFunction.DoesNotExist, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        entry = StatutoryFunction.objects.select_for_update().get(pk=entry_id)
        if entry.ends_on is not None:
            raise CannotEnterFunction("This entry has its end already.")
        if ends_on < entry.starts_on:
            raise CannotEnterFunction("It ends no earlier than it started.")
        entry.ends_on = ends_on
        entry.save(update_fields=["ends_on"])
        _leave_a_line(
            by, "ended a function", "function", entry.pk, at, {"function": entry.function}
        )
    return entry


def approve(
    *,
    by: Viewer,
    holder_id: uuid.UUID,
    function: FunctionCode,
    given_by: Agency,
    evidence: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    at: datetime.datetime,
) -> Approval:
    """Enter that somebody is approved by name, from a day until before another; nobody enters their own.

    `holder_id` is the account's. Raises CannotApprove, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    wrong = why_no_approval(function, starts_on, ends_on)
    if wrong:
        raise CannotApprove(wrong)
    if not evidence.strip():
        raise CannotApprove("Give the number of the warrant or the decision, and where it is kept.")
    if by.user_id is not None and str(by.user_id) == str(holder_id):
        raise CannotApprove("Nobody enters their own approval. Ask another administrator.")
    with transaction.atomic():
        standing = Approval.objects.select_for_update().filter(holder=holder_id, function=function)
        if standing.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exists():
            raise CannotApprove(
                "An approval for this runs on some of these days already. Start the next one on the "
                "day the last one ends."
            )
        made = Approval.objects.create(
            holder_id=holder_id, function=function, given_by=given_by, evidence=evidence.strip(),
            starts_on=starts_on, ends_on=ends_on, set_by_id=by.post_id,
        )  # fmt: skip
        _leave_a_line(by, "approved somebody", "approval", made.pk, at, {"function": function})
    return made


def withdraw_approval(
    *, by: Viewer, approval_id: int, ends_on: datetime.date, because: str, at: datetime.datetime
) -> Approval:
    """End an approval earlier than it would have ended; its holder's managers are told.

    Raises CannotApprove, Approval.DoesNotExist, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    if not because.strip():
        raise CannotApprove("Say why it ends: it stands in the register.")
    with transaction.atomic():
        found = Approval.objects.select_for_update().get(pk=approval_id)
        if ends_on >= found.ends_on:
            raise CannotApprove("It ends on that day or before it already.")
        found.ends_on = max(ends_on, found.starts_on)
        found.withdrawn_because = because.strip()
        found.save(update_fields=["ends_on", "withdrawn_because"])
        _leave_a_line(
            by, "withdrew an approval", "approval", found.pk, at, {"function": found.function}
        )
        _tell(found, at, "withdrawn", by.post_id)
    return found


def warn_of_lapsing_approvals(*, at: datetime.datetime) -> int:
    """Tell holders, managers and supervisors of approvals about to end, and of those that have.

    90, 30, 7 days and 1 day before, and on the day; each once. Return how many were warned of.
    """
    day = day_of(at)
    soon = day + datetime.timedelta(days=max(WARNED_BEFORE))
    lately = day - datetime.timedelta(days=max(WARNED_BEFORE))
    warned = 0
    for each in Approval.objects.filter(ends_on__lte=soon, ends_on__gt=lately).order_by("pk"):
        due = warning_due(each.ends_on, day)
        if due is None or _renewed(each, day):
            continue
        with transaction.atomic():
            warned += _tell(each, at, str(due), None) > 0
    return warned


def _renewed(approval: Approval, day: datetime.date) -> bool:
    """Whether another approval goes on where this one ends."""
    later = Approval.objects.filter(holder=approval.holder_id, function=approval.function)
    return later.filter(
        starts_on__lte=max(approval.ends_on, day), ends_on__gt=approval.ends_on
    ).exists()


def _tell(approval: Approval, at: datetime.datetime, what: str, by: uuid.UUID | None) -> int:
    posts = Post.objects.held_on(day_of(at)).filter(user=approval.holder_id, user__is_active=True)
    to: list[uuid.UUID] = []
    for post in posts:
        to += [post.pk]
        to += [
            each for each in (post.operational_manager_id, post.professional_supervisor_id) if each
        ]
    return tell(
        by=by, posts=to, kind=NoticeKind.APPROVAL_ENDS, link="/my-approvals/", at=at,
        once=f"approval {approval.pk} {what}",
    )  # fmt: skip


def _leave_a_line(
    by: Viewer, act: str, kind: str, key: int, at: datetime.datetime, detail: dict[str, str]
) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind=kind, subject_id=str(key),
        purpose=by.purpose, detail=detail, agency=by.agency, role=by.role,
    )  # fmt: skip
