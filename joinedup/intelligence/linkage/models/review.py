"""Clerical review: the pairs, what reviewers answered, and corrections told to the source."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Record
from joinedup.intelligence.linkage.choices import Answer, PairStatus
from joinedup.intelligence.linkage.models.night import Night


class ReviewPair(models.Model):
    """Two records that may be of one person: a human decides."""

    id = models.BigAutoField(primary_key=True)
    record_a = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="pairs")
    record_b = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="pairs_too")
    weight = models.FloatField()
    because = models.TextField()
    hard = models.BooleanField(default=False)
    status = models.CharField(
        max_length=20,
        choices=[(status.value, status.label) for status in PairStatus],
        default=PairStatus.OPEN.value,
    )
    night = models.ForeignKey(
        Night, on_delete=models.PROTECT, related_name="review_pairs", db_index=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("record_a", "record_b"), name="review_pair_once"),
            models.CheckConstraint(
                condition=~Q(record_a=F("record_b")), name="review_pair_of_two_records"
            ),
        )
        indexes = (models.Index(fields=("status", "-weight"), name="review_queue"),)

    def __str__(self) -> str:
        return f"pair {self.pk}"


class ReviewDecision(models.Model):
    """One reviewer's answer to one pair; undone, never altered."""

    id = models.BigAutoField(primary_key=True)
    pair = models.ForeignKey(ReviewPair, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="review_decisions")
    answer = models.CharField(
        max_length=20, choices=[(answer.value, answer.label) for answer in Answer]
    )
    second = models.BooleanField(
        default=False, help_text="Given as a second opinion; it stands over the first."
    )
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("pair", "by"),
                condition=Q(undone_at__isnull=True),
                name="one_answer_of_a_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")),
                name="decision_undone_after_made",
            ),
        )

    def __str__(self) -> str:
        return f"decision on pair {self.pair_id}"


class Correction(models.Model):
    """Something a source record has wrong, to be told to the agency that holds it (P5)."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40)
    because = models.TextField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    mended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("record", "field"),
                condition=Q(mended_on__isnull=True),
                name="correction_told_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.field} of record {self.record_id}"
