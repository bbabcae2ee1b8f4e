"""That somebody asks for all that is held on them, and what each controller does about it (UK GDPR 15)."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person


class SubjectRequest(models.Model):
    """A person's request for everything held on them, with the clock that runs from it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="subject_requests")
    words = models.TextField(blank=True, default="")
    """What they want to know above all, if they say so."""
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    """A calendar month on; by their own page they have shown who they are."""
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_because = models.TextField(blank=True, default="")
    extended_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True) | ~Q(extended_because=""),
                name="subject_request_extended_says_why",
            ),
        )
        indexes = (models.Index(fields=("due_on",), name="subject_request_by_its_day"),)

    def __str__(self) -> str:
        return f"subject request {self.pk}"


class SubjectPart(models.Model):
    """One controller's part of a request: prepared by the product, released by somebody of the controller."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    """When somebody of the controller first took the export to review."""
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withheld = models.TextField(blank=True, default="")
    """What was taken out and on which ground: somebody else, or serious harm."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("request", "agency"), name="subject_part_once"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(released_by__isnull=False),
                name="subject_part_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(released_at__gte=F("prepared_at")),
                name="subject_part_released_after_it_was_read",
            ),
        )

    def __str__(self) -> str:
        return f"part of {self.request_id}"
