"""By which way somebody refers, for which source they count, and how often they may ask who is known."""

import datetime
import uuid
from collections.abc import Iterable

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.support.frontdoor.choices import EntryRoute, Source

ASKS_IN_TEN_MINUTES, ASKS_IN_A_DAY = 30, 200
"""How many people a post may ask about (propose): more than anybody refers, less than anybody fishes."""
KEYS_IN_TEN_MINUTES, KEYS_IN_A_DAY = 400, 4000
"""How often the line may answer while they are typed, so that no program types for somebody."""

Question = tuple[datetime.datetime, uuid.UUID | None]
"""When it was asked, and in which draft."""

_BY_KIND = {
    AgencyKind.EDUCATION: Source.SCHOOL,
    AgencyKind.LICENSED_PREMISES: Source.VENUE,
}
_BY_ROLE = {"police_liaison": Source.POLICE_HOSPITAL_LIAISON}


def way_in(*, finds_people: bool) -> EntryRoute:
    """A practitioner finds people; a partner who refers only sees that it was received (P18)."""
    return EntryRoute.PRACTITIONER if finds_people else EntryRoute.REFER_ONLY


def source_of(kind: AgencyKind, role: str) -> Source:
    """As which source a post's referrals count when the programme opens sources (S0-93)."""
    return _BY_ROLE.get(role) or _BY_KIND.get(kind) or Source.PRACTITIONER


def why_not_asked(questions: Iterable[Question], at: datetime.datetime) -> str:
    """Why no match answer is given now, in a sentence; empty where it is (P17).

    As somebody is typed the line answers many times: one draft within one minute counts as one person.
    """
    asked = list(questions)
    lately = [each for each in asked if each[0] > at - datetime.timedelta(minutes=10)]
    if _people(lately) >= ASKS_IN_TEN_MINUTES or len(lately) >= KEYS_IN_TEN_MINUTES:
        return (
            "You have asked about many people in a few minutes, so this line waits. Go on with the "
            "form: the front door matches it."
        )
    if _people(asked) >= ASKS_IN_A_DAY or len(asked) >= KEYS_IN_A_DAY:
        return (
            "You have asked about as many people as one day allows, so this line waits until "
            "tomorrow. Go on with the form: the front door matches it."
        )
    return ""


def _people(questions: Iterable[Question]) -> int:
    return len({(draft, at.replace(second=0, microsecond=0)) for at, draft in questions})
