"""Teams, and the parts of the place each serves from one day until another."""

import datetime
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models.agency import Agency
from joinedup.foundations.places.models import Area, Locality, Lsoa, Practice

_KINDS_OF_PLACE = ("locality", "practice", "lsoa", "area")


def _only(kind: str | None) -> Q:
    """That kind of place is named and no other; None is the whole of it."""
    others = {f"{each}__isnull": each != kind for each in _KINDS_OF_PLACE}
    return Q(whole_place=kind is None, **others)


class Team(models.Model):
    """People of one agency who work together; TeamArea says where they serve."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    is_sensitive = models.BooleanField(default=False)
    """What it records stays in the team: its agency's other teams do not own it (P8)."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agency", "name"), name="team_name_once_in_an_agency"),
        )

    def __str__(self) -> str:
        return self.name


class TeamAreas(models.QuerySet["TeamArea"]):
    """Where teams serve, asked in sentences."""

    def on(self, day: datetime.date) -> Self:
        """Where teams served on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class TeamArea(models.Model):
    """That a team serves one part of the place, or the whole, from one day until another.

    A team may have several, of different kinds, and they may overlap with each other and with other
    teams' (S0-67, S3-34).
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="areas")
    locality = models.ForeignKey(
        Locality, on_delete=models.PROTECT, null=True, blank=True, related_name="team_areas"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="team_areas"
    )
    lsoa = models.ForeignKey(
        Lsoa, on_delete=models.PROTECT, null=True, blank=True, related_name="team_areas"
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="team_areas"
    )
    whole_place = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = TeamAreas.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=reduce(or_, map(_only, (*_KINDS_OF_PLACE, None))),
                name="team_area_is_one_place",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="team_area_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("team", "locality", "practice", "lsoa", "area", "whole_place"),
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="team_area_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"team {self.team_id}"
