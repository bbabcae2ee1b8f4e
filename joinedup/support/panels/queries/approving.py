"""Decisions that wait for an agency's approval, as its managers read them; viewer first."""

import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.looked import told_of
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.choices import ApprovalState
from joinedup.support.panels.models import DecisionApproval, ItemPerson


@dataclass(frozen=True)
class ApprovalShown:
    """One approval that is asked, whom it is about, and what other agencies answered."""

    approval: DecisionApproval
    names: tuple[str, ...]
    people: tuple[uuid.UUID, ...]
    panel: str
    others: tuple[DecisionApproval, ...]


def approval_shown(viewer: Viewer, approval_id: uuid.UUID) -> ApprovalShown:
    """What waits for the viewer's agency; inside `acting(viewer)`.

    Raises DecisionApproval.DoesNotExist for whoever is not asked, and once it waits no longer.
    """
    found = _waiting(viewer).get(pk=approval_id)
    told_of(matters=[found.item_id])
    about = ItemPerson.objects.filter(item=found.item_id).order_by("place")
    others = DecisionApproval.objects.filter(decision=found.decision_id).exclude(pk=found.pk)
    return ApprovalShown(
        found,
        tuple(each.name for each in about) or (found.item.reference,),
        tuple(each.person_id for each in about if each.person_id),
        found.item.panel.name,
        tuple(others.select_related("agency", "answered_by__user").order_by("agency__name")),
    )


def approvals_waiting(viewer: Viewer) -> list[DecisionApproval]:
    """What waits for the viewer's agency and is theirs to answer, the first due first."""
    if viewer.role not in MANAGERS:
        return []
    return list(_waiting(viewer).order_by("due_at", "pk"))


def _waiting(viewer: Viewer):  # type: ignore[no-untyped-def]
    found = DecisionApproval.objects.filter(agency=viewer.agency, state=ApprovalState.WAITS)
    mine = found.exclude(decision__by_post=viewer.post_id)
    return mine.select_related(
        "agency", "item__panel", "decision__lead_agency", "decision__by_post__user"
    )
