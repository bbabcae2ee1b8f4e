"""What the signed answers of an assessment come to, what was decided on them, and the overrides."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.models import Assessment, AssessmentSection, EligibilityDecision
from joinedup.support.cases.queries.section_facts import standing_sections
from joinedup.support.cases.rules.eligibility import Framework, WorkedOut, framework_on
from joinedup.support.questions.queries.answers import answers_between
from joinedup.support.questions.rules.asked import Value


@dataclass(frozen=True)
class WorkedOutFor:
    """What one test comes to for an assessment, and from which signed section."""

    test: Test
    framework: Framework
    worked_out: WorkedOut
    section_id: uuid.UUID
    signed_on: datetime.date


def worked_out_for(found: Assessment, test: Test) -> WorkedOutFor | None:
    """What a test comes to by the framework of the day its section was signed; None before that.

    Inside `acting`.
    """
    for section in standing_sections(found.sections.all()).values():
        if section.signed_at is None:
            continue
        day = day_of(section.signed_at)
        framework = framework_on(test, day)
        if framework is None or framework.section != section.profession:
            continue
        if framework.works_out is None:
            return None
        answers = signed_answers(section, found.subject)
        return WorkedOutFor(test, framework, framework.works_out(answers), section.pk, day)
    return None


def signed_answers(section: AssessmentSection, subject: int) -> dict[str, Value]:
    """The answers of a signed section by the codes of their questions; inside `acting`."""
    if section.first_answer is None or section.last_answer is None:
        return {}
    return dict(
        answers_between(
            section.case_id, section.version_id, subject, section.first_answer, section.last_answer
        ).values
    )


@dataclass(frozen=True)
class TestShown:
    """A test of an assessment: what it comes to now, and every decision signed on it, newest first."""

    test: Test
    worked_out: WorkedOutFor | None
    decisions: tuple[EligibilityDecision, ...]

    __test__ = False

    @property
    def standing(self) -> EligibilityDecision | None:
        """The decision that counts."""
        return self.decisions[0] if self.decisions else None

    @property
    def is_stale(self) -> bool:
        """Whether the answers were corrected since it was signed."""
        return bool(
            self.standing
            and self.worked_out
            and self.standing.section_id != self.worked_out.section_id
        )


def tests_of(viewer: Viewer, found: Assessment) -> list[TestShown]:
    """Every test that the sections of an assessment can be worked out for."""
    with acting(viewer):
        rows = list(
            EligibilityDecision.objects.filter(assessment=found)
            .select_related("signed_by__user", "signed_by__team__agency")
            .order_by("-pk")
        )
        there = {test: worked_out_for(found, test) for test in Test}
    return [
        TestShown(test, worked_out, tuple(row for row in rows if row.test == test))
        for test, worked_out in there.items()
        if worked_out is not None or any(row.test == test for row in rows)
    ]


@dataclass(frozen=True)
class Override:
    """A decision that is not what the answers came to."""

    case_id: uuid.UUID
    assessment_id: uuid.UUID
    test: Test
    worked_out: Outcome
    signed: Outcome
    because: str
    by_name: str
    on: datetime.date


def overrides(viewer: Viewer, case_ids: Iterable[uuid.UUID] | None = None) -> list[Override]:
    """The decisions that override what answers came to, in the cases the viewer works at, newest first."""
    with acting(viewer):
        rows = EligibilityDecision.objects.exclude(signed=F("worked_out"))
        if case_ids is not None:
            rows = rows.filter(case__in=list(case_ids))
        return [
            Override(
                row.case_id, row.assessment_id, Test(row.test), Outcome(row.worked_out),
                Outcome(row.signed), row.because, row.signed_by.user.name, day_of(row.signed_at),
            )
            for row in rows.select_related("signed_by__user").order_by("-signed_at")[:200]
        ]  # fmt: skip
