"""What stands already, as the boxes of a form; appointments still to come."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from joinedup.support.contacts.choices import How, Need
from joinedup.support.contacts.queries import ContactShown, ProfileShown, Reach


def appointments(found: Sequence[ContactShown], at: datetime.datetime) -> list[ContactShown]:
    """The appointments that are still to come, the next first."""
    coming = [
        each
        for each in found
        if each.how is How.APPOINTMENT and each.at >= at and not each.corrected
    ]
    return sorted(coming, key=lambda each: each.at)


def moment_as_form(here: datetime.datetime) -> dict[str, Any]:
    """A day and a time as people write them."""
    return {"day": f"{here.day} {here.month} {here.year}", "time": f"{here:%H:%M}"}


def as_form(earlier: ContactShown) -> dict[str, Any]:
    """What a contact says, for the form that corrects it."""
    here = timezone.localtime(earlier.at)
    return {
        "how": earlier.how.value,
        **moment_as_form(here),
        "with_whom": earlier.with_whom,
        "seen": earlier.seen.value,
        "their_words": earlier.their_words,
        "words": earlier.words,
        "needs_met": earlier.needs_met,
        "despite": earlier.despite,
    }


def profile_as_form(shown: ProfileShown | None) -> dict[str, Any]:
    """What a profile says, for the form that sets it anew."""
    if shown is None:
        return {}
    return {
        "forbidden": sorted(channel.value for channel in shown.rule.forbidden),
        "number": shown.number,
        "email": shown.email,
        "from_time": _clock(shown.rule.from_time),
        "until_time": _clock(shown.rule.until_time),
        "interpreter": shown.interpreter,
        "safe_words": shown.safe_words,
        "words": shown.words,
    }


def _clock(time: datetime.time | None) -> str:
    return f"{time:%H:%M}" if time else ""


def needs_as_form(reach: Reach) -> dict[str, Any]:
    """What is needed, for the form that says it anew."""
    words = {need.kind: need.words for need in reach.needs}
    return {
        "needs": [need.kind.value for need in reach.needs],
        "language": words.get(Need.LANGUAGE, ""),
        "other": words.get(Need.OTHER, ""),
    }
