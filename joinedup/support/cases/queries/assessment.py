"""The assessments of a case: their sections, who signs what, what is missing, what was answered before."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.assessment import AssessmentKind, Profession, SectionState
from joinedup.support.cases.models import (
    Assessment,
    AssessmentRefusal,
    AssessmentSection,
    of_its_people,
)
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.section_facts import facts_of, standing_sections
from joinedup.support.cases.rules.assessing import SectionFacts, may_write, missing
from joinedup.support.questions.models import Answer
from joinedup.support.questions.queries.answers import AnsweredSet, answers_between
from joinedup.support.questions.queries.asking import version_asked
from joinedup.support.questions.queries.known import known_answers, known_in_matter
from joinedup.support.questions.rules.asked import AskedVersion
from joinedup.support.questions.rules.known import Known
from joinedup.support.questions.rules.reading import said

MOST_EARLIER = 4
"""How many earlier answers to one question stand beside it."""


@dataclass(frozen=True)
class SectionLine:
    """One section in an assessment: where it stands, who signed it, whether this viewer writes it."""

    section_id: uuid.UUID
    profession: Profession
    state: SectionState
    by_name: str
    by_agency: str
    at: datetime.datetime | None
    may_write: bool
    correcting_id: uuid.UUID | None = None
    was_corrected: bool = False


@dataclass(frozen=True)
class AssessmentShown:
    """An assessment as its page tells it."""

    assessment: Assessment
    kind: AssessmentKind
    about: str
    sections: tuple[SectionLine, ...]
    missing: tuple[str, ...]
    refusal: AssessmentRefusal | None

    @property
    def goes_on(self) -> bool:
        """Whether anything may still be written in it."""
        respected = self.refusal is not None and self.refusal.decision == "respected"
        return self.assessment.finished_at is None and not respected

    @property
    def to_ask(self) -> list[Profession]:
        """The sections that are not asked of it yet."""
        there = {line.profession for line in self.sections}
        if self.kind is not AssessmentKind.CARER:
            there.add(Profession.CARER)
        return [each for each in Profession if each not in there]


def assessments_of(viewer: Viewer, frame: Frame) -> list[AssessmentShown]:
    """Every assessment of a case, the newest first."""
    with acting(viewer):
        found = list(_rows().filter(of_its_people(), case=frame.matter_id))
    return [_shown(viewer, frame, each) for each in found]


def one_assessment(viewer: Viewer, frame: Frame, assessment_id: uuid.UUID) -> AssessmentShown:
    """One assessment of this case; raises Assessment.DoesNotExist."""
    with acting(viewer):
        found = _rows().get(of_its_people(), pk=assessment_id, case=frame.matter_id)
    return _shown(viewer, frame, found)


@dataclass(frozen=True)
class Earlier:
    """An answer that was given before: in words, by whom, when."""

    words: str
    source: str
    on: datetime.date


@dataclass(frozen=True)
class SectionPage:
    """A section as it is written or read: what it asks, what is known, what was answered before."""

    section: AssessmentSection
    profession: Profession
    version: AskedVersion
    known: Mapping[str, Known]
    earlier: Mapping[str, tuple[Earlier, ...]]
    signed: AnsweredSet | None
    may_write: bool

    @property
    def may_be_signed_by_them(self) -> bool:
        """Whether it is the person's own part, written down and signed by its author."""
        is_theirs = self.profession is Profession.SELF and self.section.assessment.person_id
        return bool(is_theirs) and self.section.signed_at is not None


def section_page(
    viewer: Viewer, frame: Frame, section_id: uuid.UUID, at: datetime.datetime
) -> SectionPage:
    """One section of an assessment of this case; raises AssessmentSection.DoesNotExist.

    What is known comes from what this viewer may see, each with its source and its day.
    """
    with acting(viewer):
        section = AssessmentSection.objects.select_related(
            "assessment", "signed_by__user", "signed_by__team__agency", "instead_of"
        ).get(of_its_people("assessment__person"), pk=section_id, case=frame.matter_id)
        version = version_asked(section.version_id)
        signed = None
        if section.first_answer is not None and section.last_answer is not None:
            signed = answers_between(
                section.case_id, section.version_id, section.assessment.subject,
                section.first_answer, section.last_answer,
            )  # fmt: skip
        before = section.signed_at or at
        earlier = _earlier(section, version, before)
    profession = Profession(section.profession)
    writes = may_write(profession, viewer.agency_kind) and section.signed_at is None
    known: Mapping[str, Known] = {}
    if writes:
        known = known_for(viewer, section.assessment, version, at)
    return SectionPage(section, profession, version, known, earlier, signed, writes)


def known_for(
    viewer: Viewer, found: Assessment, version: AskedVersion, at: datetime.datetime
) -> dict[str, Known]:
    """What this viewer may be told is known already of whom an assessment is about."""
    if found.subject == 1 and found.person_id is not None:
        return known_answers(viewer, found.person_id, version, at)
    with acting(viewer):
        return known_in_matter(found.case_id, version, at, subject=found.subject)


def how_many(viewer: Viewer, person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many assessments each of these has undergone, in all cases this viewer may see."""
    found = {}
    with acting(viewer):
        for person_id in person_ids:
            rows = Assessment.objects.filter(person__in=identifiers_of(person_id))
            found[person_id] = rows.filter(sections__signed_at__isnull=False).distinct().count()
    return found


def unsigned_of_cases(viewer: Viewer, case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many sections of assessments that go on are not signed yet, case by case; one question for all."""
    with acting(viewer):
        rows = (
            AssessmentSection.objects.filter(
                case__in=case_ids, signed_at__isnull=True, assessment__finished_at__isnull=True
            )
            .filter(~Q(assessment__refusals__decision="respected"))
            .values("case")
            .annotate(many=Count("pk"))
        )
        return {row["case"]: row["many"] for row in rows}


def asked_of_post(viewer: Viewer) -> list[AssessmentSection]:
    """The sections that this very post is asked to write and has not signed. Inside `acting`."""
    rows = AssessmentSection.objects.filter(
        asked_of=viewer.post_id, signed_at__isnull=True, assessment__finished_at__isnull=True,
        case__closed_at__isnull=True,
    )  # fmt: skip
    return list(rows.exclude(assessment__refusals__decision="respected").order_by("begun_at"))


@dataclass(frozen=True)
class AssessmentOverview:
    """What the overview of a case says of assessments."""

    going_on: int
    unsigned: tuple[str, ...]
    last_finished_on: datetime.date | None
    mine_to_sign: int


def for_overview(viewer: Viewer, frame: Frame, at: datetime.datetime) -> AssessmentOverview:
    """What goes on, what is not signed, what this viewer could sign, and when one was last finished."""
    found = assessments_of(viewer, frame)
    open_ = [each for each in found if each.goes_on]
    waiting = [line for each in open_ for line in each.sections if line.state is not SectionState.SIGNED]  # fmt: skip
    ended = [each.assessment.finished_at for each in found if each.assessment.finished_at]
    return AssessmentOverview(
        going_on=len(open_),
        unsigned=tuple(dict.fromkeys(line.profession.label for line in waiting)),
        last_finished_on=day_of(max(ended)) if ended else None,
        mine_to_sign=sum(line.may_write for line in waiting),
    )


def _rows():  # type: ignore[no-untyped-def]
    return (
        Assessment.objects.select_related("carer", "begun_by__user", "finished_by__user", "refusals")
        .prefetch_related("sections__signed_by__user", "sections__signed_by__team__agency",
                          "sections__saved_by__user", "sections__saved_by__team__agency")
        .order_by("-begun_at", "pk")
    )  # fmt: skip


def _shown(viewer: Viewer, frame: Frame, found: Assessment) -> AssessmentShown:
    kind = AssessmentKind(found.kind)
    names = {each.person_id: each.name for each in frame.persons}
    about = found.carer.name if found.carer else "The family"
    if kind is AssessmentKind.PERSON and found.person_id is not None:
        about = names.get(found.person_id) or _by_another_name(found.person_id, names)
    sections = list(found.sections.all())
    facts = {each.profession: each for each in facts_of(sections)}
    correcting = {each.profession: each for each in sections if each.signed_at is None}
    return AssessmentShown(
        assessment=found,
        kind=kind,
        about=about,
        sections=tuple(
            _line(viewer, profession, section, facts[profession], correcting.get(profession))
            for profession, section in standing_sections(sections).items()
        ),
        missing=tuple(missing(facts.values())),
        refusal=getattr(found, "refusals", None),
    )


def _by_another_name(person_id: uuid.UUID, names: Mapping[uuid.UUID, str]) -> str:
    """A merge points: the case may name them by another of their identifiers."""
    same = set(identifiers_of(person_id))
    return next((name for each, name in names.items() if each in same), "Somebody of this case")


def _line(
    viewer: Viewer,
    profession: Profession,
    section: AssessmentSection,
    facts: SectionFacts,
    open_one: AssessmentSection | None,
) -> SectionLine:
    post = section.signed_by or section.saved_by
    correcting = open_one if open_one is not None and open_one.pk != section.pk else None
    return SectionLine(
        section_id=section.pk,
        profession=profession,
        state=facts.state,
        by_name=post.user.name if post else "",
        by_agency=post.team.agency.name if post else "",
        at=section.signed_at or section.saved_at,
        may_write=may_write(profession, viewer.agency_kind),
        correcting_id=correcting.pk if correcting else None,
        was_corrected=section.instead_of_id is not None,
    )


def _earlier(
    section: AssessmentSection, version: AskedVersion, before: datetime.datetime
) -> dict[str, tuple[Earlier, ...]]:
    """Answers given before to the same questions about the same person, the newest first."""
    found = section.assessment
    of_case = Q(matter=section.case_id, subject=found.subject)
    if found.person_id is not None and found.subject == 1:
        of_case |= Q(matter__in=_about_alone(found.person_id), subject=1)
    if section.last_answer is not None:
        of_case &= Q(id__lt=section.first_answer)
    codes = {question.code: question for question in version}
    rows = (
        Answer.objects.filter(of_case, question_code__in=codes, value__isnull=False, at__lte=before)
        .select_related("version", "by_post__team__agency")
        .order_by("-at", "-id")[:400]
    )
    texts: dict[uuid.UUID, dict[str, str]] = {}
    earlier: dict[str, list[Earlier]] = {}
    for row in rows:
        if row.version_id not in texts:
            asked = version_asked(row.version_id)
            texts[row.version_id] = {question.code: question.text for question in asked}
        question = codes[row.question_code]
        if texts[row.version_id].get(row.question_code) != question.text:
            continue
        line = Earlier(said(question, row.value), _whose(row), day_of(row.at))
        lines = earlier.setdefault(row.question_code, [])
        if line not in lines and len(lines) < MOST_EARLIER:
            lines.append(line)
    return {code: tuple(lines) for code, lines in earlier.items()}


def _about_alone(person_id: uuid.UUID) -> list[uuid.UUID]:
    """The matters about this person and nobody else, as far as the viewer has a part in them."""
    same = identifiers_of(person_id)
    about = MatterPerson.objects.filter(person__in=same).values("matter")
    others = MatterPerson.objects.filter(matter__in=about).exclude(person__in=same)
    return list(
        MatterPerson.objects.filter(person__in=same)
        .exclude(matter__in=others.values("matter"))
        .values_list("matter_id", flat=True)
    )


def _whose(row: Answer) -> str:
    agency = row.by_post.team.agency if row.by_post else None
    if agency is None or agency.name_reveals:
        return "Answered before"
    return agency.name
