"""The clock of a matter: each step, by when it is to be done, and whether it was."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.handovers.choices import StepKind

_RUNS = Q(done_at__isnull=True, stopped_at__isnull=True)


class Steps(models.QuerySet["Step"]):
    """Steps, asked about in sentences."""

    def running(self) -> Self:
        """Those neither done nor stopped."""
        return self.filter(_RUNS)

    def late(self, at: datetime.datetime) -> Self:
        """Those running past their time."""
        return self.running().filter(due_at__lte=at)


class Step(models.Model):
    """One step of the one clock (P33): begun, due at the end of a working day, done or stopped."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="steps")
    kind = coded(StepKind)
    is_urgent = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    """When the matter closed, or the request was withdrawn, before it was done."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When whoever answers was told that it is late."""

    objects = Steps.as_manager()

    class Meta:
        indexes = (models.Index(fields=("due_at",), condition=_RUNS, name="step_running"),)
        constraints = (
            models.UniqueConstraint(
                fields=("matter", "kind"), condition=_RUNS, name="step_runs_once"
            ),
            only("kind", StepKind, "step_kind_is_known"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("started_at")), name="step_due_after_it_started"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(stopped_at__isnull=True),
                name="step_done_or_stopped",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.matter_id}"
