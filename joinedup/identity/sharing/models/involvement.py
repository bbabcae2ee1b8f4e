"""Why a team or a practitioner is in somebody's life, and what keeps eyes away."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import DisclosureDecision, Purpose, RestrictionKind
from joinedup.identity.sharing.models.words import coded, only


class Involvement(models.Model):
    """A team's, or one post's, reason to be in someone's life, from a moment until another.

    With `post` empty the whole team is involved. It is itself a headline: who is involved.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="involvements")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    because = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("person",), name="involvement_of_person"),
            models.Index(fields=("team", "person"), name="involvement_of_team"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="involvement_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.team_id} with {self.person_id}"


class Restriction(models.Model):
    """Something is kept from eyes that would see it: an address, a post, a holder's own decision.

    `safety_address`: the holder's address and contact details of the person go to a room of their
    own (P13). `barred_post`: this post sees nothing of this person (a relative, a neighbour).
    `holder_withholds`: the holder withholds these categories from everybody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    kind = coded(RestrictionKind)
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    barred = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="barred_from"
    )
    categories = ArrayField(models.CharField(max_length=40), default=list)
    because = models.CharField(max_length=200)
    set_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person",), name="restriction_of_person"),)
        constraints = (
            only("kind", RestrictionKind, "restriction_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=RestrictionKind.BARRED_POST, barred__isnull=False)
                | (~Q(kind=RestrictionKind.BARRED_POST) & Q(barred__isnull=True)),
                name="restriction_bars_a_post",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="restriction_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Disclosure(models.Model):
    """A holder's recorded decision to show, or not to show, categories to one agency (P9, 16LA).

    Its fields follow the ICO's request and decision form; not sharing needs its reason too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disclosures")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    purpose = coded(Purpose)
    categories = ArrayField(models.CharField(max_length=40))
    decision = coded(DisclosureDecision)
    reason = models.TextField()
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person",), name="disclosure_of_person"),)
        constraints = (
            only("purpose", Purpose, "disclosure_purpose_is_known"),
            only("decision", DisclosureDecision, "disclosure_decision_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="disclosure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("decided_at")),
                name="disclosure_ends_after_decided",
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision} {self.pk}"
