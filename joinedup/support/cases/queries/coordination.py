"""Who was asked to coordinate somebody's cases, and what each lead said."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.cases.models import Coordination, CoordinationVoice


@dataclass(frozen=True)
class Asked:
    """A question who coordinates, as a case that was asked reads it."""

    coordination: Coordination
    is_ours: bool
    """It is this case's lead that is asked for."""
    voice: CoordinationVoice | None
    """What this case's lead has said; nothing yet where it does not say."""

    @property
    def waits_for_us(self) -> bool:
        """Whether this case's lead has still to say yes or no."""
        return self.voice is not None and self.voice.agrees is None


def asked_here(viewer: Viewer, matter_id: uuid.UUID) -> Sequence[Asked]:
    """What is asked of this case now."""
    with reading(viewer):
        voices = CoordinationVoice.objects.filter(
            case=matter_id, coordination__ends_at__isnull=True, coordination__agreed_at__isnull=True
        ).select_related("coordination__asked_by__user", "coordination__asked_by__team__agency")
        return [
            Asked(each.coordination, each.coordination.case_id == matter_id, each)
            for each in voices.order_by("coordination__asked_at")
        ]
