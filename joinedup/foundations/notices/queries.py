"""What pages ask about notices: a post's own, how many wait, and e-mails that could not be delivered."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.notices.choices import How, NoticeKind, Outcome
from joinedup.foundations.notices.models import Attempt, Message, Notice, Preference
from joinedup.foundations.notices.rules import how_it_goes


def notices_of(viewer: AtWork) -> QuerySet[Notice]:
    """The viewer's own notices, newest first."""
    return Notice.objects.filter(post=viewer.post_id).order_by("-at", "pk")


def how_many_wait(viewer: AtWork) -> int:
    """How many of the viewer's own notices nobody has opened."""
    return Notice.objects.unread().filter(post=viewer.post_id).count()


def preferences_of(viewer: AtWork) -> dict[NoticeKind, How]:
    """How each kind of notice comes to the viewer's post."""
    chosen = dict(Preference.objects.filter(post=viewer.post_id).values_list("kind", "how"))
    return {
        kind: how_it_goes(kind, How(chosen[kind]) if kind in chosen else None)
        for kind in NoticeKind
    }


def undelivered(viewer: AtWork) -> QuerySet[Message]:
    """E-mails that were given up, newest first, with the last failure; raises NotPermitted."""
    viewer.must(Permission.SEE_NOTICES_UNDELIVERED)
    last = Attempt.objects.filter(message=OuterRef("pk")).order_by("-at", "-pk")
    given_up = Message.objects.filter(outcome=Outcome.GIVEN_UP)
    return (
        given_up.select_related("post__user", "post__team__agency")
        .annotate(failure=Subquery(last.values("failure")[:1]), tries=Count("attempts"))
        .order_by("-ended_at", "pk")
    )


def being_tried(viewer: AtWork) -> int:
    """How many e-mails wait after a failed attempt; raises NotPermitted."""
    viewer.must(Permission.SEE_NOTICES_UNDELIVERED)
    return (
        Message.objects.filter(outcome=Outcome.WAITING, attempts__isnull=False).distinct().count()
    )
