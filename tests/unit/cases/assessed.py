"""A case that social care leads and the NHS helps with, for tests of its assessments."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.models import Approval, StatutoryFunction
from joinedup.support.cases.choices import MemberKind, Programme
from joinedup.support.cases.choices.assessment import AssessmentKind, Profession
from joinedup.support.cases.models import Assessment, AssessmentSection
from joinedup.support.cases.operations import Joining, join_case, open_case
from joinedup.support.cases.operations.assessing import begin_assessment
from joinedup.support.cases.operations.sections import Signing, sign_section
from joinedup.support.cases.queries.frame import Frame, frame_of
from joinedup.support.questions.models import Question
from joinedup.support.questions.operations.ship import written
from joinedup.support.questions.shipped import SHIPPED
from tests.sharing import walled
from tests.unit.handovers.sides import AT, post_of
from tests.unit.questions.asking import draft

STRENGTHS, SELF = Profession.STRENGTHS, Profession.SELF
SOCIAL, HEALTH = Profession.SOCIAL_CARE, Profession.HEALTH


def ask(*codes: str) -> uuid.UUID:
    """Publish shipped sets by their codes, all the questions of each in one section; the last one's version."""
    for code in codes:
        of = next(each for each in SHIPPED if each.code == code)
        asked = [question for section in of.sections for question in section.questions]
        version = draft(code=code)
        section = version.sections.get()
        Question.objects.bulk_create(
            Question(version=version, section=section, place=place, **written(question))
            for place, question in enumerate(asked, 1)
        )
        version.state, version.published_at = "published", AT
        version.starts_on = datetime.date(2026, 1, 1)
        version.save()
    return version.pk


@dataclass(frozen=True)
class World:
    """The case, its two practitioners and the person."""

    case_id: uuid.UUID
    person: uuid.UUID
    social: Viewer
    nurse: Viewer

    def frame(self, viewer: Viewer | None = None) -> Frame:
        """The head of the case's page."""
        return frame_of(viewer or self.social, self.case_id, at=AT, page="a test")

    def begin(self, *professions: Profession, **more: object) -> Assessment:
        """Begin an assessment of the person."""
        said: dict[str, object] = {
            "kind": AssessmentKind.PERSON, "because": "Fell three times since May",
            "person_id": self.person, "professions": professions, "at": AT, "by": self.social,
        }  # fmt: skip
        return begin_assessment(case_id=self.case_id, **(said | more))  # type: ignore[arg-type]

    def section(self, of: Assessment, profession: Profession) -> AssessmentSection:
        """The section that is being written."""
        with acting(walled.SYSTEM):
            return of.sections.get(profession=profession, signed_at__isnull=True)

    def sign(
        self, by: Viewer, section: AssessmentSection, at: datetime.datetime = AT, **values: object
    ) -> AssessmentSection:
        """Sign a section with these answers."""
        given = {code.replace("_", "-"): value for code, value in values.items()}
        return sign_section(by=by, section_id=section.pk, signing=Signing(given), at=at)


def a_case() -> World:
    """Social care leads, a nurse helps."""
    walled.agency("care", "social_care")
    walled.agency("nhs", "health")
    social = walled.viewer("care", "social_worker", team="Adults")
    nurse = walled.viewer("nhs", "practitioner", team="Nurses")
    person = walled.person("care", given_name="Ada", family_name="Ashe")
    case = open_case(
        by=social, person_ids=[person], programme=Programme.SOCIAL_CARE,
        lead_post_id=post_of(social), at=AT,
    )  # fmt: skip
    joining = Joining(MemberKind.PRACTITIONER, "Sees to her health", post_id=post_of(nurse))
    join_case(by=social, matter_id=case.pk, joining=joining, at=AT)
    return World(case.pk, person, social, nurse)


def approve(viewer: Viewer, function: FunctionCode = FunctionCode.CARE_ACT_ASSESSMENT) -> None:
    """Let somebody decide what the law keeps for the approved."""
    body = Agency.objects.get(pk=viewer.agency)
    since = datetime.date(2026, 1, 1)
    StatutoryFunction.objects.create(
        function=function, accountable=body, operating=body, route=Route.ITS_OWN,
        evidence="Minutes", starts_on=since,
    )  # fmt: skip
    Approval.objects.create(
        holder=Post.objects.get(pk=viewer.post_id).user, function=function, given_by=body,
        evidence="Certificate", starts_on=since, ends_on=datetime.date(2027, 1, 1),
    )  # fmt: skip
