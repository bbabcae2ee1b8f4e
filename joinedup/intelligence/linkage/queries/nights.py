"""Which nights there were."""

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.intelligence.linkage.choices import NightState
from joinedup.intelligence.linkage.models import Night


def latest(viewer: Viewer) -> Night | None:
    """The last night that was committed; raises NotPermitted."""
    _must(viewer)
    return Night.objects.filter(state=NightState.COMMITTED).order_by("-pk").first()


def nights(viewer: Viewer, limit: int = 30) -> list[Night]:
    """The nights, the newest first, whatever became of them; raises NotPermitted."""
    _must(viewer)
    return list(Night.objects.select_related("model").order_by("-pk")[:limit])


def _must(viewer: Viewer) -> None:
    """Whoever answers for deliveries or for quality may know when the nights ran."""
    if not (viewer.may(Permission.SEE_DELIVERIES) or viewer.may(Permission.SEE_QUALITY)):
        raise NotPermitted("Your role does not let you do this.")
