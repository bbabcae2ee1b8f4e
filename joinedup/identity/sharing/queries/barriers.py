"""Barriers to sharing, and the executives one can go up to; about no person."""

import datetime

from django.db.models import F, QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import ROLES
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.identity.sharing.models import SharingBarrier
from joinedup.identity.sharing.queries.agreements import MAY_READ

MAY_TELL = (*MAY_READ, Permission.RECORD_CONSENT)
_EXECUTIVE = [role.code for role in ROLES if Permission.SIGN_AGREEMENTS in role.permissions]


def barriers(viewer: Viewer) -> QuerySet[SharingBarrier]:
    """The log: what waits first, oldest first. Front-line posts see their own agency's. Raises NotPermitted."""
    if not any(viewer.may(permission) for permission in MAY_TELL):
        raise NotPermitted("Your role does not open the log of barriers.")
    found = SharingBarrier.objects.select_related(
        "agency",
        "told_by__user",
        "told_by__team__agency",
        "escalated_to__user",
        "escalated_to__team__agency",
        "answered_by__user",
        "answered_by__team__agency",
    ).order_by(F("answered_at").desc(nulls_first=True), "told_at")
    if any(viewer.may(permission) for permission in MAY_READ):
        return found
    return found.filter(agency=viewer.agency)


def executives(day: datetime.date) -> QuerySet[Post]:
    """The posts that decide for their agency on that day: those who sign for it."""
    return (
        Post.objects.held_on(day)
        .filter(role__in=_EXECUTIVE)
        .select_related("user", "team__agency")
        .order_by("team__agency__name", "user__name")
    )
