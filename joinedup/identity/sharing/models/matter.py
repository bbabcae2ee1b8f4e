"""A matter: a piece of work about one person or several, and who has a part in it."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models.words import coded, only


class Matter(models.Model):
    """A piece of work about one person, a family or a household: a referral, an exit, a case.

    Whatever the rooms of support keep hangs on a matter; who has a part in it sees its content, and
    nobody else does. It opens nothing that another agency holds: that is decided by the gateways.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = coded(MatterKind)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    leaves_no_trace = models.BooleanField(
        default=False, help_text="Whom it is about is not told of looks at it, without a gap (P14)."
    )

    class Meta:
        constraints = (
            only("kind", MatterKind, "matter_kind_is_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="matter_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MatterPerson(models.Model):
    """That a matter is about somebody on the spine; read it by every identifier of the merge group."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="matters")
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "person"), name="matter_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} about {self.person_id}"


class Part(models.Model):
    """A post's, a team's or an agency's part in a matter, from a moment until another, and why.

    `recipient` is `post:<uuid>`, `team:<id>` or `agency:<code>`, as in Visibility.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(
        Matter, on_delete=models.CASCADE, related_name="parts", db_index=False
    )
    recipient = models.CharField(max_length=50)
    level = models.SmallIntegerField(choices=[(each.value, each.name) for each in PartLevel])
    because = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("matter", "recipient"), name="part_in_matter"),
            models.Index(fields=("recipient",), name="part_of_recipient"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("matter", "recipient", "because"),
                condition=Q(ends_at__isnull=True),
                name="part_once_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="part_level_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="part_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient} in {self.matter_id}"
