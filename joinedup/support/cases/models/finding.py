"""What an assessment found: strengths and needs in their own words, and how they hang together."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.finding import FindingKind, NeedCode
from joinedup.support.cases.models.assessment import Assessment
from joinedup.support.cases.models.case import Case


class Findings(models.QuerySet["Finding"]):
    """Strengths and needs, asked about in sentences."""

    def standing(self) -> Self:
        """Those that were neither corrected nor are over."""
        return self.filter(ends_at__isnull=True, corrected_by__isnull=True)

    def strengths(self) -> Self:
        """What somebody has to build on."""
        return self.filter(kind=FindingKind.STRENGTH)

    def needs(self) -> Self:
        """What somebody needs."""
        return self.filter(kind=FindingKind.NEED)


class Finding(models.Model):
    """A strength or a need of one person of a case, or of all of them; a code is never required (S3-16)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    """Whose it is; empty is the family's."""
    kind = coded(FindingKind)
    code = coded(NeedCode, blank=True, default="")
    words = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = Findings.as_manager()

    class Meta:
        constraints = (
            only("kind", FindingKind, "finding_kind_is_known"),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__in=[code.value for code in NeedCode]),
                name="finding_code_is_known",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="finding_says_something"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("recorded_at")),
                name="finding_ends_after_it_was_found",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FindingLink(models.Model):
    """That one need makes another worse, or a strength helps with it: they are met together (S4-55)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="affects")
    affects = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="affected_by")
    words = models.CharField(max_length=300, blank=True, default="")
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("finding", "affects"), name="finding_linked_once"),
            models.CheckConstraint(
                condition=~Q(finding=F("affects")), name="finding_affects_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.finding_id} affects {self.affects_id}"
