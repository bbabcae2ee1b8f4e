"""What a practice's meeting agrees of its patients, and how far each practice has got."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.panels.choices import CareRoleKind, RolloutStage
from joinedup.support.panels.models.item import PanelItem


class CareRole(models.Model):
    """Who coordinates somebody's care, or manages their case, as the meeting agreed (P31)."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="care_roles")
    kind = coded(CareRoleKind)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="care_roles")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = (
            only("kind", CareRoleKind, "care_role_is_known"),
            models.UniqueConstraint(
                fields=("item", "kind"),
                condition=Q(ends_at__isnull=True),
                name="care_role_held_by_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="care_role_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.item_id}"


class Rollout(models.Model):
    """How far a practice has got with its care team meetings, from a day on; the latest holds (S0-55)."""

    id = models.BigAutoField(primary_key=True)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="rollout")
    stage = coded(RolloutStage)
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True, default="")
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("practice", "on"), name="rollout_of_practice"),)
        constraints = (only("stage", RolloutStage, "rollout_stage_is_known"),)

    def __str__(self) -> str:
        return f"{self.practice_id} {self.stage}"
