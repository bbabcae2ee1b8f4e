"""By which way somebody refers, for which source they count, and how often they may ask who is known."""

import datetime
from typing import NamedTuple

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.support.frontdoor.choices import EntryRoute, Source

ASKS_IN_TEN_MINUTES, ASKS_IN_A_DAY = 30, 200
"""How many people a post may ask about (propose): more than anybody refers, less than anybody fishes."""
KEYS_IN_TEN_MINUTES, KEYS_IN_A_DAY = 400, 4000
"""How often the line may answer while they are typed, so that no program types for somebody."""

TEN_MINUTES, A_DAY = datetime.timedelta(minutes=10), datetime.timedelta(days=1)


class Asked(NamedTuple):
    """How much a post has asked in some time."""

    people: int = 0
    """As somebody is typed the line answers many times: one draft within one minute counts as one."""
    keys: int = 0


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


def why_not_asked(lately: Asked, today: Asked) -> str:
    """Why no match answer is given now, in a sentence; empty where it is (P17).

    `lately` is what was asked in ten minutes, `today` what was asked in a day.
    """
    if lately.people >= ASKS_IN_TEN_MINUTES or lately.keys >= KEYS_IN_TEN_MINUTES:
        return (
            "You have asked about many people in a few minutes, so this line waits. Go on with the "
            "form: the front door matches it."
        )
    if today.people >= ASKS_IN_A_DAY or today.keys >= KEYS_IN_A_DAY:
        return (
            "You have asked about as many people as one day allows, so this line waits until "
            "tomorrow. Go on with the form: the front door matches it."
        )
    return ""
