"""Which agency is to lead after a decision, whether it took it on, and whom its manager named."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.models import Case
from joinedup.support.handovers.models import Handover
from joinedup.support.panels.choices import AllocationState, WhyLead
from joinedup.support.panels.models.decision import Decision
from joinedup.support.panels.models.item import PanelItem


class Allocation(models.Model):
    """That an item goes to one lead agency, whose manager names the lead case manager (P27)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="allocations")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="allocation")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="allocations")
    why = coded(WhyLead, default=WhyLead.CHOSEN)
    why_words = models.TextField(blank=True, default="")
    proposed_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Whom the product proposed; the agency's manager decides."""
    lead_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="allocated"
    )
    state = coded(AllocationState, default=AllocationState.OFFERED)
    handover = models.OneToOneField(
        Handover, on_delete=models.PROTECT, null=True, blank=True, related_name="allocation"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The case that it led to, once the person agreed or where none was needed."""
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("why", WhyLead, "allocation_why_is_known"),
            only("state", AllocationState, "allocation_state_is_known"),
            models.UniqueConstraint(
                fields=("item",),
                condition=Q(state__in=["offered", "accepted"]),
                name="allocation_to_one_agency_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(lead_post__isnull=False),
                name="allocation_accepted_names_the_lead",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} to {self.agency_id}"
