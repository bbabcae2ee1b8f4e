"""High risk that came back: on through the exit, which rings until a named person has it (P16, P19)."""

import datetime
import re
import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import age
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.operations.high_risk import (
    CannotActOnHighRisk,
    answers_for_it,
    close_high_risk,
)
from joinedup.support.frontdoor.rules.routing import ADULT_FROM
from joinedup.support.handovers.queries.seen import open_handover
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.models import Exit
from joinedup.support.safeguarding.operations.raising import raise_exit

WENT_ON = "It went on through the exit, which rings until a named person has it and decides."


def send_through_exit(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> Exit:
    """Ring at the door of safeguarding with all that the team was sent, and close it here.

    What came back is not dropped: from this moment the exit has it. Pressed twice it is one exit.
    Raises CannotActOnHighRisk.
    """
    papers = answers_for_it(by, matter_id)
    with transaction.atomic():
        with acting(by):
            waits = open_handover(by, matter_id) is not None
        if waits:
            raise CannotActOnHighRisk("A team is asked to take it. Wait for its answer.")
        made = raise_exit(
            by=by, door=Door.SAFEGUARDING, audience=_audience(papers.people, day_of(at)),
            words=papers.in_words, from_matter=matter_id,
            submission_key=f"high risk that came back {matter_id}", at=at,
        )  # fmt: skip
        close_high_risk(by=by, matter_id=matter_id, words=WENT_ON, at=at)
    return made


def _audience(people: Iterable[Mapping[str, str]], today: datetime.date) -> Audience:
    """The door for children where everybody whose age is known is one."""
    ages = [years for each in people if (years := _years(each["born"], today)) is not None]
    return Audience.CHILD if ages and max(ages) < ADULT_FROM else Audience.ADULT


def _years(born: str, today: datetime.date) -> int | None:
    """The age by a birth date, or as it was guessed."""
    try:
        return age(datetime.date.fromisoformat(born), today)
    except ValueError:
        guessed = re.search(r"\d+", born)
    return int(guessed[0]) if guessed else None
