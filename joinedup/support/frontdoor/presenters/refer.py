"""Wording of the ways in: what is saved, what two tabs have, what became of a referral."""

import datetime

from joinedup.foundations.core.wording import moment
from joinedup.support.frontdoor.choices import ReferralState
from joinedup.support.frontdoor.models import Draft
from joinedup.support.questions.rules.drafting import Values, differing

_NAMES = {
    "purpose": "Why you are looking", "for_whom": "Who it is for", "given_name": "First name",
    "family_name": "Family name", "born_on": "Date of birth", "age": "Age",
    "address": "House and street", "postcode": "Postcode", "no_fixed_address": "No fixed address",
    "phone": "Telephone", "school": "School", "relation": "What they are to the first person",
    "going_on": "What is going on", "wanted": "What the person wants",
    "agreement": "Whether the person knows", "agreement_because": "Why they were not told",
    "communication": "What they need to be understood", "people": "How many people",
    "communication_words": "Which language, or what else", "unsafe_ways": "What is not safe",
}  # fmt: skip

STATE_WORDS = {
    ReferralState.SUBMITTED: "Received",
    ReferralState.WITH_FRONT_DOOR: "With the front door",
    ReferralState.OFFERED: "Offered to a team",
    ReferralState.ACCEPTED: "Accepted",
    ReferralState.SIGNPOSTED: "Shown the way to help",
    ReferralState.WITHDRAWN: "Withdrawn",
    ReferralState.CLOSED: "Closed",
}


def saved_words(draft: Draft, at: datetime.datetime | None = None) -> str:
    """When a draft was last saved, in words."""
    return saved_at_words(at or draft.saved_at)


def saved_at_words(at: datetime.datetime) -> str:
    """When something was last saved, in words."""
    return f"Saved {moment(at)}"


def name_in(draft: Draft) -> str:
    """Who a draft is about, as far as it was typed."""
    values: Values = draft.draft.get("values", {})
    names = (values.get(f"p1_{name}", [""])[0] for name in ("given_name", "family_name"))
    return " ".join(name for name in names if name) or "Nobody named yet"


def box_name(name: str) -> str:
    """What a box is called."""
    start, _, rest = name.partition("_")
    if rest and start[:1] == "p" and start[1:].isdigit():
        whose = "" if start == "p1" else f", person {start[1:]}"
        return _NAMES.get(rest, rest) + whose
    return _NAMES.get(name, "An answer")


def boxes_that_differ(mine: Values, theirs: Values) -> list[tuple[str, str, str]]:
    """Each box that two tabs have otherwise: its name, what stands here, what stands there."""
    return [
        (box_name(name), ", ".join(mine.get(name, [])), ", ".join(theirs.get(name, [])))
        for name in differing(mine, theirs)
    ]
