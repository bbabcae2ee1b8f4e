"""The alerts of people passed on too often, and the measure of it."""

from django.db.models import QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.models import FatigueAlert, Referral


def alerts(viewer: Viewer) -> QuerySet[FatigueAlert]:
    """Alerts about referrals of the viewer’s front door: unanswered first, the latest first."""
    viewer.must(Permission.MANAGE_FRONT_DOOR)
    return FatigueAlert.objects.select_related("seen_by__user").order_by(
        "seen_at", "-raised_at", "pk"
    )


def references(viewer: Viewer, shown: list[FatigueAlert]) -> dict[object, str]:
    """The reference of the referral that each of these alerts is of."""
    return dict(
        Referral.objects.filter(pk__in=[each.matter_id for each in shown]).values_list(
            "pk", "reference"
        )
    )
