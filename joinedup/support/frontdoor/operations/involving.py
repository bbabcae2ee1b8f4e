"""The front door is involved with whom a referral is about, from when that is known until it is over."""

import datetime
import uuid
from contextlib import suppress

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import Involvement
from joinedup.identity.sharing.operations.involve import (
    CannotInvolve,
    begin_involvement,
    end_involvement,
)
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.frontdoor.models import Match
from joinedup.support.frontdoor.operations.at_the_door import sure_of

INVOLVING = Viewer.system("being involved by a referral")
A_REFERRAL = "a referral to the front door"
AS_LONG_AS = datetime.timedelta(days=90)
"""How long the front door is involved by a referral, unless it is over before (propose)."""


def involve_front_door(
    worker: Viewer | None, people: list[uuid.UUID], at: datetime.datetime
) -> None:
    """A referral is the front door's reason to be in somebody's life, and others see that it is.

    It opens what the gateways open to those involved, with consent where they ask for it, and no more.
    """
    if worker is None or worker.team_id is None:
        return
    for person_id in people:
        # Involved already, or nobody who may be: then it goes by what is seen without.
        with suppress(CannotInvolve):
            begin_involvement(
                by=INVOLVING, person_id=person_id, team_id=worker.team_id, because=A_REFERRAL, at=at,
                ends_at=at + AS_LONG_AS,
            )  # fmt: skip


def end_front_door_s(matter_id: uuid.UUID, at: datetime.datetime) -> None:
    """End the involvement that a referral gave the front door, where no other referral goes on."""
    with acting(INVOLVING):
        for person_id in sure_of(matter_id):
            end_front_door_with(person_id, matter_id, at)


def end_front_door_with(person_id: uuid.UUID, matter_id: uuid.UUID, at: datetime.datetime) -> None:
    """End the front door's involvement with somebody, unless another referral about them goes on."""
    with acting(INVOLVING):
        known = identifiers_of(person_id)
        others = Match.objects.filter(person__in=known, matter__closed_at__isnull=True)
        if others.exclude(matter_id=matter_id).exists():
            return
        live = Involvement.objects.filter(
            person__in=known, because=A_REFERRAL, starts_at__lte=at, ends_at__gt=at
        )
        for found in live:
            end_involvement(by=INVOLVING, involvement_id=found.pk, at=at)
