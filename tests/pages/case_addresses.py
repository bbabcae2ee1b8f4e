"""The addresses of the pages of a case, for the matrix of who opens what."""

import uuid
from typing import Any

ARGUMENTS = {"matter_id": uuid.UUID("00000000-0000-4000-8000-000000000001")}
"""A case that nobody works at: pages open to the role, and say that there is no such case."""

_BUDGET = {"budget_id": uuid.UUID("00000000-0000-4000-8000-000000000003")}
_ASSESSMENT = {"assessment_id": uuid.UUID("00000000-0000-4000-8000-000000000005")}
_SECTION = {"section_id": uuid.UUID("00000000-0000-4000-8000-000000000006")}
_CARER = {"carer_id": uuid.UUID("00000000-0000-4000-8000-000000000007")}
_GOAL = {"goal_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")}
_ACTION = {"action_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")}
_COPY = {"copy_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")}
_FOLLOWED = {"followed_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")}
MORE: dict[str, dict[str, Any]] = {
    "case-assessment-one": _ASSESSMENT,
    "case-assessment-add": _ASSESSMENT,
    "case-assessment-refuse": _ASSESSMENT,
    "case-eligibility": _ASSESSMENT,
    "case-section": _SECTION,
    "case-section-keep": _SECTION,
    "case-section-two": _SECTION,
    "case-section-theirs": _SECTION,
    "case-section-correct": _SECTION,
    "case-finding-over": {"finding_id": uuid.UUID("00000000-0000-4000-8000-000000000008")},
    "case-measure-take": {
        "measure": "ons4",
        "whose": uuid.UUID("00000000-0000-4000-8000-000000000009"),
    },
    "case-goals-rate": {"person_id": uuid.UUID("00000000-0000-4000-8000-000000000009")},
    "case-goal-rating": {"rating_id": uuid.UUID("00000000-0000-4000-8000-000000000009")},
    "case-group-end": {"tag_id": uuid.UUID("00000000-0000-4000-8000-000000000009")},
    "case-family-correct": {"link_id": uuid.UUID("00000000-0000-4000-8000-000000000009")},
    "case-carer-offer": _CARER,
    "case-carer-over": _CARER,
    "case-money-plan": _BUDGET,
    "case-money-send": _BUDGET,
    "case-money-authorise": _BUDGET,
    "case-money-send-back": _BUDGET,
    "case-money-spend": _BUDGET,
    "case-money-taper": _BUDGET,
    "case-money-end": _BUDGET,
    "case-money-year-on": _BUDGET,
    "case-story-correct": {"entry_id": uuid.UUID("00000000-0000-4000-8000-000000000003")},
    "case-story-pin": {"kind": "entry", "key": uuid.UUID("00000000-0000-4000-8000-000000000003")},
    "case-story-unpin": {"pin_id": uuid.UUID("00000000-0000-4000-8000-000000000004")},
    "case-own-words-answer": {"words_id": uuid.UUID("00000000-0000-4000-8000-000000000005")},
    "case-step": {"step_id": uuid.UUID("00000000-0000-4000-8000-000000000005")},
    "case-step-act": {"step_id": uuid.UUID("00000000-0000-4000-8000-000000000005"), "what": "take"},
    "case-coordinate": {"coordination_id": uuid.UUID("00000000-0000-4000-8000-000000000005")},
    "case-function-end": {"used_id": uuid.UUID("00000000-0000-4000-8000-000000000005")},
    "case-advice-back": {"in_reach_id": uuid.UUID("00000000-0000-4000-8000-000000000005")},
    "case-stay-end": {"stay_id": uuid.UUID("00000000-0000-4000-8000-000000000005")},
    "case-pathway-end": _FOLLOWED,
    "case-pathway-step": _FOLLOWED | {"step_id": 1},
    "case-plan-version": {"number": 1},
    "case-plan-answer": {
        "number": 1,
        "person_id": uuid.UUID("00000000-0000-4000-8000-00000000000b"),
    },
    "case-goal": _GOAL,
    "case-goal-end": _GOAL,
    "case-milestone-new": _GOAL,
    "case-milestone": {"milestone_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")},
    "case-action": _ACTION,
    "case-action-done": _ACTION,
    "case-action-ask": _ACTION,
    "case-asked-result": {"referred_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")},
    "case-help-stop": {"help_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")},
    "case-plan-copy": _COPY,
    "case-plan-pdf": _COPY,
    "case-review": {"review_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")},
    "case-sign-off-ask": {"thing": "plan"},
    "case-sign-off": {"sign_off_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")},
    "case-supervision": {"supervision_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")},
    "case-member-leave": {"member_id": uuid.UUID("00000000-0000-4000-8000-000000000002")},
}
"""What an address takes beside the case; each part of the work adds its own lines."""


def case_address(name: str) -> dict[str, Any] | None:
    """The arguments of the address of that name, or None where it is none of a case's."""
    if name == "caseload-forget":
        return {"view_id": 1}
    if name == "closing-word":
        return {"word_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")}
    if name == "referred" or name.startswith("referred-"):
        return {"referred_id": uuid.UUID("00000000-0000-4000-8000-00000000000b")}
    if name == "combined-alert":
        return {"alert_id": uuid.UUID("00000000-0000-4000-8000-00000000000a")}
    if name in {"own-write"}:
        return ARGUMENTS
    if name == "case" or (name.startswith("case-") and not name.startswith("case-move")):
        return ARGUMENTS | MORE.get(name, {})
    return None
