"""Whoever helps with a case beside its lead, with a sign-in or without one."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import Footing, MemberKind
from joinedup.support.cases.models.case import Case


class CaseMembers(models.QuerySet["CaseMember"]):
    """Whoever helps with cases, asked about in sentences."""

    def now(self) -> Self:
        """Those who help still."""
        return self.filter(ends_at__isnull=True)


class CaseMember(models.Model):
    """Somebody who helps with a case: a practitioner by their post, family and volunteers by name.

    A practitioner works at the whole of the case from when they join until they leave. Family and
    volunteers need no sign-in (S0-61); what they own of the plan is written beside their name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    kind = coded(MemberKind)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="helps_with"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="helps_with"
    )
    """Who of the spine they are, where that is known: a sister who has a record of her own."""
    name = models.CharField(max_length=120, blank=True, default="")
    relation = models.CharField(max_length=120, blank=True, default="")
    """What they are to the person: sister, neighbour, volunteer driver."""
    does = models.CharField(max_length=300, blank=True, default="")
    """Their part of the work, apart from the others' (S4-56)."""
    footing = coded(Footing)
    because = models.TextField(blank=True, default="")
    """Why without agreement."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = CaseMembers.as_manager()

    class Meta:
        constraints = (
            only("kind", MemberKind, "case_member_kind_is_known"),
            only("footing", Footing, "case_member_footing_is_known"),
            models.CheckConstraint(
                condition=Q(kind=MemberKind.PRACTITIONER.value, post__isnull=False)
                | (~Q(kind=MemberKind.PRACTITIONER.value) & Q(post__isnull=True) & ~Q(name="")),
                name="case_member_has_post_or_name",
            ),
            models.CheckConstraint(
                condition=Q(footing=Footing.AGREED.value) | ~Q(because=""),
                name="case_member_without_agreement_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="case_member_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("case", "post"),
                condition=Q(ends_at__isnull=True, post__isnull=False),
                name="case_member_once_by_post",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"
