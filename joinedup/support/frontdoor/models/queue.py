"""The queue of the front-door worker: who has a referral open, kept filters, alerts of fatigue."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post, SavedLook
from joinedup.identity.sharing.models import Matter


class Assignment(models.Model):
    """Who at the front door works at a referral, from a moment until another; one at a time."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("matter",), condition=Q(ends_at__isnull=True), name="assigned_to_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} with {self.post_id}"


class Opened(models.Model):
    """That somebody has a referral open now: a soft lock, which shows a name and holds nobody up."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="opened"
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} by {self.post_id}"


class SavedFilter(SavedLook):
    """A way of looking at the queue."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "title"), name="saved_filter_title_once"),
        )


class FatigueAlert(models.Model):
    """That a person was passed on more often than the limit, told to the front-door manager (S2-28)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="fatigue_alerts")
    hand_offs = models.PositiveSmallIntegerField()
    limit = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField()
    seen_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    done_about = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "hand_offs"), name="fatigue_alert_once"),
            models.CheckConstraint(
                condition=(Q(seen_by__isnull=True) & Q(seen_at__isnull=True))
                | (Q(seen_by__isnull=False) & Q(seen_at__isnull=False)),
                name="fatigue_alert_seen_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.hand_offs} of {self.matter_id}"
