"""The threshold document: what each level of need means, by version, from a day on (S0-72)."""

import datetime

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post


class ThresholdDocuments(models.QuerySet["ThresholdDocument"]):
    """Versions of the document, asked about in sentences."""

    def published(self) -> "ThresholdDocuments":
        """Those that a second person has published."""
        return self.filter(published_at__isnull=False)

    def on(self, day: datetime.date) -> "ThresholdDocument | None":
        """The version in force on that day."""
        return (
            self.published().filter(starts_on__lte=day).order_by("-starts_on", "-version").first()
        )


class ThresholdDocument(models.Model):
    """One version of the partnership's threshold document; published it is never changed."""

    version = models.PositiveIntegerField(primary_key=True)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    """Whose words they are, and on what they rest."""
    because = models.TextField(blank=True, default="")
    """What is new in it and why."""
    starts_on = models.DateField()
    proposed_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ThresholdDocuments.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("proposed_by")),
                name="threshold_published_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="threshold_published_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(source=""), name="threshold_has_title_and_source"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version}"


class ThresholdLevel(models.Model):
    """What one level means in one version: its name, a sentence, and what one sees, a line each."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(ThresholdDocument, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    sentence = models.CharField(max_length=300)
    descriptors = models.TextField()
    who_leads = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("document", "level"), name="threshold_describes_a_level_once"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[1, 2, 3, 4]), name="threshold_level_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"level {self.level} of version {self.document_id}"

    @property
    def lines(self) -> list[str]:
        """What one sees, line by line."""
        return [line.strip() for line in self.descriptors.splitlines() if line.strip()]
