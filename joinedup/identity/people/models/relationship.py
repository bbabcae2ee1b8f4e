"""Ties between two people that the law cares about (P6)."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.people.choices import NEEDS_SIGHT_OF_DOCUMENT, MayBeTold, RelationshipKind
from joinedup.identity.people.models.person import Person


class Relationship(models.Model):
    """`person` is `kind` to `other`, from one day until another, on somebody's word or paper."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related_by")
    kind = models.CharField(max_length=40, choices=[(k.value, k.label) for k in RelationshipKind])
    may_be_told = models.CharField(
        max_length=20,
        choices=[(told.value, told.label) for told in MayBeTold],
        default=MayBeTold.NOTHING.value,
    )
    source = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="relationships_told")
    document_seen_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(person=F("other")), name="relationship_of_two_people"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RelationshipKind]),
                name="relationship_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(kind.value for kind in NEEDS_SIGHT_OF_DOCUMENT))
                | Q(document_seen_on__isnull=False),
                name="relationship_document_was_seen",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="relationship_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("person", "other", "kind"),
                condition=Q(ends_on__isnull=True),
                name="relationship_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.other_id}"
