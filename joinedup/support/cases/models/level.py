"""The level of need of a case over time, one at a time."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.level import LevelSource
from joinedup.support.cases.models.case import Case
from joinedup.support.cases.models.threshold import ThresholdDocument


class CaseLevel(models.Model):
    """That a case is at a level from a moment until another: why, by whom, in which document's words."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField()
    source = coded(LevelSource)
    because = models.TextField()
    document = models.ForeignKey(
        ThresholdDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("case", "starts_at"), name="case_level_over_time"),)
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(ends_at__isnull=True), name="case_level_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3, 4]), name="case_level_is_known"),
            only("source", LevelSource, "case_level_source_is_known"),
            models.CheckConstraint(condition=~Q(because=""), name="case_level_has_reason"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="case_level_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"level {self.level} of {self.case_id}"
