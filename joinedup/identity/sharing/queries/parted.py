"""Whether somebody turned out to be two people, and when last."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import Max

from joinedup.identity.sharing.models import PartedPerson


def parted_at(ids: Iterable[uuid.UUID]) -> datetime.datetime | None:
    """When one of these identifiers of one person was last half of a split; read as whoever is entered."""
    found: datetime.datetime | None = PartedPerson.objects.filter(person__in=list(ids)).aggregate(
        last=Max("at")
    )["last"]
    return found
