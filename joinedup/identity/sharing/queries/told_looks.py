"""Looks that leave no trace for the person, as whoever decides of telling reads them (P14)."""

import datetime
import uuid
from collections.abc import Iterable

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.audit.queries.lines import KeptLook, looks_kept_back
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.models import ToldLook
from joinedup.identity.sharing.queries.facts import identifiers_of

UNTOLD = tuple(each.value for each in Purpose if each.leaves_no_trace_for_the_person)
"""The purposes of which a person is told nothing, unless somebody decides that they are."""


def kept_looks(
    viewer: Viewer,
    *,
    most: int,
    before: datetime.datetime | None = None,
    person_id: uuid.UUID | None = None,
) -> list[KeptLook]:
    """Looks of the viewer's agency that are kept from people, newest first, or those at one person.

    Those of protected staff are not among them: they are told by nobody. Raises NotPermitted.
    """
    viewer.must(Permission.TELL_LOOKS)
    same = None if person_id is None else identifiers_of(person_id)
    with acting(viewer):
        return looks_kept_back(
            viewer.agency, purposes=UNTOLD, but_by=_protected(), people=same, before=before,
            most=most,
        )  # fmt: skip


def one_kept_look(viewer: Viewer, entry_id: uuid.UUID) -> KeptLook | None:
    """The look that this line is of; none of another agency or of protected staff. Raises NotPermitted."""
    viewer.must(Permission.TELL_LOOKS)
    with acting(viewer):
        found = looks_kept_back(
            viewer.agency, purposes=UNTOLD, but_by=_protected(), most=1, only=entry_id
        )
    return found[0] if found else None


def decisions_on(viewer: Viewer, entries: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[ToldLook]]:
    """What was decided of each of these looks, the newest first."""
    found: dict[uuid.UUID, list[ToldLook]] = {}
    with acting(viewer):
        told = ToldLook.objects.filter(entry__in=list(entries), agency=viewer.agency)
        for each in told.select_related("decided_by__user", "taken_back_by__user").order_by(
            "-decided_at"
        ):
            found.setdefault(each.entry, []).append(each)
    return found


def why_not_told(viewer: Viewer) -> str:
    """Why no look of the viewer's agency is told on an own page, however it is decided; empty if it may be."""
    if Agency.objects.filter(code=viewer.agency, name_reveals=True).exists():
        return (
            "The name of your agency alone would tell something of the person, and somebody may stand "
            "beside them when they read their page (P39). Tell them yourself."
        )
    return ""


def told_lines(person_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """The lines of looks at these identifiers of one person of which somebody decided that they are told."""
    standing = ToldLook.objects.filter(person__in=list(person_ids), taken_back_at=None)
    return [line for lines in standing.values_list("lines", flat=True) for line in lines]


def _protected() -> list[uuid.UUID]:
    return list(Post.objects.filter(user__is_protected=True).values_list("pk", flat=True))
