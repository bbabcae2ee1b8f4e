"""Addresses of somebody in danger, of contacts and of risk plans: each opens to the posts it is of alone."""

import uuid
from typing import Any

OF_AN_EXIT = {
    "exit", "exit-state", "exit-decision", "exit-elsewhere", "exit-record",
}  # fmt: skip
OF_A_MATTER = {
    "risk-plans", "risk-plan-write", "contacts", "contact-record", "safe-contact",
    "communication-needs",
}  # fmt: skip
OF_ITS_OWN = {
    *OF_AN_EXIT, *OF_A_MATTER, "risk-plan-review", "risk-plan-end", "contact-correct", "danger-leave",
}  # fmt: skip
"""What opens to those whom it rang, or who work at it; and what ends a visit."""
BY_PRESSING = {"exit-has-it", "exit-more"}
_KEYS = {
    **dict.fromkeys({*OF_AN_EXIT, *BY_PRESSING}, ("exit_id",)),
    **dict.fromkeys(OF_A_MATTER, ("matter_id",)),
    "risk-plan-review": ("matter_id", "plan_id"),
    "risk-plan-end": ("matter_id", "plan_id"),
    "contact-correct": ("matter_id", "contact_id"),
}


def danger_address(name: str) -> dict[str, Any] | None:
    """What an address of these wants; None where it is not one of them."""
    keys = _KEYS.get(name)
    return None if keys is None else {key: uuid.uuid4() for key in keys}
