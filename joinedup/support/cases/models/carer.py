"""Whoever looks after somebody of a case unpaid, and the assessment of their own they were offered."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.carer import CarerAnswer, CarerFoundBy
from joinedup.support.cases.models.case import Case


class Carer(models.Model):
    """Somebody who looks after a person of the case; of the spine where that is known, else by name (S0-49).

    `number` counts the carers of a case; what is asked of a carer is kept apart by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="carers")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cares"
    )
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=120, blank=True, default="")
    born_on = models.DateField(null=True, blank=True)
    cares_for = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cared_for_by")
    found_by = coded(CarerFoundBy)
    identified_on = models.DateField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("found_by", CarerFoundBy, "carer_found_by_is_known"),
            models.UniqueConstraint(fields=("case", "number"), name="carer_number_once"),
            models.UniqueConstraint(
                fields=("case", "person", "cares_for"),
                condition=Q(ends_on__isnull=True, person__isnull=False),
                name="carer_once_for_a_person",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("cares_for")),
                name="carer_is_another",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="carer_has_a_name"),
        )

    def __str__(self) -> str:
        return f"carer {self.number} of {self.case_id}"


class CarerOffer(models.Model):
    """That a carer was offered an assessment of their own on a day, and what they said."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="offers")
    offered_on = models.DateField()
    answer = coded(CarerAnswer)
    because = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("answer", CarerAnswer, "carer_offer_answer_is_known"),
            models.CheckConstraint(
                condition=~Q(answer=CarerAnswer.DECLINED.value) | ~Q(because=""),
                name="carer_offer_declined_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.answer} {self.carer_id}"
