"""How good the linkage was, night by night and group by group."""

from django.db import models
from django.db.models import Q

from joinedup.intelligence.linkage.choices import Basis
from joinedup.intelligence.linkage.models.night import Night


class QualityMeasure(models.Model):
    """One measure of one night, for everybody or for one group of one kind."""

    id = models.BigAutoField(primary_key=True)
    night = models.ForeignKey(Night, on_delete=models.CASCADE, related_name="quality")
    basis = models.CharField(max_length=20, choices=[(b.value, b.label) for b in Basis])
    tier = models.CharField(
        max_length=20,
        default="certain",
        help_text="certain, or together: certain and probable links.",
    )
    measure = models.CharField(max_length=60)
    group_kind = models.CharField(max_length=40, blank=True, default="")
    group = models.CharField(max_length=60, blank=True, default="")
    numerator = models.FloatField()
    denominator = models.FloatField()
    value = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("night", "basis", "tier", "measure", "group_kind", "group"),
                name="measured_once_a_night",
            ),
            models.CheckConstraint(
                condition=Q(group_kind="", group="") | (~Q(group_kind="") & ~Q(group="")),
                name="measure_group_has_its_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} of night {self.night_id}"
