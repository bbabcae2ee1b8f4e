"""Who has looked at a person, when and why: for the person, and for those who read the audit (P14)."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.audit.queries.lines import (
    Looked,
    look_at_moment,
    looks_to_tell,
    post_behind,
)
from joinedup.identity.sharing.access import OWN_PAGE_PURPOSE, NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.gateways import OWN_PAGE
from joinedup.identity.sharing.queries.told_looks import UNTOLD, told_lines

ON_A_PAGE = 50
OURSELVES = "Joined Up itself; nobody read it"
YOURSELF = "You"
ALL = frozenset(Category)


@dataclass(frozen=True)
class Look:
    """One look as it is told: agency, role, reason, categories and time; no name."""

    entry_id: uuid.UUID
    at: datetime.datetime
    agency: str
    role: str
    reason: str
    categories: tuple[str, ...]
    may_ask_name: bool
    post_id: uuid.UUID | None = None
    """Whose look it was, so that one's looks of a day stand together; shown nowhere."""
    by_decision: bool = False
    """It leaves no trace of itself: the agency that took it decided that the person is told."""


@dataclass(frozen=True)
class Looks:
    """Looks, newest first; `earlier` is where the next ones begin, if there are any."""

    looks: tuple[Look, ...]
    earlier: datetime.datetime | None


def looks_at(
    viewer: Viewer,
    person_ids: Iterable[uuid.UUID],
    *,
    before: datetime.datetime | None = None,
    most: int = ON_A_PAGE,
) -> Looks:
    """Who has looked, for the person themselves or for somebody who reads the audit.

    `person_ids` are the identifiers of one person, of every merge. Looks that leave no trace are
    left out before anything is counted or cut into pages, but for those of which the agency that took
    them decided that they are told, without a name. On the person’s own page so are those by an
    agency whose very name reveals, and of the categories only those are told that the page itself
    shows: somebody may be made to open it before another (P39). Raises NotPermitted.
    """
    _may_ask(viewer)
    people = list(person_ids)
    with acting(viewer):
        decided = told_lines(people)
        asked = partial(
            looks_to_tell, people, unnamed=_unnamed(viewer), told_all_the_same=decided, **_untold()
        )
        found = asked(before=before, most=most)
        last = found[-1].at if len(found) >= most else None
        more = last is not None and bool(asked(before=last, most=1))
        posts = _posts(one.post_id for one in found)
    told = ALL if viewer.own_access_id is None else OWN_PAGE
    shown = (_told(one, posts, told, by_decision=one.entry_id in decided) for one in found)
    return Looks(tuple(shown), last if more else None)


def one_look(viewer: Viewer, person_ids: Iterable[uuid.UUID], entry_id: uuid.UUID) -> Look | None:
    """One look as it is told, by the first of its lines; None for any that is not told of. Raises NotPermitted."""
    _may_ask(viewer)
    people = list(person_ids)
    with acting(viewer):
        line = look_at_moment(entry_id, people)
        if line is None:
            return None
        before = line + datetime.timedelta(microseconds=1)
    found = looks_at(viewer, people, before=before, most=1).looks
    return next((each for each in found if each.entry_id == entry_id), None)


def name_behind(
    viewer: Viewer,
    person_ids: Iterable[uuid.UUID],
    entry_id: uuid.UUID,
    *,
    at: datetime.datetime,
) -> str:
    """The name of whoever took that look, on request; that it was asked leaves its line.

    Raises NotPermitted, also for a look that is not told of: as if there were none.
    """
    _may_ask(viewer)
    with acting(viewer):
        post_id = post_behind(entry_id, person_ids, **_untold())
        found = Post.objects.select_related("user").filter(pk=post_id).first() if post_id else None
        if found is None:
            raise NotPermitted("There is no such look.")
        record_change(
            at=at, post_id=viewer.post_id, act="asked who looked", subject_kind="audit line",
            subject_id=str(entry_id), purpose=viewer.purpose,
        )  # fmt: skip
    return found.user.name


def _unnamed(viewer: Viewer) -> list[str]:
    if viewer.own_access_id is None:
        return []
    return list(Agency.objects.filter(name_reveals=True).values_list("code", flat=True))


class _Untold(TypedDict):
    purposes_untold: list[str]
    posts_untold: list[uuid.UUID]


def _untold() -> _Untold:
    """Of which looks nothing is told, also where their lines are older than that rule (P14)."""
    protected = Post.objects.filter(user__is_protected=True)
    return {
        "purposes_untold": list(UNTOLD),
        "posts_untold": list(protected.values_list("pk", flat=True)),
    }


def _may_ask(viewer: Viewer) -> None:
    if viewer.own_access_id is None:
        viewer.must(Permission.READ_AUDIT)


def _posts(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Post]:
    wanted = {one for one in ids if one is not None}
    return Post.objects.select_related("team__agency").in_bulk(list(wanted))


def _told(
    one: Looked, posts: dict[uuid.UUID, Post], told: frozenset[Category], *, by_decision: bool
) -> Look:
    post = posts.get(one.post_id) if one.post_id else None
    agency = post.team.agency.name if post else one.agency
    if not post and not one.agency:
        agency = YOURSELF if one.purpose == OWN_PAGE_PURPOSE else OURSELVES
    return Look(
        entry_id=one.entry_id,
        at=one.at,
        agency=agency,
        role=role(post.role).name if post else "",
        reason=reason(one.purpose),
        categories=tuple(category(code) for code in one.categories if code in told),
        may_ask_name=post is not None and not by_decision,
        post_id=one.post_id,
        by_decision=by_decision,
    )


def reason(purpose: str) -> str:
    """The purpose in words, be it a code or a sentence already."""
    return Purpose(purpose).label if purpose in set(Purpose) else purpose


def category(code: str) -> str:
    """The category in words."""
    return Category(code).label if code in set(Category) else code.replace("_", " ").capitalize()
