"""Who said whom a referral is about, and what was taken back of that."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import MatchAnswer
from joinedup.support.frontdoor.models.referral import Subject


class Settling(models.Model):
    """That a subject of a referral was said to be this person, or nobody known here; for the front door alone.

    Wrong ones are taken back with a reason and stay on record.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="settlings")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="settlings")
    answer = coded(MatchAnswer)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who decided; empty where the spine was sure, and was wrong."""
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_because = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            only("answer", (MatchAnswer.OURS, MatchAnswer.NOT_FOUND), "settling_answer_is_known"),
            models.CheckConstraint(
                condition=Q(answer=MatchAnswer.OURS, person__isnull=False)
                | Q(answer=MatchAnswer.NOT_FOUND, person__isnull=True),
                name="settling_names_a_person_or_nobody",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_because=""
                )
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_because=""),
                name="settling_taken_back_says_why",
            ),
            models.UniqueConstraint(
                fields=("subject",),
                condition=Q(taken_back_at__isnull=True),
                name="settling_one_of_a_subject",
            ),
        )

    def __str__(self) -> str:
        return f"{self.answer} for {self.subject_id}"
