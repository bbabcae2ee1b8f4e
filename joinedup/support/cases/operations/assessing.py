"""Begin an assessment, ask another section of it, finish it, write down that it was declined."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import CapacityOutcome
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.operations.capacity import CannotAssess as CannotAssessCapacity
from joinedup.identity.sharing.operations.capacity import record_capacity
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.assessment import (
    AssessmentKind,
    CapacityView,
    Profession,
    RefusalDecision,
    RiskGround,
)
from joinedup.support.cases.models import (
    Assessment,
    AssessmentRefusal,
    AssessmentSection,
    Carer,
    Case,
    CaseMember,
    Lead,
    Measurement,
)
from joinedup.support.cases.queries.section_facts import facts_of
from joinedup.support.cases.rules.assessing import (
    ANYBODY,
    USUAL,
    WRITTEN_BY,
    Refused,
    in_order,
    missing,
    why_refusal_cannot_stand_so,
)
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at
from joinedup.support.questions.queries.asking import version_for

WORKING = Viewer.system("keeping the assessments of a case")
CLOSED = "This case is closed. Open it again first."
CARERS_FROM = 50
"""Under this place and the carer's number a carer's answers are kept: never among the person's own."""


class CannotAssess(Exception):
    """Why this cannot be done with an assessment; fit for the page."""


@contextmanager
def assessing_in(by: Viewer, case_id: uuid.UUID) -> Iterator[Case]:
    """The open case, held for this act alone and acting as the system; raises CannotAssess, NoPart."""
    must_work_at(by, case_id)
    with transaction.atomic(), acting(WORKING):
        locked(case_id)
        case = Case.objects.get(pk=case_id)
        if case.closed_at is not None:
            raise CannotAssess(CLOSED)
        yield case


def assessment_of(by: Viewer, assessment_id: uuid.UUID) -> Assessment:
    """An assessment of a case that the actor works at; raises Assessment.DoesNotExist."""
    with acting(by):
        return Assessment.objects.get(pk=assessment_id)


def begin_assessment(
    *,
    by: Viewer,
    case_id: uuid.UUID,
    kind: AssessmentKind,
    because: str,
    at: datetime.datetime,
    person_id: uuid.UUID | None = None,
    carer_id: uuid.UUID | None = None,
    professions: Iterable[Profession] = (),
) -> Assessment:
    """Begin one document about a person, the family or a carer, with the sections that are asked for.

    Raises CannotAssess, NoPart.
    """
    if not because.strip():
        raise CannotAssess(
            "Say what the assessment is for: whoever is asked to write in it reads this."
        )
    with assessing_in(by, case_id) as case:
        carers = Carer.objects.filter(case=case, ends_on__isnull=True)
        carer = carers.filter(pk=carer_id).first() if carer_id else None
        whom = _whom(case, kind, person_id, carer)
        subject = subject_of(case.pk, whom, carer)
        if Assessment.objects.going_on().filter(case=case, kind=kind, subject=subject).exists():
            raise CannotAssess("One is going on already. Write in that one: they are asked once.")
        made = Assessment.objects.create(
            case=case, kind=kind, person_id=whom, carer=carer, subject=subject,
            because=because.strip(), begun_by_id=by.post_id, begun_at=at,
        )  # fmt: skip
        for profession in in_order([*USUAL[kind], *professions]):
            _ask(by, made, profession, at)
        leave_a_line(by, case_id, "began an assessment", at, {"kind": kind})
    return made


def ask_section(
    *, by: Viewer, assessment_id: uuid.UUID, profession: Profession, at: datetime.datetime
) -> AssessmentSection:
    """Ask one section more of an assessment that goes on; raises CannotAssess, NoPart."""
    found = assessment_of(by, assessment_id)
    with assessing_in(by, found.case_id):
        found = _going_on(assessment_id)
        if found.sections.filter(profession=profession).exists():
            raise CannotAssess("This section is asked already.")
        made = _ask(by, found, profession, at)
        leave_a_line(by, found.case_id, "asked a section", at, {"profession": profession})
    return made


def finish_assessment(*, by: Viewer, assessment_id: uuid.UUID, at: datetime.datetime) -> Assessment:
    """Finish an assessment whose sections are all signed; raises CannotAssess, NoPart."""
    found = assessment_of(by, assessment_id)
    with assessing_in(by, found.case_id):
        found = _going_on(assessment_id)
        lacking = missing(facts_of(found.sections.all()))
        if lacking:
            raise CannotAssess(" ".join(lacking))
        found.finished_at, found.finished_by_id = at, by.post_id
        found.save(update_fields=["finished_at", "finished_by"])
        leave_a_line(by, found.case_id, "finished an assessment", at, {"kind": found.kind})
    return found


@dataclass(frozen=True)
class RefusalSaid:
    """What is written down when somebody declines an assessment."""

    said_on: datetime.date
    words: str
    capacity: CapacityView
    decision: RefusalDecision
    because: str
    in_best_interests: bool = False
    best_interests: str = ""
    grounds: tuple[RiskGround, ...] = ()


def refuse_assessment(
    *, by: Viewer, assessment_id: uuid.UUID, said: RefusalSaid, at: datetime.datetime
) -> AssessmentRefusal:
    """Write down that an assessment was declined, the view of capacity, and the decision (P12, P30).

    Where it is assessed all the same, the assessment goes on. Raises CannotAssess, NoPart.
    """
    if by.post_id is None:
        raise CannotAssess("A practitioner writes this down, in their own name.")
    if said.said_on > day_of(at):
        raise CannotAssess("The day they said no is in the future.")
    found = assessment_of(by, assessment_id)
    kind = AssessmentKind(found.kind)
    adult = kind is AssessmentKind.PERSON
    refused = Refused(
        adult, said.capacity, said.in_best_interests, said.grounds, said.decision, said.because
    )
    wrong = why_refusal_cannot_stand_so(refused)
    if wrong:
        raise CannotAssess(wrong)
    with assessing_in(by, found.case_id):
        found = _going_on(assessment_id)
        made = AssessmentRefusal.objects.create(
            case_id=found.case_id,
            assessment=found,
            said_on=said.said_on,
            words=said.words.strip(),
            capacity_view=said.capacity,
            capacity_id=_capacity(by, found, said, at),
            in_best_interests=said.in_best_interests,
            grounds=[each.value for each in said.grounds],
            decision=said.decision,
            because=said.because.strip(),
            by_post_id=by.post_id,
            at=at,
        )
        leave_a_line(
            by, found.case_id, "wrote down that an assessment was declined", at,
            {"decision": said.decision, "capacity": said.capacity},
        )  # fmt: skip
    return made


def subject_of(case_id: uuid.UUID, person_id: uuid.UUID | None, carer: Carer | None) -> int:
    """The place under which the answers about somebody are kept; the same every time."""
    if carer is not None:
        return CARERS_FROM + carer.number
    known = _place_known(case_id, person_id)
    if known is not None:
        return known
    about = set(MatterPerson.objects.filter(matter=case_id).values_list("person_id", flat=True))
    if person_id is not None and about <= set(identifiers_of(person_id)):
        return 1
    taken = [
        model.objects.filter(case=case_id, subject__lt=CARERS_FROM).aggregate(m=Max("subject"))["m"]
        for model in (Assessment, Measurement)
    ]
    return max([1, *(each for each in taken if each)]) + 1


def _place_known(case_id: uuid.UUID, person_id: uuid.UUID | None) -> int | None:
    same = identifiers_of(person_id) if person_id else []
    for model in (Assessment, Measurement):
        rows = model.objects.filter(case=case_id, carer__isnull=True)
        found = rows.filter(person__in=same) if same else rows.filter(person__isnull=True)
        subject = found.values_list("subject", flat=True).first()
        if subject is not None:
            return int(subject)
    return None


def _whom(
    case: Case, kind: AssessmentKind, person_id: uuid.UUID | None, carer: Carer | None
) -> uuid.UUID | None:
    if kind is AssessmentKind.CARER:
        if carer is None:
            raise CannotAssess("Say which carer it is about. First say under “Carers” who cares.")
        return carer.person_id
    if kind is AssessmentKind.FAMILY:
        return None
    if person_id is None or not MatterPerson.objects.filter(
        matter=case.pk, person__in=identifiers_of(person_id)
    ):
        raise CannotAssess("Say whom of this case it is about.")
    return person_id


def _going_on(assessment_id: uuid.UUID) -> Assessment:
    found = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment_id)
    if found.finished_at is not None:
        raise CannotAssess(
            "This assessment is finished. Begin another, or correct a section of it."
        )
    refusal = AssessmentRefusal.objects.filter(assessment=found).first()
    if refusal is not None and refusal.decision == RefusalDecision.RESPECTED:
        raise CannotAssess("This assessment was declined. Begin another where they agree to one.")
    return found


def _ask(
    by: Viewer, found: Assessment, profession: Profession, at: datetime.datetime
) -> AssessmentSection:
    """Ask a section, and tell whoever of that profession works at the case; where it is one, it is theirs."""
    version = version_for(profession.set_code, day_of(at))
    if version is None:
        raise CannotAssess(f"No question set is asked today for “{profession.label}”.")
    asked = _of_profession(found.case_id, profession)
    made = AssessmentSection.objects.create(
        case_id=found.case_id, assessment=found, profession=profession, version_id=version.id,
        asked_of_id=asked[0] if len(asked) == 1 else None, begun_at=at,
    )  # fmt: skip
    others = [post for post in asked if post != by.post_id]
    link = reverse("case-assessment-one", args=[found.case_id, found.pk])
    tell(by=by.post_id, posts=others, kind=NoticeKind.SECTION_ASKED, link=link, at=at)
    return made


def _of_profession(case_id: uuid.UUID, profession: Profession) -> list[uuid.UUID]:
    """The posts at work on a case whose own part the section is; of what anybody writes, none."""
    if WRITTEN_BY[profession] >= ANYBODY - {AgencyKind.POLICE}:
        return []
    kinds = sorted(WRITTEN_BY[profession])
    leads = Lead.objects.filter(case=case_id, ends_at__isnull=True)
    help_ = CaseMember.objects.now().filter(case=case_id, post__isnull=False)
    found = [
        *leads.filter(post__team__agency__kind__in=kinds).values_list("post_id", flat=True),
        *help_.filter(post__team__agency__kind__in=kinds).values_list("post_id", flat=True),
    ]
    return [post for post in dict.fromkeys(found) if post is not None]


def _capacity(
    by: Viewer, found: Assessment, said: RefusalSaid, at: datetime.datetime
) -> uuid.UUID | None:
    """The assessment of capacity, kept where every room finds it; none where it is only in doubt."""
    if said.capacity is not CapacityView.LACKS_CAPACITY or found.person_id is None:
        return None
    try:
        return record_capacity(
            by=by, person_id=found.person_id, decision="Whether to have an assessment of needs",
            purpose=None, outcome=CapacityOutcome.LACKS_CAPACITY,
            best_interests=said.best_interests, assessed_on=said.said_on, at=at,
        ).pk  # fmt: skip
    except CannotAssessCapacity as why:
        raise CannotAssess(str(why)) from why
