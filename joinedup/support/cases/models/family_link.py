"""Who is whose parent, as practitioners wrote it down: what the generations of a family are drawn from (S0-19)."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.generations import ParentKind
from joinedup.support.cases.models.case import Case


class FamilyLinks(models.QuerySet["FamilyLink"]):
    """Links between generations, asked about in sentences."""

    def standing(self) -> Self:
        """Those that none stands instead of, and that were not taken back."""
        return self.filter(corrected_by__isnull=True, is_taken_back=False)


class FamilyLink(models.Model):
    """One is the parent of the other, on somebody's word; somebody without a record is written by name.

    It is seen for safeguarding a child alone, and only by whoever sees each of the two. It is never
    edited: another stands instead of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_links")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    parent_name = models.CharField(max_length=120, blank=True, default="")
    child = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    child_name = models.CharField(max_length=120, blank=True, default="")
    kind = coded(ParentKind)
    told_by = models.CharField(max_length=200)
    told_on = models.DateField()
    is_taken_back = models.BooleanField(default=False)
    because = models.TextField(blank=True, default="")
    """Why it stands instead of another, or was taken back."""
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    objects = FamilyLinks.as_manager()

    class Meta:
        constraints = (
            only("kind", ParentKind, "family_link_kind_is_known"),
            models.CheckConstraint(
                condition=Q(parent__isnull=False, parent_name="")
                | (Q(parent__isnull=True) & ~Q(parent_name="")),
                name="family_link_names_one_parent",
            ),
            models.CheckConstraint(
                condition=Q(child__isnull=False, child_name="")
                | (Q(child__isnull=True) & ~Q(child_name="")),
                name="family_link_names_one_child",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(child__isnull=False),
                name="family_link_has_somebody_known",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(child__isnull=True) | ~Q(parent=F("child")),
                name="family_link_of_two_people",
            ),
            models.CheckConstraint(condition=~Q(told_by=""), name="family_link_has_source"),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True) | ~Q(because=""),
                name="family_link_corrected_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"family link {self.pk}"
