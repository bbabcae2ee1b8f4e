"""Reviews of a case, its supervision, and what a manager signs off."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.review import LeastStep, SignedThing
from joinedup.support.cases.models.case import Case
from joinedup.support.cases.models.plan import PlanVersion


class CaseReviews(models.QuerySet["CaseReview"]):
    """Reviews, asked about in sentences."""

    def booked(self) -> Self:
        """Those still to be held."""
        return self.filter(held_on__isnull=True)


class CaseReview(models.Model):
    """A review of a case: due by a rule, held with whoever was there, and what it came to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    due_on = models.DateField()
    rule = models.CharField(max_length=200)
    """Whose word the day is, as it read when it was booked."""
    held_on = models.DateField(null=True, blank=True)
    present = models.TextField(blank=True, default="")
    person_words = models.TextField(blank=True, default="")
    found = models.TextField(blank=True, default="")
    least_step = coded(LeastStep, blank=True, default="")
    why_not_less = models.TextField(blank=True, default="")
    person_would_choose = models.TextField(blank=True, default="")
    before = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The plan as it stood last time."""
    after = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The plan as it was reviewed."""
    held_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    """When lead and manager were told that it is late."""
    edited = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_in = models.CharField(max_length=100, blank=True, default="")

    objects = CaseReviews.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("due_on",), condition=Q(held_on__isnull=True), name="case_review_due"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(held_on__isnull=True), name="case_review_one_booked"
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, least_step="")
                | Q(held_on__isnull=False, least_step__in=[step.value for step in LeastStep]),
                name="case_review_held_comes_to_a_step",
            ),
            models.CheckConstraint(
                condition=~Q(least_step__in=["as_it_is", "more"]) | ~Q(why_not_less=""),
                name="case_review_says_why_not_less",
            ),
        )

    def __str__(self) -> str:
        return f"review of {self.case_id} by {self.due_on}"


class CaseSupervision(models.Model):
    """Professional supervision of somebody's work at a case: apart from any sign-off (P37)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supervisions")
    of_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="supervised_in")
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="supervised_at")
    asked_at = models.DateTimeField()
    held_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, default="")
    agreed = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("by_post",), condition=Q(held_on__isnull=True), name="supervision_waits"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(of_post=F("by_post")), name="supervision_by_somebody_else"
            ),
            models.UniqueConstraint(
                fields=("case", "of_post", "by_post"),
                condition=Q(held_on__isnull=True),
                name="supervision_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | ~Q(words=""), name="supervision_held_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"supervision at {self.case_id}"


class SignOffs(models.QuerySet["SignOff"]):
    """Sign-offs, asked about in sentences."""

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(answered_at__isnull=True)


class SignOff(models.Model):
    """That a manager was asked to sign off somebody's work, and what they answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sign_offs")
    thing = coded(SignedThing)
    version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_offs"
    )
    review = models.ForeignKey(
        CaseReview, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_offs"
    )
    author = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="wrote_for_sign_off")
    asked_of = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="asked_to_sign_off")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="signed_off"
    )
    is_signed = models.BooleanField(default=False)
    """Signed; else, once answered, sent back with words."""
    author_had_left = models.BooleanField(default=False)
    words = models.TextField(blank=True, default="")

    objects = SignOffs.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("asked_of",), condition=Q(answered_at__isnull=True), name="sign_off_waits"
            ),
        )
        constraints = (
            only("thing", SignedThing, "sign_off_thing_is_known"),
            models.CheckConstraint(
                condition=~Q(author=F("asked_of"))
                & (Q(answered_by__isnull=True) | ~Q(author=F("answered_by"))),
                name="sign_off_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_signed=False)
                | Q(is_signed=True, answered_at__isnull=False)
                | (Q(answered_at__isnull=False) & ~Q(words="")),
                name="sign_off_sent_back_with_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing} of {self.case_id}"
