"""What answers came to by a framework of that day, and what a professional signed."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.models.assessment import Assessment, AssessmentSection
from joinedup.support.cases.models.case import Case


class EligibilityDecision(models.Model):
    """One signed decision; only added to, and the latest of an assessment and a test counts.

    `worked_out` is what the framework's lines came to, and `line` the line that decided. Where what is
    signed differs from it, that is an override and has its reason.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="eligibility")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="eligibility")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    section = models.ForeignKey(AssessmentSection, on_delete=models.PROTECT, related_name="+")
    """Whose signed answers it was worked out from."""
    test = coded(Test)
    framework = models.CharField(max_length=60)
    """The framework of that day, by its code and its first day."""
    worked_out = coded(Outcome)
    line = models.TextField()
    signed = coded(Outcome)
    because = models.TextField(blank=True, default="")
    signed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("test", Test, "eligibility_test_is_known"),
            only("worked_out", Outcome, "eligibility_worked_out_is_known"),
            only("signed", Outcome, "eligibility_signed_is_known"),
            models.CheckConstraint(
                condition=Q(signed=F("worked_out")) | ~Q(because=""),
                name="eligibility_override_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(signed=Outcome.TOO_LITTLE_KNOWN.value),
                name="eligibility_signed_says_which",
            ),
        )

    def __str__(self) -> str:
        return f"{self.test} {self.signed} {self.assessment_id}"
