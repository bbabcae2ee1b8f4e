"""That what several agencies hold bears together on a child: told to one lead of each, and to nobody else."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded
from joinedup.support.cases.choices.combined import CombinedDecision
from joinedup.support.safeguarding.models import Exit


class CombinedAlert(models.Model):
    """One holder's safeguarding lead is told that something of the holder's own bears on a child (P36).

    It names the adult and the categories of whom this holder itself holds them, and nothing of what any
    other agency holds, nor any child. Only that lead reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    factors = ArrayField(models.CharField(max_length=40))
    fingerprint = models.CharField(max_length=64)
    """Of all that was joined, so that the same is told once; it tells nobody what that was."""
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    decision = coded(CombinedDecision, blank=True, default="")
    recipient = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shared_words = models.TextField(blank=True, default="")
    because = models.TextField(blank=True, default="")
    """Why it is proportionate to share, or why it is not shared."""
    more_detrimental = models.BooleanField(default=False)
    sent_as = models.ForeignKey(
        Exit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("post",),
                condition=Q(decided_at__isnull=True),
                name="combined_alert_of_post_now",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    Q(decision__in=[each.value for each in CombinedDecision])
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(because="")
                ),
                name="combined_alert_decided_with_reason",
            ),
            models.UniqueConstraint(
                fields=("holder", "adult", "fingerprint"), name="combined_alert_told_once"
            ),
        )

    def __str__(self) -> str:
        return f"combined alert {self.pk}"
