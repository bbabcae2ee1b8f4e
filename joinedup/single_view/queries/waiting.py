"""What the start page asks: what waits for a post."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer
from joinedup.intelligence.linkage.models import Delivery, Night
from joinedup.intelligence.linkage.presenters.review import waits
from joinedup.intelligence.linkage.queries import deliveries, nights, quality, review
from joinedup.intelligence.linkage.queries.review import ReviewProgress


@dataclass(frozen=True)
class Waiting:
    """What waits for a post; None or empty where its role does not ask."""

    may_find: bool
    spine_as_at: datetime.date | None
    """The day the spine shows, or None while nothing has been delivered."""
    review: ReviewProgress | None
    pairs: int
    """Pairs that wait for this post's answer."""
    night: Night | None
    latest: list[Delivery]
    may_see_deliveries: bool
    measured: dict[str, float | None]

    @property
    def alarms(self) -> list[Delivery]:
        """The latest night's deliveries that are far from usual."""
        return [delivery for delivery in self.latest if delivery.alarm]

    @property
    def quarantined(self) -> int:
        """Rows the latest night kept back."""
        return sum(delivery.quarantined for delivery in self.latest)


def what_waits(viewer: Viewer) -> Waiting:
    """What waits for the viewer's post today."""
    progress = review.progress(viewer) if viewer.may(Permission.REVIEW_LINKS) else None
    sees = viewer.may(Permission.SEE_DELIVERIES)
    night = nights.latest(Viewer.system("the day the spine shows"))
    return Waiting(
        may_find=viewer.may(Permission.FIND_PEOPLE),
        spine_as_at=night.as_at if night else None,
        review=progress,
        pairs=waits(progress, viewer) if progress else 0,
        night=night if sees else None,
        latest=list(deliveries.deliveries(viewer).filter(night=night)) if sees and night else [],
        may_see_deliveries=sees,
        measured=_measured(viewer) if viewer.may(Permission.SEE_QUALITY) else {},
    )


def _measured(viewer: Viewer) -> dict[str, float | None]:
    return {
        m.measure: m.value
        for m in quality.latest(viewer)
        if m.tier == "certain" and not m.group_kind
    }
