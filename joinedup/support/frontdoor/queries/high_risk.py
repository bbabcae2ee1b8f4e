"""Who takes high risk, and what they read of it."""

import datetime
import uuid

from django.db.models import Q

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.support.frontdoor.choices import HighRiskRoute
from joinedup.support.frontdoor.models import HighRiskInbox, HighRiskPapers


def inbox_on(route: HighRiskRoute, day: datetime.date) -> HighRiskInbox | None:
    """The team that takes it on that day."""
    standing = HighRiskInbox.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return standing.filter(route=route, starts_on__lte=day).select_related("team__agency").first()


def inboxes() -> list[HighRiskInbox]:
    """Every team that takes or took it, first to last."""
    rows = HighRiskInbox.objects.select_related("team__agency")
    return list(rows.order_by("route", "starts_on"))


def high_risk_with(viewer: Viewer) -> list[HighRiskPapers]:
    """What the viewer has a part in, newest first, and nothing else is told of (P8)."""
    with acting(viewer):
        found = list(HighRiskPapers.objects.select_related("matter").order_by("-sent_at", "pk"))
    told_of(matters=[each.pk for each in found])
    return found


def papers_of(viewer: Viewer, matter_id: uuid.UUID) -> HighRiskPapers:
    """What is read of one; raises HighRiskPapers.DoesNotExist to whoever has no part in it."""
    found = HighRiskPapers.objects.select_related("matter").get(pk=matter_id)
    told_of(matters=[matter_id])
    return found
