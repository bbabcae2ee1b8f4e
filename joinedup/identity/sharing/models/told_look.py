"""A look that leaves no trace, told to the person all the same: by decision of the agency that took it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person


class ToldLook(models.Model):
    """That a look, which P14 keeps from the person, is told to them, why, and whether that was taken back.

    Lines of the audit are never altered: this stands beside them, and while it stands the person
    reads the look among the others. `entry` is the first line of the look, by which it is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    entry = models.UUIDField()
    lines = ArrayField(models.UUIDField(), help_text="Every line that this look left.")
    because = models.TextField()
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    taken_back_because = models.TextField(blank=True, default="")
    taken_back_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person",), name="told_look_of_person"),)
        constraints = (
            models.UniqueConstraint(
                fields=("entry",),
                condition=Q(taken_back_at__isnull=True),
                name="told_look_stands_once",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="told_look_says_why"),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_because=""
                )
                | (
                    Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                    & ~Q(taken_back_because="")
                ),
                name="told_look_taken_back_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"told look {self.pk}"
