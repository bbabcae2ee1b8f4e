"""Agencies, their teams, and the posts people hold in them."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.places.models import Locality

_KINDS = [(kind.value, kind.label) for kind in AgencyKind]
_ROLES = [(role.code, role.name) for role in ROLES]


class Agency(models.Model):
    """A body that has joined the partnership."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=_KINDS)
    ods_code = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in _KINDS]), name="agency_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People of one agency who work together, in one locality or across the place."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    locality = models.ForeignKey(
        Locality, on_delete=models.PROTECT, null=True, blank=True, related_name="teams"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agency", "name"), name="team_name_once_in_an_agency"),
        )

    def __str__(self) -> str:
        return self.name


class Posts(models.QuerySet["Post"]):
    """Posts, asked about in sentences."""

    def held_on(self, day: datetime.date) -> Self:
        """Posts that somebody holds on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Post(models.Model):
    """One person's place in a team, with a role, from one day until another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40, choices=_ROLES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = Posts.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="post_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("user", "team", "role"),
                condition=Q(ends_on__isnull=True),
                name="post_held_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} in {self.team_id}"
