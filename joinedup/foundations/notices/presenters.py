"""How notices and undelivered e-mails read on their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from joinedup.foundations.core.wording import moment
from joinedup.foundations.notices.choices import Failure, NoticeKind
from joinedup.foundations.notices.models import Notice


@dataclass(frozen=True)
class Line:
    """One notice as a line of the list."""

    sentence: str
    when: str
    href: str
    unread: bool


def line(notice: Notice) -> Line:
    """A notice in words."""
    return Line(
        sentence=NoticeKind(notice.kind).about.sentence,
        when=moment(notice.at),
        href=reverse("notice", kwargs={"notice_id": notice.pk}),
        unread=notice.read_at is None,
    )


def undelivered(messages: Iterable[Any]) -> list[dict[str, Any]]:
    """Each message that was given up: to whom, why, after how many tries."""
    return [
        {
            "id": message.pk,
            "name": message.post.user.name,
            "post": f"{message.post.get_role_display()}, {message.post.team.agency.name}",
            "why": Failure(message.failure).label if message.failure else "",
            "tries": message.tries,
            "since": moment(message.ended_at),
        }
        for message in messages
    ]
