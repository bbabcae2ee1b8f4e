"""Which ways a safe-contact profile leaves open, at what hours, and how late a contact was written (P32)."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from joinedup.foundations.core.dates import LONDON
from joinedup.support.contacts.choices import Channel, How, Seen

WRITTEN_WITHIN = datetime.timedelta(hours=24)
_BOUND_TO_HOURS = frozenset(
    {Channel.VISIT, Channel.PHONE, Channel.VOICEMAIL, Channel.TEXT, Channel.VIDEO}
)
_BY_NUMBER = frozenset({Channel.PHONE, Channel.VOICEMAIL, Channel.TEXT})


@dataclass(frozen=True)
class SafeContact:
    """What a profile says, as far as it is judged."""

    forbidden: frozenset[Channel] = frozenset()
    from_time: datetime.time | None = None
    until_time: datetime.time | None = None


def may_use(channel: Channel | None, at: datetime.datetime, profiles: Iterable[SafeContact]) -> str:
    """Why that way must not be taken at that moment; nothing where it may. The strictest profile rules."""
    if channel is None:
        return ""
    for profile in profiles:
        if channel in profile.forbidden:
            return f"{channel.label} is not safe for this person."
        if channel in _BOUND_TO_HOURS and not within(profile, at):
            return f"It is safe only {hours_of(profile)}."
    return ""


def within(profile: SafeContact, at: datetime.datetime) -> bool:
    """Whether the moment lies in the profile's hours, by the clock here; they may run over midnight."""
    start, end = profile.from_time, profile.until_time
    if start is None or end is None:
        return True
    here = at.astimezone(LONDON).time()
    return start <= here < end if start <= end else here >= start or here < end


def hours_of(profile: SafeContact) -> str:
    """between 9:00 and 15:00; nothing where any hour will do."""
    if profile.from_time is None or profile.until_time is None:
        return ""
    return f"between {profile.from_time:%H:%M} and {profile.until_time:%H:%M}"


def why_not_recorded(
    *, how: How, seen: Seen, at: datetime.datetime, recorded_at: datetime.datetime, said: str
) -> str:
    """Why a contact cannot be written so; nothing where it can."""
    if not said.strip():
        return "Write what was said or done, or the person’s own words."
    if how is How.APPOINTMENT and at < recorded_at:
        return "An appointment is made for a time to come."
    if how is not How.APPOINTMENT and at > recorded_at:
        return "It has not happened yet. Record an appointment, or mend the time."
    if how.is_face_to_face and seen is Seen.NOT_APPLICABLE:
        return "Say whether the person was seen, and whether alone."
    if not how.is_face_to_face and seen in {Seen.SEEN, Seen.SEEN_ALONE}:
        return f"Nobody is seen by this: {how.label.lower()}."
    return ""


def lateness(at: datetime.datetime, recorded_at: datetime.datetime) -> str:
    """How late it was written, in words; nothing within a day."""
    late = recorded_at - at
    if late <= WRITTEN_WITHIN:
        return ""
    days = late.days
    return f"Written {days} day{'s' if days > 1 else ''} later"


def known_channels(words: Collection[str]) -> frozenset[Channel]:
    """The channels that these words name."""
    return frozenset(Channel(word) for word in words if word in Channel)
