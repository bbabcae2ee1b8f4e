"""What an agency's exit shuts: every flow from it or to it, foretold and then done (P15)."""

import datetime
from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, AgencyExit, Post
from joinedup.foundations.audit.operations.record import record_changes
from joinedup.foundations.core.dates import start_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import AgreementChange, Category
from joinedup.identity.sharing.models import Involvement, SharingFlow
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.preview import fit_for
from joinedup.identity.sharing.queries.previews import Preview, compared
from joinedup.identity.sharing.queries.sight_worlds import worlds

SHUTTING = Viewer.system("shutting what an agency that leaves gives and gets")
MADE_UP_FOR = datetime.timedelta(days=7)
MAY_FORETELL = (Permission.MANAGE_POSTS, Permission.MANAGE_AGREEMENTS)


class _TakenBack(Exception):
    """Ends the savepoint in which an exit was tried."""


def pairs_with(agency: Agency) -> set[tuple[str, str]]:
    """Recipient and holder of every flow that it has a part in."""
    flows = SharingFlow.objects.filter(Q(recipient=agency) | Q(holder=agency))
    return set(flows.values_list("recipient_id", "holder_id"))


def derive_from_exit(agency: Agency, *, at: datetime.datetime) -> int:
    """Derive anew what is seen between it and others, in the transaction of its exit; returns rows changed."""
    with acting(SHUTTING):
        return derive.agencies(pairs_with(agency), at=at)


def end_its_involvements(
    *, by: Viewer, agency: Agency, leaves_on: datetime.date, at: datetime.datetime
) -> int:
    """Let its teams and posts be in nobody's life from that day on; returns of how many people.

    Call it before sight is derived from the exit.
    """
    ends_at = max(at, start_of(leaves_on))
    with acting(SHUTTING):
        found = Involvement.objects.filter(agency=agency, starts_at__lt=ends_at)
        found = found.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=ends_at))
        people = sorted(set(found.values_list("person_id", flat=True)))
        found.update(ends_at=ends_at)
        derive.people(people, at=at)
        if people:
            record_changes(
                at=at, post_id=by.post_id, act="ended an involvement", subject_kind="person",
                subject_ids=[str(one) for one in people], purpose=by.purpose, agency=by.agency,
                role=by.role, holder=agency.pk, categories=[Category.INVOLVEMENT],
            )  # fmt: skip
    return len(people)


def foretell_exit(
    *, by: Viewer, agency: Agency, leaves_on: datetime.date, at: datetime.datetime
) -> Preview:
    """Who would lose sight of what, about how many people; made in a savepoint and taken back (P7).

    Whoever guards confidentiality reads the names of those who would lose a safety fact, each on record.
    Raises NotPermitted.
    """
    if not any(by.may(permission) for permission in MAY_FORETELL):
        raise NotPermitted("Your role does not foretell what an exit would change.")
    pairs, when = pairs_with(agency), max(at, start_of(leaves_on))
    with transaction.atomic(), acting(SHUTTING):
        before = after = worlds(pairs, when)
        with suppress(_TakenBack), transaction.atomic():
            somebody = Post.objects.values_list("pk", flat=True).earliest("pk")
            AgencyExit.objects.get_or_create(
                agency=agency, taken_back_at=None,
                defaults={
                    "leaves_on": leaves_on, "because": "a preview", "data_becomes": "a preview",
                    "decided_by_id": somebody, "decided_at": at,
                },
            )  # fmt: skip
            derive.agencies(pairs, at=at)
            after = worlds(pairs, when)
            raise _TakenBack
        found = compared(AgreementChange.END, when, before, after)
        return fit_for(by, found, of={"agency": agency.pk}, basis="preview_of_an_exit", at=at)


def tell_who_lost(*, day: datetime.date, at: datetime.datetime) -> int:
    """Tell each practitioner who sees less since an agency left; return how many were told.

    Looked for on the day and a week after it, so that a day on which nothing ran is made up for; nobody is
    told twice of one exit.
    """
    told = 0
    lately = AgencyExit.objects.filter(
        taken_back_at=None, leaves_on__lte=day, leaves_on__gt=day - MADE_UP_FOR
    )
    for gone in lately.select_related("agency"):
        with transaction.atomic(), acting(SHUTTING):
            lost = _lost_by(gone, at)
            told += tell(
                by=None, posts=sorted(lost.posts), kind=NoticeKind.SIGHT_LOST, link="/", at=at,
                once=f"exit {gone.pk}",
            )  # fmt: skip
    return told


def _lost_by(gone: AgencyExit, at: datetime.datetime) -> Preview:
    """What an exit has taken: against a world in which the agency had stayed. To be called as the system."""
    pairs = pairs_with(gone.agency)
    after = before = worlds(pairs, at)
    with suppress(_TakenBack), transaction.atomic():
        gone.taken_back_at, gone.taken_back_because = at, "a comparison"
        gone.taken_back_by_id = gone.decided_by_id
        gone.save()
        derive.agencies(pairs, at=at)
        before = worlds(pairs, at)
        raise _TakenBack
    return compared(AgreementChange.LAPSE, at, before, after, with_work=False)
