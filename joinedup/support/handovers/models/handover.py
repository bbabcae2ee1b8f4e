"""A hand-over between two sides, and every word that passed between them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post, Team
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.handovers.choices import (
    WAITING,
    Force,
    HandoverState,
    Manner,
    ReturnReason,
    Said,
)

_WAITS = Q(state__in=[state.value for state in WAITING])


class Handovers(models.QuerySet["Handover"]):
    """Hand-overs, asked about in sentences."""

    def waiting(self) -> Self:
        """Those that wait for the other side's yes or no."""
        return self.filter(_WAITS)


class Handover(models.Model):
    """One request that another side take a matter on; of one matter one waits at a time.

    It moves nothing by being offered: whoever sent it answers for the matter until the other side
    accepts (P21, P34), but for protection, which is effective on sending. Its words are its messages.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="handovers")
    manner = coded(Manner, default=Manner.WARM)
    force = coded(Force, default=Force.ORDINARY)
    state = coded(HandoverState, default=HandoverState.OPEN)
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="handed_over")
    from_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="handed_to"
    )
    to_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_place = models.CharField(max_length=200, blank=True, default="")
    """Where somebody was shown the way to, where that is no team of the partnership's."""
    is_quiet = models.BooleanField(default=False)
    """An agency whose very name tells something has a side: seen by the two sides alone (P17)."""
    link = models.CharField(max_length=200, blank=True, default="")
    """Where the matter itself is read and the hand-over accepted, in the room that offered it."""
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = coded(ReturnReason, blank=True, default="")
    escalations = models.PositiveSmallIntegerField(default=0)
    """How far its silence has gone up."""

    objects = Handovers.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("to_team", "due_at"), condition=_WAITS, name="handover_to_team"),
            models.Index(fields=("from_team", "-offered_at"), name="handover_from_team"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("matter",), condition=_WAITS, name="handover_one_waits"
            ),
            only("manner", Manner, "handover_manner_is_known"),
            only("force", Force, "handover_force_is_known"),
            only("state", HandoverState, "handover_state_is_known"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *(reason.value for reason in ReturnReason)]),
                name="handover_reason_is_known",
            ),
            models.CheckConstraint(
                condition=(_WAITS & Q(answered_at__isnull=True))
                | (~_WAITS & Q(answered_at__isnull=False)),
                name="handover_answered_when_it_no_longer_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.RETURNED) ^ Q(reason=""),
                name="handover_returned_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(manner=Manner.SIGNPOST, state=HandoverState.SIGNPOSTED)
                | (
                    Q(manner=Manner.WARM, to_team__isnull=False, due_at__isnull=False)
                    & ~Q(state=HandoverState.SIGNPOSTED)
                ),
                name="handover_warm_waits_for_a_team",
            ),
            models.CheckConstraint(
                condition=Q(to_team__isnull=False) | ~Q(to_place=""), name="handover_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__regex=r"^/[^/\\]"),
                name="handover_links_within_the_site",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"

    @property
    def state_word(self) -> HandoverState:
        """Where it stands, as the word."""
        return HandoverState(self.state)


class HandoverMessage(models.Model):
    """What one side did or said to the other, in their words; added to and never changed."""

    id = models.BigAutoField(primary_key=True)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="messages")
    said = coded(Said)
    words = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("handover", "at"), name="handover_said"),)
        constraints = (only("said", Said, "handover_said_is_known"),)

    def __str__(self) -> str:
        return f"{self.said} of {self.handover_id}"
