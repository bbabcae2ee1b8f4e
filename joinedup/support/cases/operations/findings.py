"""Write down strengths and needs in somebody's own words, correct them, say how they hang together."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.finding import FindingKind, NeedCode
from joinedup.support.cases.models import Finding, FindingLink
from joinedup.support.cases.operations.assessing import CannotAssess, assessing_in
from joinedup.support.handovers.operations.grounds import leave_a_line


@dataclass(frozen=True)
class FindingSaid:
    """A strength or a need, whose it is, and what it affects."""

    kind: FindingKind
    words: str
    code: NeedCode | None = None
    person_id: uuid.UUID | None = None
    affects: tuple[uuid.UUID, ...] = ()
    affects_words: str = ""


def record_finding(
    *,
    by: Viewer,
    case_id: uuid.UUID,
    said: FindingSaid,
    at: datetime.datetime,
    assessment_id: uuid.UUID | None = None,
) -> Finding:
    """Write down a strength or a need; raises CannotAssess, NoPart."""
    with assessing_in(by, case_id):
        made = _made(by, case_id, said, at, assessment_id=assessment_id)
        leave_a_line(by, case_id, "wrote down a finding", at, {"kind": said.kind})
    return made


def correct_finding(
    *, by: Viewer, finding_id: uuid.UUID, said: FindingSaid, at: datetime.datetime
) -> Finding:
    """Write what stands instead of a finding; what it was linked with is linked with the new one.

    Raises CannotAssess, Finding.DoesNotExist, NoPart.
    """
    earlier = _found(by, finding_id)
    with assessing_in(by, earlier.case_id):
        if Finding.objects.filter(instead_of=earlier).exists():
            raise CannotAssess("Somebody corrected this before you. Correct what stands now.")
        of = earlier.assessment_id
        made = _made(by, earlier.case_id, said, at, assessment_id=of, instead_of=earlier)
        for link in FindingLink.objects.filter(finding=earlier):
            _link(by, made, link.affects_id, link.words, at)
        for link in FindingLink.objects.filter(affects=earlier):
            _link(by, link.finding, made.pk, link.words, at)
        leave_a_line(by, earlier.case_id, "corrected a finding", at, {"kind": said.kind})
    return made


def end_finding(*, by: Viewer, finding_id: uuid.UUID, at: datetime.datetime) -> Finding:
    """Say that a finding is over: the need is met, or the strength gone; raises as correct_finding."""
    found = _found(by, finding_id)
    with assessing_in(by, found.case_id):
        found = Finding.objects.select_for_update(of=("self",)).get(pk=finding_id)
        if found.ends_at is None:
            found.ends_at = max(at, found.recorded_at)
            found.save(update_fields=["ends_at"])
            leave_a_line(by, found.case_id, "ended a finding", at, {"kind": found.kind})
    return found


def link_findings(
    *, by: Viewer, finding_id: uuid.UUID, affects_id: uuid.UUID, words: str, at: datetime.datetime
) -> FindingLink:
    """Say that one affects another (S4-55); raises CannotAssess, Finding.DoesNotExist, NoPart."""
    found, other = _found(by, finding_id), _found(by, affects_id)
    if found.case_id != other.case_id:
        raise CannotAssess("Both must be of this case.")
    if found.pk == other.pk:
        raise CannotAssess("Choose another one that it affects.")
    with assessing_in(by, found.case_id):
        made = _link(by, found, other.pk, words, at)
        leave_a_line(by, found.case_id, "linked two findings", at)
    return made


def _found(by: Viewer, finding_id: uuid.UUID) -> Finding:
    with acting(by):
        return Finding.objects.get(pk=finding_id)


def _made(
    by: Viewer,
    case_id: uuid.UUID,
    said: FindingSaid,
    at: datetime.datetime,
    *,
    assessment_id: uuid.UUID | None,
    instead_of: Finding | None = None,
) -> Finding:
    if not said.words.strip():
        raise CannotAssess("Write it in their words, or yours.")
    if said.person_id and not MatterPerson.objects.filter(
        matter=case_id, person__in=identifiers_of(said.person_id)
    ):
        raise CannotAssess("Choose whose it is: somebody of this case, or all of them.")
    made = Finding.objects.create(
        case_id=case_id, assessment_id=assessment_id, person_id=said.person_id, kind=said.kind,
        code=said.code.value if said.code else "", words=said.words.strip(),
        by_post_id=by.post_id, recorded_at=at, instead_of=instead_of,
    )  # fmt: skip
    for other in Finding.objects.filter(pk__in=said.affects, case=case_id):
        _link(by, made, other.pk, said.affects_words, at)
    return made


def _link(
    by: Viewer, found: Finding, affects_id: uuid.UUID, words: str, at: datetime.datetime
) -> FindingLink:
    made, _ = FindingLink.objects.get_or_create(
        finding=found, affects_id=affects_id,
        defaults={"case_id": found.case_id, "words": words.strip(), "by_post_id": by.post_id, "at": at},
    )  # fmt: skip
    return made
