"""How posts and localities read on their pages."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.queries import LocalityShown
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day, number


def state(post: Post, today: datetime.date) -> str:
    """From when until when, in words."""
    if post.ends_on and post.ends_on <= today:
        return f"Ended on {day(post.ends_on)}"
    until = f" until {day(post.ends_on)}" if post.ends_on else ""
    return (
        f"From {day(post.starts_on)}{until}"
        if post.starts_on > today or until
        else f"Since {day(post.starts_on)}"
    )


def posts_table(posts: Iterable[Post], today: datetime.date) -> Table:
    """The list of posts."""
    rows = [
        [
            Cell(post.user.name, note=post.user.email, href=reverse("post", args=[post.pk])),
            Cell(post.get_role_display()),
            Cell(post.team.name, note=_agencies(post)),
            Cell(state(post, today)),
        ]
        for post in posts
    ]
    return table("Posts", ["Who", "Role", "Team", Column("When")], rows)


def about(post: Post, today: datetime.date) -> list[dict[str, Any]]:
    """One post, as rows of a summary list."""
    rows = [
        ("Role", post.get_role_display()),
        ("Team", f"{post.team.name}, {post.team.agency.name}"),
        ("Employed by", post.employer.name),
        ("When", state(post, today)),
        ("E-mail address", post.user.email),
        ("Operational manager", _who(post.operational_manager)),
        ("Professional supervisor", _who(post.professional_supervisor)),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]


def _agencies(post: Post) -> str:
    if post.home_agency:
        return f"{post.team.agency.name}; employed by {post.home_agency.name}"
    return post.team.agency.name


def _who(post: Post | None) -> str:
    if post is None:
        return "Nobody entered"
    return f"{post.user.name}, {post.get_role_display()}, {post.team.agency.name}"


def localities(found: Sequence[LocalityShown], today: datetime.date) -> Table:
    """The register of localities."""
    return table(
        "Localities", ["Locality", "Stands", "From", "Practices", "Teams", "People"],
        [
            [
                Cell(
                    each.locality.name, note=each.locality.code,
                    href=reverse("locality", args=[each.locality.code]),
                ),
                each.stands(today),
                _from_to(each),
                str(len(each.practices)),
                str(len(each.teams)),
                number(each.people),
            ]
            for each in found
        ],
    )  # fmt: skip


def locality_teams(found: LocalityShown) -> Table:
    """The teams that serve a locality or a part of it."""
    rows = [[each.name, each.agency.name] for each in found.teams]
    return table("Teams that serve it", ["Team", "Agency"], rows)


def _from_to(found: LocalityShown) -> str:
    until = f" until {day(found.locality.ends_on)}" if found.locality.ends_on else ""
    return f"{day(found.locality.starts_on)}{until}"
