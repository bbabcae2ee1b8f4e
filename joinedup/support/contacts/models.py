"""Contacts, the profile of how somebody is safely reached, and what they need to be understood (P32)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.contacts.choices import Channel, How, Need, Seen


class Contact(models.Model):
    """One contact, or one note: when, who, how, whether seen, their words, and when it was written.

    It is never rewritten; a correction is another that stands instead of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    how = coded(How)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    with_whom = models.CharField(max_length=200, blank=True, default="")
    seen = coded(Seen, default=Seen.NOT_APPLICABLE)
    their_words = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    despite = models.TextField(blank=True, default="")
    """Why a way was taken that the safe-contact profile forbids."""
    needs_met = models.CharField(max_length=200, blank=True, default="")
    """Who interpreted, or how else the person's needs were met."""
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        constraints = (
            only("how", How, "contact_how_is_known"),
            only("seen", Seen, "contact_seen_is_known"),
            models.CheckConstraint(
                condition=~Q(words="", their_words=""), name="contact_says_something"
            ),
            models.CheckConstraint(
                condition=Q(how=How.APPOINTMENT.value) | Q(recorded_at__gte=F("at")),
                name="contact_is_written_after_it_was",
            ),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True) | ~Q(instead_of=F("id")),
                name="contact_does_not_correct_itself",
            ),
        )
        indexes = (models.Index(fields=("matter", "-at"), name="contact_of_matter"),)

    def __str__(self) -> str:
        return f"{self.how} in {self.matter_id}"


class ContactProfile(models.Model):
    """How somebody is safely reached, and how they must never be; it rules every channel.

    It stands on the matter that it was asked in and follows the person, where they are known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="contact_profiles")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_profiles"
    )
    forbidden = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    number = models.CharField(max_length=60, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    from_time = models.TimeField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    interpreter = models.CharField(max_length=100, blank=True, default="")
    safe_words = models.CharField(max_length=200, blank=True, default="")
    """How to say who one is, and what to say when somebody else answers."""
    words = models.TextField(blank=True, default="")
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(forbidden__contained_by=[channel.value for channel in Channel]),
                name="contact_profile_forbids_known_channels",
            ),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, until_time__isnull=True)
                | Q(from_time__isnull=False, until_time__isnull=False),
                name="contact_profile_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="contact_profile_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(ends_at__isnull=True, person__isnull=False),
                name="contact_profile_one_of_a_person",
            ),
            models.UniqueConstraint(
                fields=("matter",),
                condition=Q(ends_at__isnull=True, person__isnull=True),
                name="contact_profile_one_of_a_matter",
            ),
        )

    def __str__(self) -> str:
        return f"contact profile {self.pk}"


class CommunicationNeed(models.Model):
    """What somebody needs to understand and be understood, from when it was said until it changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="communication_needs")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="communication_needs"
    )
    kind = coded(Need)
    words = models.CharField(max_length=200, blank=True, default="")
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("kind", Need, "communication_need_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="communication_need_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=Q(ends_at__isnull=True, person__isnull=False),
                name="communication_need_once_of_a_person",
            ),
            models.UniqueConstraint(
                fields=("matter", "kind"),
                condition=Q(ends_at__isnull=True, person__isnull=True),
                name="communication_need_once_in_a_matter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} in {self.matter_id}"
