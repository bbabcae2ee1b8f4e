"""How an agency's approval of a decision reads: in the room, in the minutes, on its own page."""

from typing import Any

from joinedup.foundations.core.wording import day, moment
from joinedup.support.handovers.rules.working_days import last_day
from joinedup.support.panels.choices import ApprovalState, DecisionKind
from joinedup.support.panels.models import DecisionApproval
from joinedup.support.panels.queries.approving import ApprovalShown


def approval(found: DecisionApproval) -> str:
    """One agency's approval in a sentence."""
    name = found.agency.name
    who = found.answered_by.user.name if found.answered_by else ""
    if found.state == ApprovalState.GIVEN:
        more = f". {found.words}" if found.words else ""
        return (
            f"Approved by {name}: {who}, {moment(found.answered_at)}, "
            f"under its delegation {found.delegation}{more}"
        )
    if found.state == ApprovalState.REFUSED:
        return f"Refused by {name}: {who}, {moment(found.answered_at)}. {found.words}"
    if found.state == ApprovalState.LAPSED:
        return f"{name} was asked to approve it and is no longer"
    return f"Waits for the approval of {name}, asked until {day(last_day(found.due_at))}"


def facts(shown: ApprovalShown) -> list[tuple[str, Any]]:
    """What a manager reads before they answer."""
    made = shown.approval.decision
    lead = f": {made.lead_agency.name}" if made.lead_agency else ""
    return [
        ("Panel", shown.panel),
        ("Decided", f"{DecisionKind(made.kind).label}{lead}"),
        ("When", f"{moment(made.at)}, {made.by_post.user.name} in the chair"),
        ("Reasons", made.reasons),
        ("Answer by", day(last_day(shown.approval.due_at))),
        *(("Another agency", approval(each)) for each in shown.others),
    ]
