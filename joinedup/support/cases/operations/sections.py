"""Keep a section as it is typed, sign it, correct what was signed by another that stands instead."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices.assessment import Profession
from joinedup.support.cases.models import Assessment, AssessmentSection
from joinedup.support.cases.operations.assessing import CannotAssess, assessing_in
from joinedup.support.cases.rules.assessing import why_not_written
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.questions.operations.answering import CannotAnswer, record_answers
from joinedup.support.questions.queries.asking import version_asked
from joinedup.support.questions.rules.drafting import Values, with_beside
from joinedup.support.questions.rules.known import Known

SIGNED = "This section is signed. What was signed stands; correct it by another."


@dataclass(frozen=True)
class Kept:
    """What became of keeping a section: its number now, or what somebody else typed meanwhile."""

    edited: int
    theirs: Values | None = None
    """What stands where another was first; what was typed here is kept beside it."""


@dataclass(frozen=True)
class Signing:
    """What is signed: the answers, which of what was known was confirmed, and what was known."""

    values: Mapping[str, object]
    confirmed: Collection[str] = ()
    known: Mapping[str, Known] | None = None


def keep_section(
    *, by: Viewer, section_id: uuid.UUID, values: Values, was: int, at: datetime.datetime
) -> Kept:
    """Keep what was typed; where another tab or another author was first, keep it beside theirs.

    Raises CannotAssess, AssessmentSection.DoesNotExist, NoPart.
    """
    with assessing_in(by, _case_of(by, section_id)):
        section = _unsigned(by, section_id)
        standing: Values = section.draft.get("values", {})
        if standing == values:
            return Kept(section.edited)
        if was != section.edited:
            beside = with_beside(section.draft.get("beside", []), values)
            section.draft = {**section.draft, "beside": beside}
            section.save(update_fields=["draft"])
            return Kept(section.edited, theirs=standing)
        return _write(by, section, {**section.draft, "values": values}, at)


def settle_section(
    *, by: Viewer, section_id: uuid.UUID, values: Values, at: datetime.datetime
) -> Kept:
    """Keep these of the two that stood beside each other; raises as keep_section does."""
    with assessing_in(by, _case_of(by, section_id)):
        section = _unsigned(by, section_id)
        return _write(by, section, {**section.draft, "values": values, "beside": []}, at)


def note_sent(*, by: Viewer, section_id: uuid.UUID, triggers: Collection[str]) -> None:
    """Note with a section which answers of danger went out already, so that none goes out twice."""
    with assessing_in(by, _case_of(by, section_id)):
        section = _unsigned(by, section_id)
        sent = sorted({*section.draft.get("sent", []), *triggers})
        section.draft = {**section.draft, "sent": sent}
        section.save(update_fields=["draft"])


def sign_section(
    *, by: Viewer, section_id: uuid.UUID, signing: Signing, at: datetime.datetime
) -> AssessmentSection:
    """Sign a section as its author: its answers are written down, and it is not changed again.

    Raises CannotAssess, AssessmentSection.DoesNotExist, NoPart.
    """
    if by.post_id is None:
        raise CannotAssess("A practitioner signs a section, in their own name.")
    with assessing_in(by, _case_of(by, section_id)):
        section = _unsigned(by, section_id)
        if section.draft.get("beside"):
            raise CannotAssess("Two wrote in this section at once. Choose between them first.")
        asked = version_asked(section.version_id)
        if not signing.values:
            raise CannotAssess("Answer at least one question before you sign.")
        # What an earlier section answered and this one leaves open is taken back, and not signed with it.
        values = {question.code: signing.values.get(question.code) for question in asked}
        try:
            rows = record_answers(
                by=by, matter_id=section.case_id, version_id=section.version_id, values=values,
                at=at, confirmed=signing.confirmed, known=signing.known,
                subject=section.assessment.subject,
            )  # fmt: skip
        except CannotAnswer as why:
            raise CannotAssess(str(why)) from why
        ids = [row.pk for row in rows]
        signed = AssessmentSection.objects.filter(pk=section.pk, signed_at__isnull=True)
        signed.update(
            signed_by=by.post_id, signed_at=at, first_answer=min(ids), last_answer=max(ids),
            draft={}, edited=F("edited") + 1,
        )  # fmt: skip
        leave_a_line(
            by, section.case_id, "signed a section", at,
            {"profession": section.profession, "answers": len(ids)},
        )  # fmt: skip
        section.refresh_from_db()
    return section


def correct_section(
    *, by: Viewer, section_id: uuid.UUID, because: str, values: Values, at: datetime.datetime
) -> AssessmentSection:
    """Begin what will stand instead of a signed section; until it is signed, the earlier one stands.

    `values` is what was signed, as the form shows it. Raises CannotAssess, NoPart,
    AssessmentSection.DoesNotExist.
    """
    if not because.strip():
        raise CannotAssess("Say what is wrong with what was signed.")
    with assessing_in(by, _case_of(by, section_id)):
        earlier = AssessmentSection.objects.get(pk=section_id)
        _must_be_of(by, Profession(earlier.profession))
        if earlier.signed_at is None:
            raise CannotAssess("This section is not signed yet: write in it.")
        going_on = AssessmentSection.objects.filter(
            assessment=earlier.assessment_id, profession=earlier.profession, signed_at__isnull=True
        )
        if going_on.exists() or AssessmentSection.objects.filter(instead_of=earlier).exists():
            raise CannotAssess("A correction of this section was begun already.")
        made = AssessmentSection.objects.create(
            case_id=earlier.case_id, assessment_id=earlier.assessment_id,
            profession=earlier.profession, version_id=earlier.version_id, begun_at=at,
            instead_of=earlier, because=because.strip(), draft={"values": values},
            saved_by_id=by.post_id, saved_at=at,
        )  # fmt: skip
        leave_a_line(
            by, earlier.case_id, "began to correct a section", at,
            {"profession": earlier.profession},
        )  # fmt: skip
    return made


def _case_of(by: Viewer, section_id: uuid.UUID) -> uuid.UUID:
    with acting(by):
        found: uuid.UUID = AssessmentSection.objects.values_list("case_id", flat=True).get(
            pk=section_id
        )
    return found


def _unsigned(by: Viewer, section_id: uuid.UUID) -> AssessmentSection:
    sections = AssessmentSection.objects.select_for_update(of=("self",))
    section = sections.select_related("assessment").get(pk=section_id)
    if section.signed_at is not None:
        raise CannotAssess(SIGNED)
    _must_be_of(by, Profession(section.profession))
    declined = Assessment.objects.filter(
        pk=section.assessment_id, refusals__decision="respected"
    ).exists()
    if declined:
        raise CannotAssess("This assessment was declined, and nothing more is written in it.")
    return section


def _must_be_of(by: Viewer, profession: Profession) -> None:
    wrong = "" if by.is_system else why_not_written(profession, by.agency_kind)
    if wrong:
        raise CannotAssess(wrong)


def _write(
    by: Viewer, section: AssessmentSection, draft: dict[str, object], at: datetime.datetime
) -> Kept:
    section.draft, section.edited = draft, section.edited + 1
    section.saved_by_id, section.saved_at = by.post_id, at
    section.save(update_fields=["draft", "edited", "saved_by", "saved_at"])
    return Kept(section.edited)
