"""That somebody of a case is one of those a service is meant for; a tag that tells of their health (S4-3)."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.client_group import ClientGroup, Fit
from joinedup.support.cases.models.case import Case


class ClientGroupTags(models.QuerySet["ClientGroupTag"]):
    """Tags, asked about in sentences."""

    def standing(self) -> Self:
        """Those that hold still."""
        return self.filter(ends_on__isnull=True)


class ClientGroupTag(models.Model):
    """One person of a case in one group, on somebody's word, from a day until another.

    It is seen as its holder's data of its category: having a part in the case alone shows it to nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="client_groups")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    group = coded(ClientGroup)
    category = coded(Category)
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ill_since = models.DateField(null=True, blank=True)
    """Since about when, where the group asks for that."""
    affects = models.TextField()
    """How it bears on daily life: what makes it severe."""
    whose_word = models.CharField(max_length=200)
    worked_out = coded(Fit)
    """What the rule of that day came to."""
    because = models.TextField(blank=True, default="")
    """Why they are in the group although the rule says no."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = ClientGroupTags.as_manager()

    class Meta:
        constraints = (
            only("group", ClientGroup, "client_group_is_known"),
            only("worked_out", Fit, "client_group_fit_is_known"),
            models.CheckConstraint(
                condition=Q(category__in=sorted({group.category.value for group in ClientGroup})),
                name="client_group_category_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(affects="") & ~Q(whose_word=""), name="client_group_rests_on_a_word"
            ),
            models.CheckConstraint(
                condition=Q(worked_out=Fit.FITS.value) | ~Q(because=""),
                name="client_group_against_its_rule_has_reason",
            ),
            models.UniqueConstraint(
                fields=("case", "person", "group", "holder"),
                condition=Q(ends_on__isnull=True),
                name="client_group_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ended_because="")
                | (Q(ends_on__gte=F("starts_on")) & ~Q(ended_because="")),
                name="client_group_ends_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.group} {self.pk}"
