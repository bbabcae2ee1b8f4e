"""What an executive of an agency commits it to, and what became of it (S2-38). About no person."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.choices import CommitmentKind, CommitmentState
from joinedup.identity.sharing.models.words import coded, only


class Commitment(models.Model):
    """That an agency commits itself, by a named executive, to something by a day."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="commitments")
    kind = coded(CommitmentKind)
    what = models.TextField()
    made_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="commitments")
    made_at = models.DateTimeField()
    due_on = models.DateField()
    state = coded(CommitmentState, default=CommitmentState.OPEN)
    became = models.TextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            only("kind", CommitmentKind, "commitment_kind_is_known"),
            models.CheckConstraint(condition=~Q(what=""), name="commitment_says_what"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True, settled_by__isnull=True)
                | (
                    Q(state__in=["kept", "not_kept"], settled_at__isnull=False)
                    & Q(settled_by__isnull=False)
                    & ~Q(became="")
                ),
                name="commitment_settled_in_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.agency_id}"
