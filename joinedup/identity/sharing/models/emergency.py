"""Ways past a closed door that are loud: emergency access, and the release of a restricted address."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import EmergencyOutcome, EmergencyReason, OwnFactor, PageFor
from joinedup.identity.sharing.models.words import coded, only


class EmergencyAccess(models.Model):
    """One post sees one person for some hours, said why, told to each holder, reviewed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergency_accesses")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="emergency_accesses")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reason = coded(EmergencyReason)
    words = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    outcome = coded(EmergencyOutcome, blank=True, default="")
    outcome_words = models.TextField(blank=True, default="")
    reviewed_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person",), name="emergency_of_person"),)
        constraints = (
            only("reason", EmergencyReason, "emergency_reason_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="emergency_has_words"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="emergency_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("post")),
                name="emergency_reviewed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"emergency access {self.pk}"


class AddressRelease(models.Model):
    """A restricted address asked for; released or relayed by a duty manager of the holder, two acting (P13)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="address_releases")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    asked_at = models.DateTimeField()
    first = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_at = models.DateTimeField(null=True, blank=True)
    second = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    relayed = models.BooleanField(
        default=False, help_text="The message was carried; the address was not shown."
    )
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(second__isnull=True) | (Q(first__isnull=False) & ~Q(second=F("first"))),
                name="release_by_two_people",
            ),
            models.CheckConstraint(
                condition=(Q(first__isnull=True) | ~Q(first=F("asked_by")))
                & (Q(second__isnull=True) | ~Q(second=F("asked_by"))),
                name="release_never_by_who_asks",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="release_says_why"),
        )

    def __str__(self) -> str:
        return f"address release {self.pk}"


class RestrictedAddress(models.Model):
    """Where an address restricted for safety is kept: a room of its own, out of the record (P13).

    Keyed by the agency's record, so that each night puts a newly delivered one here and not back.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="restricted_addresses"
    )
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record_key = models.TextField()
    address = models.JSONField(
        help_text="address, postcode, previous_address, previous_postcode, uprn, phone, email, address_key"
    )
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("holder", "record_key"), name="restricted_address_once"
            ),
        )

    def __str__(self) -> str:
        return f"restricted address {self.pk}"


class OwnAccess(models.Model):
    """A person's code to their own page, handed over in person after a coercion check (P39)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="own_accesses")
    code_hash = models.CharField(max_length=200, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    handed_over_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField()
    asked_about_coercion = models.BooleanField()
    opened_first_at = models.DateTimeField(null=True, blank=True)
    opened_last_at = models.DateTimeField(null=True, blank=True)
    opened_before_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The opening before the last: by it a person sees that somebody else was there.",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    right = coded(PageFor, default=PageFor.PERSON)
    """By what right whoever holds the code sees the page."""
    held_by = models.CharField(max_length=120, blank=True, default="")
    """Who holds it, where that is not the person."""
    paper = models.CharField(max_length=200, blank=True, default="")
    """The document that was seen, and when."""
    factor = models.CharField(
        max_length=10, blank=True, default="",
        choices=[(each.value, each.label) for each in OwnFactor],
    )  # fmt: skip
    """The second thing beside the code; chosen at the first opening."""
    factor_secret = models.TextField(blank=True, default="")
    """The number's hash, or the app's seed sealed."""
    factor_step = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(asked_about_coercion=True), name="own_access_after_coercion_check"
            ),
            only("right", PageFor, "own_access_right_is_known"),
            models.CheckConstraint(
                condition=Q(right=PageFor.PERSON.value) | ~Q(held_by=""),
                name="own_access_of_another_names_them",
            ),
            models.CheckConstraint(
                condition=Q(right__in=(PageFor.PERSON.value, PageFor.AGREED.value)) | ~Q(paper=""),
                name="own_access_by_law_shows_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(factor="", factor_secret="")
                | (Q(factor__in=[each.value for each in OwnFactor]) & ~Q(factor_secret="")),
                name="own_access_factor_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"own access {self.pk}"
