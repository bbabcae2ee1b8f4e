"""Posts: who works in which team, as what, from when until when, and who answers for them."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models.agency import Agency
from joinedup.foundations.agencies.models.team import Team
from joinedup.foundations.agencies.roles import ROLES

_ROLES = [(role.code, role.name) for role in ROLES]


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
    home_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="staff_elsewhere"
    )
    """Who employs them and keeps their line and money, where that is not the team's agency (S0-56)."""
    operational_manager = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="manages"
    )
    """Who directs the day's work; may be another than who supervises it (S4-17)."""
    professional_supervisor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supervises"
    )

    objects = Posts.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                # On the day it starts: it was entered by mistake and nobody ever held it.
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_no_earlier_than_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(operational_manager__isnull=True) | ~Q(operational_manager=F("id")),
                name="post_does_not_manage_itself",
            ),
            models.CheckConstraint(
                condition=Q(professional_supervisor__isnull=True)
                | ~Q(professional_supervisor=F("id")),
                name="post_does_not_supervise_itself",
            ),
            models.UniqueConstraint(
                fields=("user", "team", "role"),
                condition=Q(ends_on__isnull=True),
                name="post_held_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} in {self.team_id}"

    @property
    def employer(self) -> Agency:
        """The agency whose employee holds this post."""
        return self.home_agency or self.team.agency
