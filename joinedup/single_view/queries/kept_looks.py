"""Looks that people are not told of, for those of the agency who decide whether they are (P14)."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.queries.lines import KeptLook
from joinedup.identity.sharing.access import Viewer, acting, looking
from joinedup.identity.sharing.models import ToldLook
from joinedup.identity.sharing.queries.told_looks import (
    decisions_on,
    kept_looks,
    one_kept_look,
    why_not_told,
)

ON_A_PAGE = 50


@dataclass(frozen=True)
class Kept:
    """One such look, who took it, and what was decided of it, the newest first."""

    look: KeptLook
    post: Post
    decided: tuple[ToldLook, ...]

    @property
    def is_told(self) -> bool:
        """Whether the person is told of it as things stand."""
        return bool(self.decided) and self.decided[0].taken_back_at is None


@dataclass(frozen=True)
class KeptLooks:
    """A page of them; `earlier` is where the next begins, if there are any."""

    looks: tuple[Kept, ...]
    earlier: datetime.datetime | None
    why_not: str
    """Why none of them can be told, where that is so."""


def looks_kept(
    viewer: Viewer,
    *,
    at: datetime.datetime,
    before: datetime.datetime | None = None,
    person_id: uuid.UUID | None = None,
) -> KeptLooks:
    """The agency's own looks that people are not told of, newest first; reading them is a look.

    Raises NotPermitted.
    """
    with looking(viewer, at=at, subject_kind="looks kept back") as about:
        about["person_id"] = person_id
        about["traceless"] = True
        found = kept_looks(viewer, most=ON_A_PAGE, before=before, person_id=person_id)
        last = found[-1].at if len(found) >= ON_A_PAGE else None
        more = last is not None and kept_looks(viewer, most=1, before=last, person_id=person_id)
        return KeptLooks(_with_posts(viewer, found), last if more else None, why_not_told(viewer))


def look_kept(viewer: Viewer, entry_id: uuid.UUID, *, at: datetime.datetime) -> Kept | None:
    """One of them, by the first of its lines; None for any other. Raises NotPermitted."""
    found = one_kept_look(viewer, entry_id)
    if found is None or found.entry_id != entry_id:
        return None
    kind, subject = "look kept back", str(entry_id)
    with looking(viewer, at=at, subject_kind=kind, subject_id=subject) as about:
        about["person_id"] = found.person_id
        about["traceless"] = True
        return _with_posts(viewer, [found])[0]


def _with_posts(viewer: Viewer, found: list[KeptLook]) -> tuple[Kept, ...]:
    decided = decisions_on(viewer, [each.entry_id for each in found])
    with acting(viewer):
        posts = Post.objects.select_related("user", "team__agency").in_bulk(
            {each.post_id for each in found}
        )
    return tuple(
        Kept(each, posts[each.post_id], tuple(decided.get(each.entry_id, ()))) for each in found
    )
