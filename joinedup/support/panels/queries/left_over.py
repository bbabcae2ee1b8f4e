"""What a meeting put off or did not reach, as far as the viewer sat at it."""

import uuid
from collections.abc import Collection

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.support.panels.models import ItemLeft


def left_at(viewer: Viewer, meeting_id: uuid.UUID) -> list[ItemLeft]:
    """What this meeting left, in the order of its agenda."""
    with acting(viewer):
        found = ItemLeft.objects.filter(line__meeting=meeting_id)
        left = list(found.select_related("line").order_by("line__place"))
    told_of(matters=[each.item_id for each in left])
    return left


def were_left(items: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Which of these a meeting has left before, as whoever acts sees them."""
    found = ItemLeft.objects.filter(item__in=items)
    return frozenset(found.values_list("item_id", flat=True))
