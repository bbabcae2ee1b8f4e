"""Somebody of a case turned out to be two people: what was written before is placed entry by entry."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.models.case import Case


def of_its_people(person: str = "person") -> Q:
    """Of rows that name a person of their case: all but those placed with somebody whom it is not about.

    What was placed with the other of two who were parted, and is not in a case of theirs yet, stands
    under this case still and is shown on no page of it.
    """
    parted = CaseSplit.objects.filter(case=OuterRef("case_id"), goes=OuterRef(person))
    named = MatterPerson.objects.filter(matter=OuterRef("case_id"), person=OuterRef(person))
    return ~Exists(parted) | Exists(named)


class CaseSplit(models.Model):
    """That a person of a case was parted in two by the spine, and what of the case is to be placed."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="splits")
    event = models.BigIntegerField()
    """The spine's own event; no foreign key, for where an identity is sealed the event goes (P2)."""
    stays = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Whom the case is about."""
    goes = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who turned out to be somebody else."""
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "event"), name="case_split_once"),
            models.CheckConstraint(
                condition=~Q(stays=models.F("goes")), name="case_split_makes_two"
            ),
        )

    def __str__(self) -> str:
        return f"split in {self.case_id}"


class Placing(models.Model):
    """One thing written before a split, and to whom it belongs; until that is decided it stays and is marked.

    `kind` and `row` name it in the register of what is placed (queries/placing.py).
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placings")
    split = models.ForeignKey(CaseSplit, on_delete=models.PROTECT, related_name="placings")
    kind = models.CharField(max_length=40)
    row = models.UUIDField()
    belongs_to = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("split", "kind", "row"), name="placing_once"),
            models.CheckConstraint(
                condition=Q(
                    belongs_to__isnull=True, decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(belongs_to__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="placing_is_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"
