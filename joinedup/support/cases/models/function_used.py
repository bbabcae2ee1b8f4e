"""Under which function of the law something is done in a case, and by whom (S0-33, S4-43)."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.support.cases.models.case import Case


class FunctionUsed(models.Model):
    """That a function of the law is carried out in a case by a named post, from a moment until another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="functions")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    function = coded(FunctionCode)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="functions_used")
    because = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("function", FunctionCode, "function_used_is_known"),
            models.CheckConstraint(condition=~Q(because=""), name="function_used_has_reason"),
            models.UniqueConstraint(
                fields=("case", "function", "post"),
                condition=Q(ends_at__isnull=True),
                name="function_used_once_by_a_post",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="function_used_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.function} in {self.case_id}"
