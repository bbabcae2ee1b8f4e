"""That an agency must approve a decision under its own delegation before it has effect (S0-30)."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.panels.choices import ApprovalState
from joinedup.support.panels.models.decision import Decision
from joinedup.support.panels.models.item import PanelItem


class DecisionApproval(models.Model):
    """One agency's own approval of what a panel decided, by its manager, under its own delegation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="approvals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = coded(ApprovalState, default=ApprovalState.WAITS)
    delegation = models.CharField(max_length=120, blank=True, default="")
    """The agency's own reference of the delegation under which it was approved."""
    words = models.TextField(blank=True, default="")
    """Why it was refused, or what the agency adds."""
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("state", ApprovalState, "approval_of_decision_state_is_known"),
            models.UniqueConstraint(
                fields=("decision", "agency"), name="approval_of_decision_once_an_agency"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["waits", "lapsed"], answered_by__isnull=True)
                    & Q(answered_at__isnull=True, delegation="")
                )
                | (
                    Q(state="given", answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(delegation="")
                )
                | (
                    Q(state="refused", answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(words="")
                ),
                name="approval_of_decision_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.state}"
