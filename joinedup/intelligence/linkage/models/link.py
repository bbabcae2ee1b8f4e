"""Whose record was whose before, who may be one person, and what became of persons."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person, Record
from joinedup.intelligence.linkage.choices import SpineEventKind, Tier
from joinedup.intelligence.linkage.models.night import Night
from joinedup.intelligence.linkage.models.review import ReviewPair


class Link(models.Model):
    """An earlier assertion that a record is of a person; the one that stands is on the record.

    It was ended by a night, or by reviewers who answered a pair.
    """

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="earlier_links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="earlier_links")
    tier = models.CharField(max_length=20, choices=[(tier.value, tier.label) for tier in Tier])
    weight = models.FloatField(null=True, blank=True)
    because = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    night = models.ForeignKey(
        Night, on_delete=models.PROTECT, null=True, blank=True, related_name="links_ended"
    )
    pair = models.ForeignKey(
        ReviewPair, on_delete=models.SET_NULL, null=True, blank=True, related_name="links_ended"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="link_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"record {self.record_id} was {self.person_id}"


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
