"""Who answers for a matter at each instant, and who stands in for whom."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.handovers.choices import Answers


class Duties(models.QuerySet["Duty"]):
    """Duties, asked about in sentences."""

    def current(self) -> Self:
        """Those that have not ended."""
        return self.filter(ends_at__isnull=True)


class Duty(models.Model):
    """That one named post answers for a matter, from a moment until before another (P33).

    One follows upon the other without a gap, from the first until the matter is closed. `instead_of`
    is the post that the duty is, where another answers for it: on leave, or ended.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="duties")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="duties")
    instead_of = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answers = coded(Answers, default=Answers.ITSELF)
    because = models.CharField(max_length=200)
    is_quiet = models.BooleanField(default=False)
    """The agency's very name tells something: not for those who only hear of progress (P17)."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = Duties.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("matter", "starts_at"), name="duty_for_matter"),
            models.Index(
                fields=("post",), condition=Q(ends_at__isnull=True), name="duty_of_post_now"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("matter",), condition=Q(ends_at__isnull=True), name="duty_of_one_at_a_time"
            ),
            only("answers", Answers, "duty_answers_is_known"),
            models.CheckConstraint(
                condition=Q(answers=Answers.ITSELF) ^ Q(instead_of__isnull=False),
                name="duty_instead_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="duty_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} for {self.matter_id}"


class Cover(models.Model):
    """That a post stands in for another while it is away, from a day until before another."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covers")
    covered_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covering")
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("post", "starts_on"), name="cover_of_post"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(post=F("covered_by")), name="cover_is_by_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.covered_by_id} for {self.post_id}"

    def holds(self, day: datetime.date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= day < self.ends_on
