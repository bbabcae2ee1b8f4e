"""One line for every change and every look; nothing here is ever altered."""

import uuid

from django.db import models


class Entry(models.Model):
    """Who did what to whom, when and for which purpose; never a name, a date of birth or free text.

    The subject is told by identifier only and there are no foreign keys, so that a line outlives
    whatever it speaks of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    post_id = models.UUIDField(null=True, blank=True)
    act = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60, blank=True, default="")
    purpose = models.CharField(max_length=200)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "at"), name="entry_about_whom"),
            models.Index(fields=("post_id", "at"), name="entry_by_whom"),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(purpose=""), name="entry_has_a_purpose"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind}"
