"""Send what an answer tells of danger through its door, from any set that is asked (P19)."""

import datetime
import uuid
from collections.abc import Iterable

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.rules.asked import AskedVersion
from joinedup.support.safeguarding.choices import Trigger
from joinedup.support.safeguarding.operations.raising import raise_exit
from joinedup.support.safeguarding.rules import doors_for


def send_danger_on(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    person_ids: Iterable[uuid.UUID],
    version: AskedVersion,
    triggers: list[Trigger],
    at: datetime.datetime,
) -> list[uuid.UUID]:
    """Raise an exit for each door that these open; the same answers on the same day are one exit.

    It waits for no finished form: whoever asked is shown the number to ring before anything else.
    """
    people = tuple(person_ids)
    words = f"Answered in “{version.title}”: {'; '.join(trigger.label for trigger in triggers)}."
    return [
        raise_exit(
            by=by,
            door=door.door,
            audience=door.audience,
            trigger=door.because,
            words=words,
            from_matter=matter_id,
            person_ids=people,
            submission_key=f"{matter_id} {version.set_code} {door.door} {door.audience} {day_of(at)}",
            at=at,
        ).pk
        for door in doors_for(triggers, None)
    ]
