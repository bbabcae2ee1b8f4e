"""Whose record is whose: the history of links, possible links, and the spine's events."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person, Record
from joinedup.intelligence.linkage.choices import SpineEventKind, Tier
from joinedup.intelligence.linkage.models.night import Night
from joinedup.intelligence.linkage.models.review import ReviewPair


class Link(models.Model):
    """The assertion, with its evidence, that a record is of a person, until it is taken back."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="links", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    tier = models.CharField(max_length=20, choices=[(tier.value, tier.label) for tier in Tier])
    weight = models.FloatField(null=True, blank=True)
    because = models.TextField()
    pair = models.ForeignKey(
        ReviewPair,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="links",
        db_index=False,
        help_text="The reviewed pair that made this link, until a night makes its own.",
    )
    night = models.ForeignKey(Night, on_delete=models.PROTECT, related_name="links", db_index=False)
    ended_night = models.ForeignKey(
        Night,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="links_ended",
        db_index=False,
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("record",), condition=Q(ended_on__isnull=True), name="record_of_one_person"
            ),
        )
        indexes = (
            models.Index(
                fields=("record",), condition=Q(ended_on__isnull=False), name="links_that_ended"
            ),
            models.Index(fields=("pair",), condition=Q(pair__isnull=False), name="links_decided"),
        )

    def __str__(self) -> str:
        return f"record {self.record_id} is {self.person_id}"


class PossibleLink(models.Model):
    """Possibly the same person: for analytics and for asking, never one person on a screen."""

    id = models.BigAutoField(primary_key=True)
    person_a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="possibly")
    person_b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="possibly_too")
    weight = models.FloatField()
    because = models.TextField()
    night = models.ForeignKey(
        Night, on_delete=models.PROTECT, related_name="possible_links", db_index=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person_a", "person_b"), name="possible_link_once"),
            models.CheckConstraint(
                condition=Q(person_a__lt=F("person_b")), name="possible_link_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_a_id} possibly {self.person_b_id}"


class SpineEvent(models.Model):
    """What happened to a person of the spine, by a night or by a reviewer, and why."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    night = models.ForeignKey(
        Night, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="spine_events"
    )
    kind = models.CharField(max_length=20, choices=[(k.value, k.label) for k in SpineEventKind])
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="events")
    other = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="events_of_others"
    )
    because = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(night__isnull=False) | Q(by__isnull=False),
                name="spine_event_has_its_author",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
