"""Unusual looks that somebody looked into."""

import uuid

from django.db import models

from joinedup.foundations.audit.choices import Conclusion


class Inquiry(models.Model):
    """What became of one post's unusual looks of one day; a second conclusion is added, never put instead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post_id = models.UUIDField()
    on = models.DateField()
    conclusion = models.CharField(
        max_length=20, choices=[(one.value, one.label) for one in Conclusion]
    )
    by_post_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("post_id", "on"), name="inquiry_of_day"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(conclusion__in=[one.value for one in Conclusion]),
                name="inquiry_conclusion_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(by_post_id=models.F("post_id")), name="inquiry_by_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.on}"
