"""A way back into an account is made by somebody else, and its holder is told, whoever uses it."""

import datetime
from uuid import UUID

from django.db import transaction

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.factors import clear_factors
from joinedup.foundations.accounts.operations.passwords import invite
from joinedup.foundations.accounts.operations.sessions import end_sessions
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell


def new_way_in(*, by: UUID, user: User, at: datetime.datetime) -> str:
    """A one-time code for a lost password, to hand over; its holder is told by e-mail at once."""
    with transaction.atomic():
        code = invite(by=by, user=user, at=at)
        _tell_the_holder(by, user, at)
    return code


def clear_second_factors(*, by: UUID, user: User, at: datetime.datetime) -> None:
    """Take somebody's second factors, sign them out everywhere, and tell them."""
    with transaction.atomic():
        clear_factors(by=by, user=user, at=at)
        end_sessions(by=by, user_id=user.pk, at=at)
        _tell_the_holder(by, user, at)


def _tell_the_holder(by: UUID, user: User, at: datetime.datetime) -> None:
    """In one of their posts: every notice is of a post, and the e-mail goes to the one account."""
    post = Post.objects.held_on(day_of(at)).filter(user=user).order_by("pk").first()
    if post is not None:
        tell(by=by, posts=[post.pk], kind=NoticeKind.ACCOUNT_TAKEN_OVER, link="/account/", at=at)
