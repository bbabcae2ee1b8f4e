"""What is left out of an answer to a subject request, and the answer as it was released."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.identity.sharing.models.subject import SubjectPart
from joinedup.identity.sharing.models.words import coded, only


class SubjectRedaction(models.Model):
    """One thing of a controller's part that is left out, or given in other words: on which ground, why, by whom.

    Only its controller reads it: to whoever asked there is no gap (P8).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.ForeignKey(SubjectPart, on_delete=models.PROTECT, related_name="redactions")
    item = models.CharField(max_length=80)
    """What it is called in the export: its kind and its key."""
    ground = coded(LeftOutBecause)
    because = models.TextField()
    instead = models.TextField(blank=True, default="")
    """The words that are given instead; nothing where all of it is left out."""
    is_proposed = models.BooleanField(default=False)
    """Marked by whoever wrote it, and not looked at by the controller yet."""
    is_given = models.BooleanField(default=False)
    """It was marked, and the controller gives it all the same: nothing is left out."""
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            only("ground", LeftOutBecause, "subject_redaction_ground_is_known"),
            models.CheckConstraint(condition=~Q(because=""), name="subject_redaction_says_why"),
            models.UniqueConstraint(fields=("part", "item"), name="subject_redaction_once"),
        )

    def __str__(self) -> str:
        return f"{self.ground} in {self.part_id}"


class SubjectAnswer(models.Model):
    """A controller's part as it was released: what the person was given, in the words they were given."""

    part = models.OneToOneField(
        SubjectPart, on_delete=models.PROTECT, primary_key=True, related_name="answer"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to {self.part_id}"
