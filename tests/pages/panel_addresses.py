"""The addresses of the pages of panels, for the matrix of who opens what."""

import uuid
from typing import Any

NONE = uuid.UUID("00000000-0000-4000-8000-000000000001")
CODE = {"code": "no-panel"}
"""A panel that there is not: pages open to the role, and say so."""

ADDRESSES: dict[str, dict[str, Any]] = {
    "panel-new-of": {"template": "action_team"},
    "panel": CODE,
    "panel-change": CODE,
    "panel-members": CODE,
    "panel-member": CODE | {"member_id": 1},
    "panel-terms": CODE,
    "panel-seats": CODE,
    "panel-nominate-member": {"seat_id": 1},
    "panel-approval": {"approval_id": NONE},
    "in-reach-clinic": {"clinic_id": 0},
    "panel-queue": CODE,
    "panel-queue-take": CODE,
    "panel-agenda": CODE,
    "panel-build": CODE,
    "panel-item": {"item_id": NONE},
    "panel-item-agreement": {"item_id": NONE},
    "panel-item-withdraw": {"item_id": NONE},
    "panel-item-whom": {"item_id": NONE},
    "panel-item-urgent": {"item_id": NONE},
    "panel-item-correct": {"item_id": NONE, "decision_id": NONE},
    "meeting-agenda": {"meeting_id": NONE},
    "agenda-change": {"meeting_id": NONE, "what": "up"},
    "meeting-room": {"meeting_id": NONE},
    "meeting-item": {"meeting_id": NONE, "agenda_id": 1},
    "meeting-live": {"meeting_id": NONE},
    "meeting-write": {"meeting_id": NONE},
    "meeting-act": {"meeting_id": NONE, "what": "open"},
    "panel-approach": {"approach_id": NONE},
    "panel-approach-try": {"approach_id": NONE},
    "panel-approach-end": {"approach_id": NONE},
    "panel-approaches": CODE,
    "panel-nominate": CODE,
    "panel-care-roles": CODE,
    "panel-care-role": CODE | {"item_id": NONE},
    "panel-care-role-end": CODE | {"role_id": 1},
    "rollout-stage": {"ods_code": "none"},
    "panel-allocation": {"allocation_id": NONE},
    "panel-allocation-act": {"allocation_id": NONE, "what": "return"},
    "panel-proposal": CODE,
    "panel-need": CODE | {"item_id": NONE},
    "panel-proposal-change": CODE | {"item_id": NONE},
    "panel-gaps": CODE,
    "case-move": {"move_id": NONE},
    "case-moves-together": {"joint_id": NONE},
    "workforce-person": {"post_id": NONE},
    "workforce-leave-end": {"post_id": NONE, "leave_id": 1},
    "workforce-competence-end": {"competence_id": 1},
    "check-answer": {"check_id": NONE},
    "check-nothing": {"check_id": NONE},
    "checks-rest": {"meeting_id": NONE},
    "meeting-end": {"meeting_id": NONE},
    "meeting-minutes": {"meeting_id": NONE},
    "minutes-approve": {"meeting_id": NONE},
    "minutes-correct": {"meeting_id": NONE, "item_id": NONE},
    "minutes-copy": {"meeting_id": NONE, "form": "pdf", "volume": 1},
    "minutes-correction": {"correction_id": 1},
    "panel-minutes": CODE,
    "panel-actions": CODE,
    "panel-after": CODE,
    "follow-up": {"follow_up_id": 1},
    "meeting-action": {"action_id": NONE},
}
"""Each by its name, with what it takes; the parts of the panels' pages add their lines."""


def panel_address(name: str) -> dict[str, Any] | None:
    """What the address of that name takes, or None where it is not the panels'."""
    return ADDRESSES.get(name)
