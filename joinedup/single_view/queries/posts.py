"""What signing in asks: the posts somebody holds."""

import datetime
import uuid

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post


def posts_of(user_id: uuid.UUID, day: datetime.date) -> list[Post]:
    """The posts somebody holds on a day, with team and agency; no viewer yet, they choose one."""
    held = Post.objects.held_on(day).filter(user_id=user_id).select_related("team__agency")
    return list(held.order_by("starts_on", "id"))


def account_of_post(post_id: uuid.UUID) -> User:
    """The account of whoever holds a post."""
    return Post.objects.select_related("user").get(pk=post_id).user
