"""What stands on an agenda, and who may not sit at an item of it."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.choices import InterestKind, ItemState
from joinedup.foundations.meetings.models.meeting import Meeting

STATES = [(each.value, each.label) for each in ItemState]
INTERESTS = [(each.value, each.label) for each in InterestKind]


class AgendaItem(models.Model):
    """One item of an agenda: its place, its time, where it stands. Whom it is about is the body's own.

    `title` names a general item; an item about somebody bears none here.
    """

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=20, choices=STATES, default=ItemState.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveBigIntegerField(default=1)
    """Rises with every change to what this item shows."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "place"),
                name="agenda_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(state="open"), name="agenda_one_item_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each for each, _ in STATES]),
                name="agenda_item_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=180), name="agenda_item_has_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"item {self.place} of {self.meeting_id}"


class Interest(models.Model):
    """That somebody may not sit at an item, because of an interest declared or found (S4-53)."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="interests")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=20, choices=INTERESTS)
    declared_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The member themself, or the chair; empty where the product found it."""
    declared_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    """When the chair held that it does not bar them after all."""
    lifted_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[each for each, _ in INTERESTS]),
                name="interest_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=("item", "post"),
                condition=Q(lifted_at__isnull=True),
                name="interest_of_a_post_once",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_because=""),
                name="interest_lifted_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} in {self.item_id}"
