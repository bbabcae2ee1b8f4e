"""One run of the whole night, and the model it linked with."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.intelligence.linkage.choices import NightState


class LinkageModel(models.Model):
    """A trained and reviewed model file."""

    name = models.CharField(max_length=100, primary_key=True)
    first_used_on = models.DateField()

    def __str__(self) -> str:
        return self.name


class Night(models.Model):
    """One night: who started it, as at which day, where it stands and what it counted."""

    id = models.BigAutoField(primary_key=True)
    stamp = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="The pipeline's cache carries it; a cache with another stamp is rebuilt.",
    )
    as_at = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=20,
        choices=[(state.value, state.label) for state in NightState],
        default=NightState.RUNNING.value,
    )
    full = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="nights"
    )
    model = models.ForeignKey(
        LinkageModel, on_delete=models.PROTECT, null=True, blank=True, related_name="nights"
    )
    sentence = models.TextField(blank=True, default="")
    counts = models.JSONField(default=dict, blank=True)
    seconds = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("state",),
                condition=Q(state=NightState.RUNNING.value),
                name="one_night_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=NightState.RUNNING.value, finished_at__isnull=True)
                | (~Q(state=NightState.RUNNING.value) & Q(finished_at__isnull=False)),
                name="night_finished_when_not_running",
            ),
        )

    def __str__(self) -> str:
        return f"night {self.pk}"
