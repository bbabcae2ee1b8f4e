"""Early help that leads a family's case, social care that can take it over, and whoever stands around."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.operations.schools import name_for_school
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Purpose
from joinedup.support.cases.choices import ForWhom, Programme
from joinedup.support.cases.choices.level import NeedLevel, Telling
from joinedup.support.cases.models import Case, CaseLevel, CaseMember, CaseStep, Lead
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.stepping import FamilyTold, Stepping, step
from joinedup.support.handovers.models import Duty
from tests.sharing import walled
from tests.unit.handovers.sides import AT, post_of

SCHOOL = "Alder Bank School"
TOLD = FamilyTold(
    Telling.TOLD, "I said that a social worker will come, and why.", "Her mother", AT.date()
)


@dataclass(frozen=True)
class World:
    """A case of early help, and both sides of a step."""

    case_id: uuid.UUID
    person: uuid.UUID
    lead: Viewer
    lead_manager: Viewer
    worker: Viewer
    manager: Viewer
    named: Viewer

    def stepping(self, **more: object) -> Stepping:
        """A step up to children's social care."""
        said: dict[str, object] = {
            "to_team_id": self.worker.team_id, "to_programme": Programme.CHILDRENS_SOCIAL_CARE,
            "to_level": NeedLevel.STATUTORY, "reason": "Hit in front of the children again",
            "evidence": "Seen on Monday’s visit; two calls of the police", "told": TOLD,
            "school": SCHOOL, "stays_beside": True, "beside_does": "The morning routine",
        }  # fmt: skip
        return Stepping(**(said | more))  # type: ignore[arg-type]

    def step(self, at: datetime.datetime = AT, **more: object) -> CaseStep:
        """Send it."""
        return step(by=self.lead, matter_id=self.case_id, stepping=self.stepping(**more), at=at)

    def led_by(self) -> list[uuid.UUID]:
        """Whoever leads now, as the database has it."""
        with acting(walled.SYSTEM):
            found = Lead.objects.filter(case=self.case_id, ends_at__isnull=True)
            return list(found.values_list("post_id", flat=True))

    def on_duty(self) -> uuid.UUID:
        """Whoever answers for it now."""
        with acting(walled.SYSTEM):
            return Duty.objects.current().get(matter=self.case_id).post_id

    def levels(self) -> list[int]:
        """Every level it was at."""
        with acting(walled.SYSTEM):
            found = CaseLevel.objects.filter(case=self.case_id).order_by("starts_at", "pk")
            return list(found.values_list("level", flat=True))

    def helping(self) -> list[uuid.UUID | None]:
        """Whoever helps beside the lead."""
        with acting(walled.SYSTEM):
            found = CaseMember.objects.now().filter(case=self.case_id)
            return list(found.values_list("post_id", flat=True))

    def case(self) -> Case:
        """The case as it is."""
        with acting(walled.SYSTEM):
            return Case.objects.get(pk=self.case_id)


def made() -> World:
    """Early help of a charity leads; children's services have a worker, a manager and a school's manager."""
    walled.agency("link", "voluntary")
    walled.agency("children", "social_care")
    lead = walled.viewer("link", "practitioner", Purpose.EARLY_HELP, team="Early help")
    lead_manager = walled.viewer("link", "team_manager", Purpose.EARLY_HELP, team="Early help")
    worker = walled.viewer("children", "social_worker", team="Assessment")
    manager = walled.viewer("children", "team_manager", team="Assessment")
    named = walled.viewer("children", "social_worker", team="Schools")
    Post.objects.filter(pk=lead.post_id).update(operational_manager=lead_manager.post_id)
    name_for_school(
        by=None, purpose="keeping schools", school=SCHOOL, manager_id=post_of(named), at=AT,
        starts_on=AT.date(),
    )  # fmt: skip
    person = walled.person("link")
    case = open_case(
        by=lead, person_ids=[person], programme=Programme.EARLY_HELP, lead_post_id=post_of(lead),
        at=AT, for_whom=ForWhom.FAMILY,
    )  # fmt: skip
    return World(case.pk, person, lead, lead_manager, worker, manager, named)
