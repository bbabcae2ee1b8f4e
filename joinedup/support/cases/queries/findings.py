"""The strengths and needs of a case, strengths first, each with what it affects."""

import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.finding import FindingKind, NeedCode
from joinedup.support.cases.models import Finding, FindingLink, of_its_people
from joinedup.support.cases.queries.frame import Frame


@dataclass(frozen=True)
class FindingShown:
    """A strength or a need: whose, and what hangs on it."""

    finding: Finding
    whose: str
    code: str
    by_name: str
    affects: tuple[str, ...]
    affected_by: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What stands in a case."""

    strengths: tuple[FindingShown, ...]
    needs: tuple[FindingShown, ...]


def findings_of(viewer: Viewer, frame: Frame) -> Findings:
    """What stands in a case, as it was found."""
    with acting(viewer):
        rows = list(
            Finding.objects.standing()
            .filter(of_its_people(), case=frame.matter_id)
            .select_related("by_post__user")
            .order_by("recorded_at", "pk")
        )
        links = list(FindingLink.objects.filter(case=frame.matter_id))
    words = {row.pk: row.words for row in rows}
    shown = [_shown(frame, row, links, words) for row in rows]
    of = {kind: tuple(s for s in shown if s.finding.kind == kind) for kind in FindingKind}
    return Findings(of[FindingKind.STRENGTH], of[FindingKind.NEED])


def _shown(
    frame: Frame, row: Finding, links: list[FindingLink], words: dict[uuid.UUID, str]
) -> FindingShown:
    return FindingShown(
        finding=row,
        whose=_whose(frame, row.person_id),
        code=NeedCode(row.code).label if row.code else "",
        by_name=row.by_post.user.name if row.by_post else "",
        affects=tuple(
            words[link.affects_id]
            for link in links
            if link.finding_id == row.pk and link.affects_id in words
        ),
        affected_by=tuple(
            words[link.finding_id]
            for link in links
            if link.affects_id == row.pk and link.finding_id in words
        ),
    )


def _whose(frame: Frame, person_id: uuid.UUID | None) -> str:
    if person_id is None:
        return "Everybody’s together"
    same = set(identifiers_of(person_id))
    return next((p.name for p in frame.persons if p.person_id in same), "Somebody of this case")
