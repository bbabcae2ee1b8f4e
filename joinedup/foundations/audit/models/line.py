"""One line for every change and every look; nothing here is ever altered."""

import uuid

from django.db import models

from joinedup.foundations.audit.choices import Outcome


def _code(longest: int = 40) -> "models.CharField[str, str]":
    return models.CharField(max_length=longest, blank=True, default="")


class Entry(models.Model):
    """Who did what to whom, when and for which purpose; never a name, a date of birth or free text.

    The subject is told by identifier only and there are no foreign keys, so that a line outlives
    whatever it speaks of. The database adds which transaction wrote it (`written_in`), by which
    the sequencer knows what it may number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    post_id = models.UUIDField(null=True, blank=True)
    agency = _code()
    team = _code()
    role = _code()
    act = models.CharField(max_length=60)
    outcome = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Outcome], default=Outcome.SEEN
    )
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60, blank=True, default="")
    person_id = models.UUIDField(null=True, blank=True)
    holder = _code()
    categories = models.JSONField(default=list, blank=True)
    basis = _code(80)
    purpose = models.CharField(max_length=200)
    traceless = models.BooleanField(
        default=False, help_text="Left out of what the person is shown, without a gap (P14)."
    )
    no_involvement = models.BooleanField(default=False)
    same_name = models.BooleanField(default=False)
    same_address = models.BooleanField(default=False)
    words = models.CharField(
        max_length=64, blank=True, default="", help_text="Fingerprint of words kept apart."
    )
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "at"), name="entry_about_whom"),
            models.Index(fields=("post_id", "at"), name="entry_by_whom"),
            models.Index(
                fields=("person_id", "at"),
                condition=models.Q(person_id__isnull=False),
                name="entry_of_person",
            ),
            models.Index(
                fields=("agency", "at"),
                condition=models.Q(traceless=True),
                name="entry_kept_from_people",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(purpose=""), name="entry_has_a_purpose"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[one.value for one in Outcome]),
                name="entry_outcome_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind}"


class KeptApart(models.Model):
    """Words that belong to a line and may name somebody, with the salt of their fingerprint.

    The line holds the fingerprint only, so that the words may be erased and the tree stays whole.
    """

    entry_id = models.UUIDField(primary_key=True)
    salt = models.BinaryField()
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.entry_id)
