"""Let somebody sign their own part of an assessment: on their own page, or in the room on the practitioner's screen."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import OWN_PAGE_PURPOSE, Viewer, acting
from joinedup.support.cases.choices.assessment import AssessmentKind, Profession
from joinedup.support.cases.choices.own_signature import HowConfirmed, TheirAnswer
from joinedup.support.cases.models import AssessmentSection, OwnSignature
from joinedup.support.cases.operations.assessing import CannotAssess, assessing_in
from joinedup.support.cases.queries.own_signatures import SIGNING, own_section
from joinedup.support.handovers.operations.grounds import leave_a_line, locked


@dataclass(frozen=True)
class SignedBy:
    """What they said, what is wrong in their words, and in the room how it was confirmed."""

    said: TheirAnswer
    words: str = ""
    how: HowConfirmed = HowConfirmed.OWN_PAGE
    shown_by: str = ""


def sign_in_the_room(
    *, by: Viewer, section_id: uuid.UUID, signing: SignedBy, at: datetime.datetime
) -> OwnSignature:
    """Write down that the person signed their own part, with whoever was there and how it is known.

    Raises CannotAssess, AssessmentSection.DoesNotExist, NoPart.
    """
    if by.post_id is None or not signing.how.in_the_room:
        raise CannotAssess("Say how they signed it: on this screen, read out to them, or on paper.")
    if not signing.shown_by.strip():
        raise CannotAssess("Write the name they typed, who heard it, or where the paper is kept.")
    with acting(by):
        case_id = AssessmentSection.objects.values_list("case_id", flat=True).get(pk=section_id)
    with assessing_in(by, case_id):
        made = _sign(section_id, signing, by.post_id, at)
        leave_a_line(
            by, case_id, "wrote down that somebody signed their own part", at, {"how": signing.how}
        )
    return made


def sign_on_own_page(
    *, by: Viewer, section_id: uuid.UUID, signing: SignedBy, at: datetime.datetime
) -> OwnSignature:
    """Sign one's own part on one's own page; nobody who holds the code for somebody else does so (P12).

    Raises CannotAssess, AssessmentSection.DoesNotExist, NotPermitted.
    """
    section = own_section(by, section_id)
    with transaction.atomic(), acting(SIGNING):
        locked(section.case_id)
        made = _sign(section_id, signing, None, at)
        record_change(
            at=at, post_id=None, act="signed their own part of an assessment", subject_kind="matter",
            subject_id=str(section.case_id), purpose=OWN_PAGE_PURPOSE, person_id=made.person_id,
        )  # fmt: skip
    return made


def _sign(
    section_id: uuid.UUID, signing: SignedBy, post_id: uuid.UUID | None, at: datetime.datetime
) -> OwnSignature:
    section = AssessmentSection.objects.select_related("assessment").get(pk=section_id)
    about = section.assessment
    if section.profession != Profession.SELF or about.kind != AssessmentKind.PERSON:
        raise CannotAssess("People sign their own part of their own assessment, and no other.")
    if section.signed_at is None:
        raise CannotAssess("Whoever wrote it down signs first: then it does not change any more.")
    if about.person_id is None or OwnSignature.objects.filter(section=section).exists():
        raise CannotAssess("It is signed already. What was signed stands.")
    if signing.said.needs_words and not signing.words.strip():
        raise CannotAssess("Say what is wrong in it, in their own words.")
    return OwnSignature.objects.create(
        case_id=section.case_id, section=section, person_id=about.person_id, said=signing.said,
        words=signing.words.strip(), how=signing.how, shown_by=signing.shown_by.strip(),
        by_post_id=post_id, signed_at=at,
    )  # fmt: skip
