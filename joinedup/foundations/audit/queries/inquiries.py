"""What became of unusual looks that somebody looked into."""

import datetime
import uuid
from collections.abc import Iterable

from joinedup.foundations.audit.models import Inquiry

Day = tuple[uuid.UUID, datetime.date]


def conclusions(days: Iterable[Day]) -> dict[Day, Inquiry]:
    """The last conclusion of each post's day that has one."""
    wanted = set(days)
    found = Inquiry.objects.filter(
        post_id__in={post for post, _ in wanted}, on__in={on for _, on in wanted}
    ).order_by("at")
    return {(one.post_id, one.on): one for one in found if (one.post_id, one.on) in wanted}
