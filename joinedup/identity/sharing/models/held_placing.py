"""After a split: an involvement or a holding of which nobody knows yet to which of the two it belongs."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.choices import HeldKind
from joinedup.identity.sharing.models.words import coded, only


class HeldPlacing(models.Model):
    """One thing that an agency wrote of somebody who turned out to be two people, and to whom it belongs.

    It stays with the identifier it was written under until somebody of that agency decides. The two
    are named by identifier alone: where an identity is sealed, what ties them goes (P2).
    """

    id = models.BigAutoField(primary_key=True)
    kind = coded(HeldKind)
    row = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    stays_person = models.UUIDField(db_index=True)
    goes_person = models.UUIDField()
    found_at = models.DateTimeField()
    belongs_to_person = models.UUIDField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("kind", HeldKind, "held_placing_kind_is_known"),
            models.UniqueConstraint(
                fields=("row",),
                condition=Q(decided_at__isnull=True),
                name="held_placing_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True, decided_by__isnull=True, belongs_to_person__isnull=True
                )
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    belongs_to_person__isnull=False,
                ),
                name="held_placing_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"
