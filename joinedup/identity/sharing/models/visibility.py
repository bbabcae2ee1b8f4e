"""What is seen: derived, in the transaction of the fact that changes it; read by row security alone."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.models.words import coded


def _mask(what: str) -> "models.BigIntegerField[int, int]":
    return models.BigIntegerField(default=0, help_text=what)


class Masks(models.Model):
    """Which categories are seen at each level, and which are told of though withheld (P8)."""

    headline = _mask("Categories seen at least as a headline")
    summary = _mask("Categories seen at least as a summary")
    detail = _mask("Categories seen in detail")
    told_in_full = _mask("Withheld, and told in full")
    told_existence = _mask("Withheld, and told as existence only")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="Infinity is the year 9999.")

    class Meta:
        abstract = True


class AgencySight(Masks):
    """What an agency sees of a holder's people for a purpose when nothing is known of the person."""

    id = models.BigAutoField(primary_key=True)
    recipient = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    purpose = coded(Purpose)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "holder", "purpose", "starts_at"), name="agency_sight_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="agency_sight_ends_later"
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient_id} of {self.holder_id}"


class Visibility(Masks):
    """What one recipient sees of one person in one holder's data for one purpose, for a span of time.

    `recipient` is `post:<uuid>` (rank 3), `team:<id>` (rank 2) or `agency:<code>` (rank 1). For a
    person, holder and purpose the row of the highest rank among the viewer's recipients counts, and
    replaces AgencySight; it was derived with everything known. There is a row only where a fact
    about the person makes it differ from AgencySight. Spans do not overlap.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    recipient = models.CharField(max_length=50)
    rank = models.SmallIntegerField()
    holder = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    purpose = coded(Purpose)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                # In this order the wall finds the highest rank first.
                fields=("person", "holder", "purpose", "rank", "recipient", "starts_at"),
                name="visibility_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="visibility_ends_later"
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient} of {self.person_id}"
