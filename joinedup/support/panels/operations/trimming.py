"""Shrink back what a panel opened about somebody who said no, in the same minute; leave the least trace."""

import datetime
import uuid

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Part
from joinedup.identity.sharing.operations.matters import (
    close_matter,
    end_part,
    give_part,
    of_team,
)
from joinedup.support.frontdoor.choices import OutcomeKind, ReferralState
from joinedup.support.frontdoor.models import Referral
from joinedup.support.frontdoor.operations.outcomes import close_referral
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.queries.seen import open_handover
from joinedup.support.panels.models import AgencyCheck, CheckRelease, Decline, PanelItem

TRIMMING = Viewer.system("shrinking back what a panel opened about somebody who said no")
TRACE = "keeps the trace of a no"
SAID_NO = "They were asked, and do not want it."


def trim(*, by: Viewer, item: PanelItem, keeps: uuid.UUID, at: datetime.datetime) -> int:
    """End every part in an item and in what agencies answered to others; return how many ended.

    Each agency goes on reading its own answer, whoever referred what became of it, and the post
    `keeps` its own approach. The caller acts as the system, in the transaction of the no.
    """
    ended = _end_all(by, item.pk, at)
    for check in AgencyCheck.objects.filter(item=item):
        for release in CheckRelease.objects.filter(check_of=check, ended_at__isnull=True):
            ended += end_part(by=by, matter_id=check.pk, recipient=f"post:{release.post_id}", at=at)
            release.ended_at = at
            release.save(update_fields=["ended_at"])
    if item.referral_id is not None:
        _close_referral(by, item.referral_id, item.queued_at, at)
    if Duty.objects.current().filter(matter=item.pk).exists():
        close_matter(by=by, matter_id=item.pk, at=at)
        handovers.end_duty(by=TRIMMING, matter_id=item.pk, at=at)
    return ended


def leave_a_trace(
    *, by: Viewer, item: PanelItem, basis: str, way_back: str, at: datetime.datetime
) -> Decline:
    """Leave the least trace that the basis allows: a number, a day, a way back, for the coordinator alone."""
    trace, _ = Decline.objects.get_or_create(
        item=item,
        defaults={
            "reference": item.reference, "on": day_of(at), "basis": basis, "way_back": way_back,
        },
    )  # fmt: skip
    give_part(
        by=by, matter_id=item.pk, recipient=of_team(item.panel.team_id),
        level=PartLevel.RECEIVED, because=TRACE, at=at,
    )  # fmt: skip
    return trace


def _end_all(by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> int:
    parts = Part.objects.filter(matter=matter_id, ends_at__isnull=True)
    recipients = list(parts.values_list("recipient", flat=True).distinct())
    return sum(
        end_part(by=by, matter_id=matter_id, recipient=recipient, at=at) for recipient in recipients
    )


def _close_referral(
    by: Viewer, referral_id: uuid.UUID, since: datetime.datetime, at: datetime.datetime
) -> None:
    """The referral ends, whoever sent it hears that; who took it on since reads it no longer."""
    referral = Referral.objects.get(pk=referral_id)
    if ReferralState(referral.state).is_open and open_handover(TRIMMING, referral_id) is None:
        close_referral(
            by=TRIMMING, matter_id=referral_id, outcome=OutcomeKind.NOT_WANTED, words=SAID_NO,
            at=at,
        )  # fmt: skip
    opened = Part.objects.filter(
        matter=referral_id, ends_at__isnull=True, level=PartLevel.WORK, starts_at__gte=since
    )
    for recipient, because in list(opened.values_list("recipient", "because")):
        end_part(by=by, matter_id=referral_id, recipient=recipient, at=at, because=because)
