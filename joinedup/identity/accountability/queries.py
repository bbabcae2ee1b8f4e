"""The breaches that a viewer deals with or told of, and the complaints of their agency or about themselves."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import F, QuerySet

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.identity.accountability.choices import ComplaintOutcome
from joinedup.identity.accountability.models import DataBreach, DataComplaint
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.identity.sharing.queries.parted import parted_at

_ONLY_REFERS = [kind.value for kind in AgencyKind if kind.only_refers]


@dataclass(frozen=True)
class MyComplaint:
    """A complaint as the person reads it on their own page."""

    agency: str
    words: str
    received_on: datetime.date
    acknowledged_on: datetime.date | None
    progress: str
    outcome: ComplaintOutcome | None
    answer: str
    answered_at: datetime.datetime | None


def deals_with(viewer: Viewer, breach: DataBreach) -> bool:
    """Whether they govern sharing, or answer for the agency whose data it is."""
    if viewer.may(Permission.MANAGE_AGREEMENTS):
        return True
    return viewer.may(Permission.RELEASE_RESTRICTED) and viewer.agency == breach.controller_id


def breaches(viewer: Viewer) -> QuerySet[DataBreach]:
    """Those that the viewer deals with, or told of themselves: open ones first, by their clock. About no person."""
    if viewer.post_id is None and not viewer.is_system:
        raise NotPermitted("Breaches are read by those who work here.")
    found = DataBreach.objects.select_related(
        "controller", "told_by__user", "told_by__team__agency"
    )
    found = found.order_by(F("closed_at").desc(nulls_first=True), "aware_at", "pk")
    if viewer.may(Permission.MANAGE_AGREEMENTS):
        return found
    mine = found.filter(told_by=viewer.post_id)
    if viewer.may(Permission.RELEASE_RESTRICTED):
        mine = mine | found.filter(controller=viewer.agency)
    return mine


def controllers() -> QuerySet[Agency]:
    """Every agency that answers for data: all but those that only refer."""
    return Agency.objects.exclude(kind__in=_ONLY_REFERS).order_by("name")


def answering(at: datetime.datetime) -> QuerySet[Agency]:
    """The agencies for which somebody can answer a complaint on that day; none whose name tells something (P39)."""
    roles = roles_that_may(Permission.RELEASE_RESTRICTED)
    posts = Post.objects.held_on(day_of(at)).filter(role__in=roles, user__is_active=True)
    return controllers().filter(name_reveals=False, pk__in=posts.values("team__agency"))


def complaints(viewer: Viewer) -> list[DataComplaint]:
    """Those made about the viewer's agency: those that wait first, by the day they came."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(viewer):
        found = list(
            DataComplaint.objects.filter(agency=viewer.agency).order_by(
                F("answered_at").desc(nulls_first=True), "received_on", "pk"
            )
        )
    told_of(people=[each.person_id for each in found])
    return found


def one_complaint(viewer: Viewer, complaint_id: uuid.UUID) -> DataComplaint:
    """One made about the viewer's agency; raises DataComplaint.DoesNotExist."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(viewer):
        found = DataComplaint.objects.select_related(
            "agency", "written_by__user", "acknowledged_by__user", "answered_by__user"
        )
        complaint = found.get(pk=complaint_id, agency=viewer.agency)
    told_of(people=[complaint.person_id])
    return complaint


def may_be_another_s(viewer: Viewer, complaint: DataComplaint) -> bool:
    """Whether the person turned out to be two after it was made: nobody knows which of them made it."""
    with acting(viewer):
        parted = parted_at(identifiers_of(complaint.person_id))
    return parted is not None and parted >= complaint.written_at


def my_complaints(viewer: Viewer) -> tuple[MyComplaint, ...]:
    """A person's own, newest first; never one about an agency whose name tells something (P39)."""
    if viewer.own_access_id is None:
        raise NotPermitted("This is a person’s own page.")
    with acting(viewer):
        found = DataComplaint.objects.select_related("agency").filter(agency__name_reveals=False)
        return tuple(
            MyComplaint(
                each.agency.name, each.words, each.received_on, each.acknowledged_on, each.progress,
                ComplaintOutcome(each.outcome) if each.outcome else None, each.answer,
                each.answered_at,
            )
            for each in found.order_by("-received_on", "-written_at")
        )  # fmt: skip
