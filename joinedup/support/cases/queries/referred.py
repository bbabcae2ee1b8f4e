"""What a team reads of what it is asked from somebody's plan."""

import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.models import ReferredOut
from joinedup.support.handovers.models import Handover


@dataclass(frozen=True)
class Referred:
    """What was asked, by whom, on what footing, and what this viewer can do about it."""

    row: ReferredOut
    asked_by: str
    footing: str
    state: str
    may_answer: bool
    """It waits for the viewer's team."""
    may_say: bool
    """The viewer's team took it on, and has not said what became of it."""


def referred_for(viewer: Viewer, referred_id: uuid.UUID) -> Referred:
    """What was asked, for whoever has a part in it; raises ReferredOut.DoesNotExist."""
    with acting(viewer):
        row = ReferredOut.objects.get(pk=referred_id, matter__isnull=False)
        handover = Handover.objects.select_related("from_team__agency").get(pk=row.handover_id)
    is_theirs = viewer.team_id == handover.to_team_id
    return Referred(
        row=row,
        asked_by=f"{handover.from_team.name}, {handover.from_team.agency.name}",
        footing=Footing(row.footing).label,
        state=handover.state_word.label,
        may_answer=is_theirs and handover.state_word.waits,
        may_say=is_theirs and handover.state == "accepted" and row.ended_at is None,
    )
