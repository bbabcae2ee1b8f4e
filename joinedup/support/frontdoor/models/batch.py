"""Approved step-downs sent as a file, and what became of each row (P22)."""

import uuid

from django.db import models

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import BatchRowState


class Batch(models.Model):
    """A file of approved step-downs, and who sent it (P22)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    approval = models.CharField(max_length=300)
    content_hash = models.CharField(max_length=64, unique=True)
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    waiting = models.JSONField(default=dict)
    """What is still to be taken in: the rows as sent, and the exits they raised; empty once all is."""

    def __str__(self) -> str:
        return self.name


class BatchRow(models.Model):
    """A row of a batch and what became of it: taken, returned with reasons, or with a person."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    state = coded(BatchRowState)
    raw = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            only("state", BatchRowState, "batch_row_state_is_known"),
            models.UniqueConstraint(fields=("batch", "number"), name="batch_row_once"),
        )

    def __str__(self) -> str:
        return f"row {self.number}"
