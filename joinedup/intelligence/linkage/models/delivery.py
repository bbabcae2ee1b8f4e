"""What may be delivered, what was delivered, and what was kept back."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency
from joinedup.intelligence.linkage.choices import DeliveryStatus
from joinedup.intelligence.linkage.models.night import Night


class Flow(models.Model):
    """An agreed flow: this controller may deliver this population under this contract (P1)."""

    id = models.BigAutoField(primary_key=True)
    contract = models.CharField(max_length=40)
    controller = models.CharField(max_length=20)
    population = models.CharField(max_length=40)
    basis = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "controller", "population", "starts_on"), name="flow_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="flow_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract} of {self.controller}"


class Delivery(models.Model):
    """One file an agency sent, and its reconciliation."""

    id = models.BigAutoField(primary_key=True)
    night = models.ForeignKey(Night, on_delete=models.PROTECT, related_name="deliveries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="deliveries")
    contract = models.CharField(max_length=40)
    population = models.CharField(max_length=40)
    changes_only = models.BooleanField(default=False)
    as_at = models.DateField()
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        max_length=20, choices=[(status.value, status.label) for status in DeliveryStatus]
    )
    sentence = models.TextField(blank=True, default="")
    findings = models.JSONField(default=list, blank=True)

    sent = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    loaded = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    alarm = models.TextField(blank=True, default="")
    before = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="after"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "population", "as_at"),
                condition=Q(status=DeliveryStatus.LOADED.value),
                name="one_delivery_of_a_population_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.file_name


class QuarantinedRow(models.Model):
    """A row kept back, with the reason; as sent, so that it can be mended and sent again."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="kept_back")
    row = models.BigIntegerField()
    column = models.TextField(blank=True, default="")
    reason = models.TextField()
    raw = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return f"row {self.row} of delivery {self.delivery_id}"
