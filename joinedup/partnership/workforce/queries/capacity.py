"""Which share of a full week posts work on a day."""

import datetime
import uuid
from collections.abc import Collection

from joinedup.partnership.workforce.models import Capacity


def percent_on(posts: Collection[uuid.UUID], day: datetime.date) -> dict[uuid.UUID, int]:
    """The share of those of whom one is entered, in per cent; whoever is missing works a full week."""
    found = Capacity.objects.on(day).filter(post__in=posts)
    return dict(found.values_list("post_id", "percent"))
