"""Professional leads who can be asked, what one asked them, and what was asked of oneself; viewer first."""

import datetime
import uuid

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.partnership.workforce.models import ProfessionalAdvice

_WITH = ("from_post__user", "from_post__team__agency", "to_post__user", "to_post__team__agency")


def leads(viewer: Viewer, today: datetime.date) -> list[Post]:
    """Whoever supervises somebody professionally today: the viewer's own lead first, then by name."""
    if viewer.post_id is None:
        return []
    held = Post.objects.held_on(today).filter(user__is_active=True)
    supervise = held.exclude(professional_supervisor=None).values("professional_supervisor")
    found = held.filter(pk__in=supervise).exclude(pk=viewer.post_id)
    own = (
        Post.objects.filter(pk=viewer.post_id)
        .values_list("professional_supervisor", flat=True)
        .first()
    )
    rows = found.select_related("user", "team__agency").order_by("user__name", "pk")
    return sorted(rows, key=lambda each: each.pk != own)


def asked(viewer: Viewer) -> list[ProfessionalAdvice]:
    """What the viewer asked and what they were asked: what waits first, then the newest."""
    with reading(viewer):
        mine = ProfessionalAdvice.objects.filter(
            Q(from_post=viewer.post_id) | Q(to_post=viewer.post_id)
        )
        rows = list(mine.select_related(*_WITH).order_by("-asked_at", "pk")[:200])
    return sorted(rows, key=lambda each: each.answered_at is not None)


def one_asked(viewer: Viewer, advice_id: uuid.UUID) -> ProfessionalAdvice:
    """One question with its answer; raises ProfessionalAdvice.DoesNotExist for anybody else."""
    with reading(viewer):
        return ProfessionalAdvice.objects.select_related(*_WITH).get(pk=advice_id)


def asked_of_me(viewer: Viewer) -> list[ProfessionalAdvice]:
    """What waits for the viewer's advice, the first due first."""
    with reading(viewer):
        found = ProfessionalAdvice.objects.filter(to_post=viewer.post_id, answered_at__isnull=True)
        return list(found.select_related(*_WITH).order_by("due_at", "pk"))
