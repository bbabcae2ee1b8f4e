"""Which cases lie in a part of the place: by where those they are about live, as far as the viewer may see it."""

import datetime
import uuid
from collections.abc import Iterable

from joinedup.foundations.places.queries import ELSEWHERE, postcodes_in
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.models import MatterPerson


def cases_in(part: str, ids: Iterable[uuid.UUID], *, as_at: datetime.date) -> set[uuid.UUID]:
    """Those of these cases that lie in that part of the place on that day (S0-1); inside `acting(viewer)`.

    By any record that row security shows: an address kept apart for safety (P13) is as one that nobody wrote down. A
    case about several may lie in several parts. In one statement.
    """
    asked = set(ids)
    live_there = Record.objects.filter(
        gone_on=None, postcode__in=postcodes_in(part, as_at).values("postcode")
    )
    there = set(
        MatterPerson.objects.filter(
            matter__in=asked, person__in=live_there.values("person")
        ).values_list("matter", flat=True)
    )
    return asked - there if part == ELSEWHERE else there
