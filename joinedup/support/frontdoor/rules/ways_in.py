"""By which way somebody refers, for which source they count, and how often they may ask who is known."""

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.support.frontdoor.choices import EntryRoute, Source

ASKS_IN_TEN_MINUTES = 30
ASKS_IN_A_DAY = 200
"""How many identities a post may ask about (propose): more than anybody refers, less than anybody fishes."""

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


def why_not_asked(in_ten_minutes: int, in_a_day: int) -> str:
    """Why no match answer is given now, in a sentence; empty where it is (P17)."""
    if in_ten_minutes >= ASKS_IN_TEN_MINUTES:
        return (
            "You have asked about many people in a few minutes, so this line waits. Go on with the "
            "form: the front door matches it."
        )
    if in_a_day >= ASKS_IN_A_DAY:
        return (
            "You have asked about as many people as one day allows, so this line waits until "
            "tomorrow. Go on with the form: the front door matches it."
        )
    return ""
