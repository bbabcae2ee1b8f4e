"""Outcome measures taken of a person or a carer: at the start, at a review, at the end."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.models.carer import Carer
from joinedup.support.cases.models.case import Case
from joinedup.support.questions.models import SetVersion


class Measurement(models.Model):
    """That a measure was taken; its answers are `questions.Answer` rows from the first to the last named."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measurements")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    subject = models.PositiveSmallIntegerField()
    measure = coded(MeasureCode)
    point = coded(MeasurePoint)
    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="+")
    first_answer = models.BigIntegerField()
    last_answer = models.BigIntegerField()
    taken_on = models.DateField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("measure", MeasureCode, "measurement_measure_is_known"),
            only("point", MeasurePoint, "measurement_point_is_known"),
            models.UniqueConstraint(
                fields=("case", "subject", "measure"),
                condition=Q(point=MeasurePoint.START.value),
                name="measurement_starts_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(carer__isnull=False),
                name="measurement_of_person_or_carer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.point} {self.case_id}"
