"""Somebody by the words that whoever reads may read of them; the spine is not opened by it."""

from django.db import models

from joinedup.identity.people.models import Person


class NamedPerson(models.Model):
    """Who, how old, from where, in which relation, in their place among those who are named."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=400)
    born_on = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    address = models.CharField(max_length=300, blank=True, default="")
    """Empty where it is restricted: nobody needs one to decide (P13)."""
    relation = models.CharField(max_length=100, blank=True, default="")
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True
