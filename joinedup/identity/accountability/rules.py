"""The clocks of a breach and of a complaint, and what must be done before either is closed. Pure."""

import datetime

from joinedup.identity.accountability.choices import Risk

LIMIT = datetime.timedelta(hours=72)
"""From when the controller knows: UK GDPR 33(1), and Data Protection Act 2018 s67 for law enforcement."""
WARNED = datetime.timedelta(hours=24)
"""So long before the limit those who answer are told again."""
ACKNOWLEDGE_DAYS = 30
"""Data Protection Act 2018 s164A(3): within 30 days beginning when the complaint is received."""
WARNED_DAYS = 7


def due_at(aware_at: datetime.datetime) -> datetime.datetime:
    """The moment by which the Commissioner is told: 72 hours as a clock counts them.

    Nights, weekends and holidays count, and so do the hours of a night on which clocks change: what is
    added is time that passes, and not hands of a clock.
    """
    return aware_at.astimezone(datetime.UTC) + LIMIT


def acknowledge_by(received_on: datetime.date) -> datetime.date:
    """The last day on which a complaint is acknowledged in time.

    The period begins when it is received, so that day is its first: the stricter reading of the two.
    """
    return received_on + datetime.timedelta(days=ACKNOWLEDGE_DAYS - 1)


def hours_left(aware_at: datetime.datetime, at: datetime.datetime) -> int:
    """Whole hours until the limit; below nought once it has passed."""
    return int((due_at(aware_at) - at).total_seconds() // 3600)


def why_late_is_to_be_said(
    aware_at: datetime.datetime, told_at: datetime.datetime, because: str
) -> str:
    """What is lacking where the Commissioner was told after the limit; empty where nothing is (33(1))."""
    if told_at > due_at(aware_at) and not because.strip():
        return "That is more than 72 hours after it was known. Say why it took longer."
    return ""


def why_not_close(risk: str, *, commissioner_told: bool, people_told: bool, learned: str) -> str:
    """Why a breach cannot be closed yet, and how to get there; empty where it can."""
    if not risk:
        return "It has not been assessed. Say first how likely it is to harm anybody."
    if risk != Risk.UNLIKELY and not commissioner_told:
        return "The Commissioner has not been told. Tell them, then write down when and their reference."
    if risk == Risk.HIGH and not people_told:
        return "Those whom it is about have not been told. Tell them, or say why they need not be."
    if not learned.strip():
        return "Say what was learned, so that it does not happen again."
    return ""
