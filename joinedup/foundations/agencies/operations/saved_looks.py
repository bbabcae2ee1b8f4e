"""Keep a way of looking at a list under a name, and forget it again."""

import uuid

from joinedup.foundations.agencies.models import SavedLook

LONGEST_TITLE, LONGEST_QUERY = 60, 500


class CannotKeepLook(Exception):
    """Why a way of looking cannot be kept; says how to mend it."""


def keep_look[Look: SavedLook](
    kind: type[Look], *, post_id: uuid.UUID | None, title: str, query: str
) -> Look:
    """Keep it for this post; the same name is kept anew. Raises CannotKeepLook."""
    called = " ".join(title.split())
    if not called or len(called) > LONGEST_TITLE:
        raise CannotKeepLook(f"Give it a name of up to {LONGEST_TITLE} letters.")
    if not query:
        raise CannotKeepLook("Narrow the list first; then keep that under a name.")
    if len(query) > LONGEST_QUERY:
        raise CannotKeepLook("This search is too long to keep. Shorten it.")
    if post_id is None:
        raise CannotKeepLook("Only a post keeps ways of its own.")
    kept, _ = kind._default_manager.update_or_create(
        post_id=post_id, title=called, defaults={"query": query}
    )
    return kept


def forget_look(kind: type[SavedLook], *, post_id: uuid.UUID | None, look_id: int) -> None:
    """Forget one that this post kept; another's stays."""
    kind._default_manager.filter(pk=look_id, post=post_id).delete()
