"""Write down who is whose parent, put such a line right, take one back: to safeguard a child alone (S0-19, P36)."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.generations import ParentKind
from joinedup.support.cases.models import FamilyLink
from joinedup.support.cases.operations.editing import CannotPlan, at_work_on, case_of
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.generations import (
    Key,
    candidates,
    gathered,
    may_see_generations,
)
from joinedup.support.cases.rules.generations import why_not_linked
from joinedup.support.handovers.operations.grounds import leave_a_line


class CannotLink(CannotPlan):
    """Two people cannot be linked so; says why."""


@dataclass(frozen=True)
class LinkSaid:
    """Who is whose parent: each by who they are, or by a name where they are in no record that is seen."""

    parent: uuid.UUID | str
    child: uuid.UUID | str
    kind: ParentKind
    told_by: str
    told_on: datetime.date


def link_family(*, by: Viewer, frame: Frame, said: LinkSaid, at: datetime.datetime) -> FamilyLink:
    """Write down that one is the other's parent. Raises CannotLink, CannotPlan, NoPart."""
    _must_be_let(by, at)
    _must_stand(by, frame, said, at, instead_of=None)
    with at_work_on(by, frame.matter_id):
        made = FamilyLink.objects.create(**_row(by, frame.matter_id, said, at))
        leave_a_line(by, frame.matter_id, "wrote down who is whose parent", at)
    return made


def correct_link(
    *,
    by: Viewer,
    frame: Frame,
    link_id: uuid.UUID,
    said: LinkSaid | None,
    because: str,
    at: datetime.datetime,
) -> FamilyLink:
    """Let another line stand instead of one, or none: both stay, with the reason.

    Raises CannotLink, CannotPlan, NoPart, FamilyLink.DoesNotExist.
    """
    _must_be_let(by, at)
    if not because.strip():
        raise CannotLink("Say what was wrong.")
    matter_id = case_of(by, FamilyLink, link_id)
    if matter_id != frame.matter_id:
        raise CannotLink("It was written in another case. Ask whoever leads that one.")
    if said is not None:
        _must_stand(by, frame, said, at, instead_of=link_id)
    with at_work_on(by, matter_id):
        was = FamilyLink.objects.get(pk=link_id)
        if was.is_taken_back or FamilyLink.objects.filter(instead_of=was).exists():
            raise CannotLink("Another line stands instead of it already. Open the page again.")
        row = _row(by, matter_id, said, at) if said else _as_it_was(was, by, at)
        made = FamilyLink.objects.create(**row, instead_of=was, because=because.strip())
        leave_a_line(by, matter_id, "corrected who is whose parent", at)
    return made


def _must_be_let(by: Viewer, at: datetime.datetime) -> None:
    if not may_see_generations(by, at):
        raise CannotLink(
            "Generations are joined to safeguard a child alone, where this place has let it."
        )


def _must_stand(
    by: Viewer,
    frame: Frame,
    said: LinkSaid,
    at: datetime.datetime,
    *,
    instead_of: uuid.UUID | None,
) -> None:
    """What the actor sees decides, and nothing else: no refusal tells of a line they do not see (P8)."""
    if not said.told_by.strip():
        raise CannotLink("Say on whose word.")
    if said.told_on > day_of(at):
        raise CannotLink("The day is still to come.")
    ends: tuple[Key, Key] = (said.parent, said.child)
    if all(isinstance(each, str) for each in ends):
        raise CannotLink("One of the two is somebody of this family: choose them.")
    if not all(each.strip() if isinstance(each, str) else True for each in ends):
        raise CannotLink("Choose both, or write the name of whoever is in no record.")
    known = candidates(by, frame, at)
    if any(each not in known for each in ends if isinstance(each, uuid.UUID)):
        raise CannotLink("Choose people of this case, of this family or of their home.")
    family = gathered(by, frame, at)
    born = {key: p.born_on for key, p in family.people.items() if p.born_on is not None}
    others = [
        e for e in family.links if instead_of is None or e.row is None or e.row.pk != instead_of
    ]
    refused = why_not_linked(
        said.parent, said.child, [(each.parent, each.child) for each in others], born
    )
    if refused:
        raise CannotLink(refused)


def _row(
    by: Viewer, case_id: uuid.UUID, said: LinkSaid, at: datetime.datetime
) -> dict[str, object]:
    row: dict[str, object] = {
        "case_id": case_id, "holder_id": by.agency, "kind": said.kind, "told_by": said.told_by.strip(),
        "told_on": said.told_on, "by_post_id": by.post_id, "recorded_at": at,
    }  # fmt: skip
    for side, end in (("parent", said.parent), ("child", said.child)):
        row |= {f"{side}_name": end.strip()} if isinstance(end, str) else {f"{side}_id": end}
    return row


def _as_it_was(was: FamilyLink, by: Viewer, at: datetime.datetime) -> dict[str, object]:
    same = (
        "case_id",
        "parent_id",
        "parent_name",
        "child_id",
        "child_name",
        "kind",
        "told_by",
        "told_on",
    )
    row: dict[str, object] = {name: getattr(was, name) for name in same}
    return row | {
        "holder_id": by.agency, "by_post_id": by.post_id, "recorded_at": at, "is_taken_back": True,
    }  # fmt: skip
