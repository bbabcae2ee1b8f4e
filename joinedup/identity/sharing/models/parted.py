"""That an identifier turned out to be two people's: what was written to it before may be the other's."""

from django.db import models

from joinedup.identity.people.models import Person


class PartedPerson(models.Model):
    """One half of a split, and when it was found. It names the half alone and ties it to no other (P2).

    What somebody wrote or was answered on their own page before is not shown there from then on: whoever
    opens it next may be the other of the two.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("person",), name="parted_person_of"),)

    def __str__(self) -> str:
        return f"half of a split {self.pk}"
