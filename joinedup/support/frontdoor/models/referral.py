"""A referral: who is meant, what is going on, who sent it, and what its sender may hear."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import (
    Agreement,
    EntryRoute,
    ForWhom,
    MatchAnswer,
    Need,
    ReferralState,
    Source,
)
from joinedup.support.frontdoor.models.intake import Venue


class Referral(models.Model):
    """One referral, as it was sent; its sender may read it again, so nothing matched stands in it.

    `submission_key` is made by the form when it is first shown: the same submission twice is one.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="referral"
    )
    reference = models.CharField(max_length=12, unique=True)
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4)
    entry = coded(EntryRoute)
    source = coded(Source)
    state = coded(ReferralState, default=ReferralState.SUBMITTED)
    for_whom = coded(ForWhom, default=ForWhom.PERSON)
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    by_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(max_length=40, blank=True, default="")
    going_on = models.TextField()
    wanted = models.TextField(blank=True, default="")
    """What the person wants, in their words."""
    needs = ArrayField(models.CharField(max_length=40), default=list)
    agencies_needed = ArrayField(models.CharField(max_length=40), default=list)
    """Kinds of help the referrer says are needed, by kind of agency (P16): the test, not evidence."""
    agreement = coded(Agreement)
    agreement_because = models.TextField(blank=True, default="")
    inform_by = models.DateField(null=True, blank=True)
    """Article 14: by when a person who was not told must be."""
    is_urgent = models.BooleanField(default=False)
    sender_name = models.CharField(max_length=200, blank=True, default="")
    sender_reach = models.CharField(max_length=200, blank=True, default="")
    """How somebody who is not signed in may be reached; empty where they gave nothing."""
    hand_offs_before = models.PositiveSmallIntegerField(default=0)
    """How often the person was passed on before, as the referrer says (S2-28)."""
    submitted_at = models.DateTimeField()
    state_at = models.DateTimeField()
    reason_told = models.TextField(blank=True, default="")
    """Why this route, built from what the referrer typed or may see and from nothing else (P17)."""

    class Meta:
        indexes = (
            models.Index(fields=("state", "submitted_at"), name="referral_by_state"),
            models.Index(fields=("by_post", "-submitted_at"), name="referral_by_sender"),
        )
        constraints = (
            only("entry", EntryRoute, "referral_entry_is_known"),
            only("source", Source, "referral_source_is_known"),
            only("state", ReferralState, "referral_state_is_known"),
            only("for_whom", ForWhom, "referral_for_whom_is_known"),
            only("agreement", Agreement, "referral_agreement_is_known"),
            models.CheckConstraint(
                condition=~Q(agreement=Agreement.NOT_INFORMED) | ~Q(agreement_because=""),
                name="referral_not_informed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(needs__contained_by=[need.value for need in Need]),
                name="referral_needs_are_known",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Subject(models.Model):
    """Somebody a referral is for, as they were typed: the spine is not touched by it."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="subjects")
    place = models.PositiveSmallIntegerField(default=1)
    given_name = models.CharField(max_length=200, blank=True, default="")
    family_name = models.CharField(max_length=200, blank=True, default="")
    born_on = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    """Where no birth date is known, as the referrer guesses it."""
    address = models.CharField(max_length=300, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    no_fixed_address = models.BooleanField(default=False)
    phone = models.CharField(max_length=30, blank=True, default="")
    relation = models.CharField(max_length=100, blank=True, default="")
    school = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "place"), name="subject_place_once"),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__lte=120), name="subject_age_to_120"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} of {self.matter_id}"


class Match(models.Model):
    """What the spine answered of a subject, and who decided whom it is: never for the referrer."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="matches")
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="match")
    answer = coded(MatchAnswer)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who decided; empty where the spine was sure."""
    at = models.DateTimeField()

    class Meta:
        constraints = (only("answer", MatchAnswer, "match_answer_is_known"),)

    def __str__(self) -> str:
        return f"{self.answer} for {self.subject_id}"


class Receipt(models.Model):
    """All that a refer-only partner is told: received, when, by which number (P18)."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="receipt"
    )
    reference = models.CharField(max_length=12)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class Progress(models.Model):
    """One thing the referrer is told of what became of it, without detail they may not see."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="progress")
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        indexes = (models.Index(fields=("matter", "at"), name="progress_of_matter"),)

    def __str__(self) -> str:
        return f"{self.matter_id} at {self.at}"
