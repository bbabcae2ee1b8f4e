"""Whom a word about sharing touches: who reads it, and who sees more or less for it; nobody else hears of it (P8)."""

import datetime
import uuid

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import Consent, Involvement
from joinedup.identity.sharing.queries.known import Ids, same_person

Sight = frozenset[tuple[str, object]]


class Touched:
    """The posts that are themselves involved, and how each stood to the person before the word counted.

    Made while a new word stands and before sight follows it, or before a yes is taken back. A word of a
    refuge, or a no to whoever would receive, is not read by all it is about: to be told of it would tell them.
    """

    def __init__(self, by: uuid.UUID | None, said: Consent, at: datetime.datetime) -> None:
        self._said, self._group = said, same_person(said.person_id)
        self._posts = _involved(by, said, self._group, at)
        self._read = {post.post_id for post in self._posts if _reads(post, said)}
        self._before = {post: self._sight(post) for post in self._others()}

    def now(self) -> list[uuid.UUID]:
        """Whom to tell: those who read the word, and those whose sight of the person it has changed."""
        changed = {
            post.post_id for post in self._others() if self._sight(post) != self._before[post]
        }
        told = self._read | changed
        return [post.post_id for post in self._posts if post.post_id in told and post.post_id]

    def _others(self) -> list[Viewer]:
        return [post for post in self._posts if post.post_id not in self._read]

    def _sight(self, post: Viewer) -> Sight:
        """What is shown to the post, thing by thing."""
        with acting(post):
            return frozenset(
                (model.__name__, key)
                for model in (Record, Holding, HoldingSummary, HoldingDetail)
                for key in model.objects.filter(person__in=self._group).values_list("pk", flat=True)
            )


def _involved(
    by: uuid.UUID | None, said: Consent, group: Ids, at: datetime.datetime
) -> list[Viewer]:
    """The posts that are themselves involved, of the agency that receives or of any, but the one that wrote it."""
    found = Involvement.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at), person__in=group, starts_at__lte=at
    )
    if said.recipient_id is not None:
        found = found.filter(agency=said.recipient_id)
    held = Post.objects.held_on(day_of(at)).filter(
        pk__in=found.values("post"), user__is_active=True
    )
    posts = held.select_related("user", "team__agency").order_by("pk")
    return [Viewer.of_post(post, purpose=_purpose(post, said)) for post in posts if post.pk != by]


def _purpose(post: Post, said: Consent) -> str:
    """The purpose that was spoken of, where the post works for it; else its usual one."""
    return said.purpose if said.purpose in role(post.role).purposes else ""


def _reads(post: Viewer, said: Consent) -> bool:
    with acting(post):
        return Consent.objects.filter(pk=said.pk).exists()
