"""Addresses of the queue and of what is counted at the front door."""

import uuid
from typing import Any

POST_ONLY = {"queue-assign", "queue-keep-filter", "queue-drop-filter", "queue-still-open"}
OF_ITS_OWN = {"fatigue-answer"}
"""An alert opens to the front door that has the referral."""
_WANTS: dict[str, dict[str, Any]] = {
    "queue-drop-filter": {"filter_id": 1},
    "queue-still-open": {"matter_id": uuid.uuid4()},
    "fatigue-answer": {"alert_id": uuid.uuid4()},
}


def queue_address(name: str) -> dict[str, Any] | None:
    """What an address wants; None where it is no such page."""
    return _WANTS.get(name)
