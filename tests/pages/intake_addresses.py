"""Addresses of the ways in, which want a number of something."""

import uuid
from typing import Any

ITS_SENDER_S_OWN = {
    "refer-form", "refer-two", "refer-questions", "sent-referral", "referral-file", "venue-card",
    "help-leave",
}  # fmt: skip
"""What opens to whoever wrote or sent it alone, or ends a visit: tests of their own (test_intake_pages)."""

POST_ONLY = {"refer-keep", "refer-match", "refer-questions-keep", "help-keep"}


def intake_address(name: str) -> dict[str, Any]:
    """What an address of the ways in wants: a draft and a referral that are nobody's."""
    if name == "card":
        return {"code": "NOTACARD"}
    if name == "venue-card":
        return {"venue_id": 1}
    if name == "sent-referral":
        return {"matter_id": uuid.UUID(int=1)}
    if name == "referral-file":
        return {"file_id": uuid.UUID(int=1)}
    if name.startswith("refer-") and name != "refer-token":
        return {"draft_id": uuid.UUID(int=1)}
    return {}


ASKED_FOR = {
    "refer-form", "refer-keep", "refer-match", "refer-two", "refer-questions",
    "refer-questions-keep", "sent-referral", "referral-file", "card", "venue-card",
}  # fmt: skip
"""The addresses that want something."""
