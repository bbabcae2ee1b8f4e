"""A practice nominates patients, its team agrees two care roles, and the roll-out is kept (P31, S0-55)."""

import datetime
import itertools
import uuid
from dataclasses import dataclass

import pytest

from joinedup.foundations.agencies.choices import AgencyKind, Discipline
from joinedup.foundations.places.models import Locality, Practice
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.models import Case, Lead
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.handovers.models import Duty
from joinedup.support.panels.choices import CareRoleKind, PanelTemplate, RolloutStage
from joinedup.support.panels.models import Panel, PanelItem
from joinedup.support.panels.operations.nominating import Nominated, Nomination, nominate
from joinedup.support.panels.operations.panel import open_panel
from joinedup.support.panels.operations.panel_members import seat_member
from joinedup.support.panels.operations.practice import CannotAgreeRole, agree_role, end_role
from joinedup.support.panels.operations.rollout import CannotRollOut, set_stage
from joinedup.support.panels.queries.practice import roles_held, rollout
from joinedup.support.panels.rules.practice import may_join, why_no_role
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.panelled import AT, SINCE, words

_K, _A = CareRoleKind, Agreement


def test_voluntary_bodies_and_housing_join_only_on_a_yes() -> None:
    """P31."""
    for kind, agreement in itertools.product(AgencyKind, Agreement):
        needs = kind in {AgencyKind.VOLUNTARY, AgencyKind.HOUSING}
        assert may_join(kind, agreement) is (agreement is _A.AGREED or not needs), kind


@pytest.mark.parametrize(
    ("role", "kind", "agreement", "told"),
    [
        (_K.CARE_COORDINATION, AgencyKind.HEALTH, _A.NOT_INFORMED, ""),
        (_K.CASE_MANAGEMENT, AgencyKind.HEALTH, _A.NOT_INFORMED, "with somebody’s agreement"),
        (_K.CASE_MANAGEMENT, AgencyKind.SOCIAL_CARE, _A.AGREED, ""),
        (_K.CARE_COORDINATION, AgencyKind.VOLUNTARY, _A.INFORMED_NOT_AGREED, "has said yes"),
        (_K.CARE_COORDINATION, AgencyKind.HOUSING, _A.AGREED, ""),
    ],
)
def test_who_may_hold_which_role(
    role: CareRoleKind, kind: AgencyKind, agreement: Agreement, told: str
) -> None:
    """P31: two roles, and consent before some may hold them."""
    wrong = why_no_role(role, kind, agreement)
    assert told in wrong if told else wrong == ""


@dataclass(frozen=True)
class Team:
    """A practice's care team: its panel, its GP, a nurse, a charity's worker, a patient and a stranger."""

    panel: Panel
    practice: Practice
    coordinator: Viewer
    gp: Viewer
    nurse: Viewer
    charity: Viewer
    patient: uuid.UUID
    stranger: uuid.UUID

    def nominate(self, person: uuid.UUID, by: Viewer | None = None, **more: object) -> Nomination:
        """The GP nominates somebody."""
        said: dict[str, object] = {"why": "Fell three times this month.", "agreement": _A.AGREED}
        each = Nominated(person, **(said | more))  # type: ignore[arg-type]
        return nominate(by=by or self.gp, panel_id=self.panel.pk, nominated=[each], at=AT)[0]

    def item(self, **more: object) -> PanelItem:
        """The patient in the queue."""
        item = self.nominate(self.patient, **more).item
        assert item is not None
        return item

    def answers(self, item: PanelItem) -> uuid.UUID:
        """Whoever answers for it now."""
        with acting(walled.SYSTEM):
            return Duty.objects.current().get(matter=item.pk).post_id


@pytest.fixture
def team(db: None) -> Team:
    for code, kind in (("hub", "partnership"), ("gp", "health"), ("link", "voluntary")):
        walled.agency(code, kind)
    place = Locality.objects.create(code="tn", name="Test north", starts_on=SINCE)
    practice = Practice.objects.create(ods_code="Y99901", name="Mill practice", locality=place)
    coordinator = walled.viewer("hub", "panel_coordinator", team="Care teams")
    gp = walled.viewer("gp", "general_practitioner", team="Mill")
    nurse, charity = walled.viewer("gp", team="District nurses"), walled.viewer("link")
    panel = open_panel(
        by=coordinator, code="mill", template=PanelTemplate.CARE_TEAM, practice=practice,
        words=words(coordinator, gp, name="Mill care team"), starts_on=SINCE, at=AT,
    )  # fmt: skip
    for each, discipline in (
        (gp, Discipline.GP), (nurse, Discipline.COMMUNITY_NURSE), (charity, Discipline.VOLUNTARY),
    ):  # fmt: skip
        seat_member(
            by=coordinator, panel_id=panel.pk, post_id=post_of(each), discipline=discipline, at=AT
        )
    patient = walled.person("gp", gp_practice="Y99901", given_name="Edna")
    stranger = walled.person("gp", gp_practice="Y99902")
    for person in (patient, stranger):
        walled.let_see_person(f"post:{gp.post_id}", person, "gp", Category.IDENTITY)
    return Team(panel, practice, coordinator, gp, nurse, charity, patient, stranger)


def test_a_patient_is_nominated_and_somebody_answers_for_them(team: Team) -> None:
    """P33: a named duty holder from the first instant."""
    item = team.item(asked="Who coordinates?")
    assert team.answers(item) == team.coordinator.post_id
    with acting(team.coordinator):
        assert PanelItem.objects.get(pk=item.pk).people.get().name == "Edna Ashe"


def test_only_patients_of_the_practice_are_nominated_once_and_with_a_reason(team: Team) -> None:
    assert "No patient of this practice" in team.nominate(team.stranger).refused
    assert "Say why" in team.nominate(team.patient, why=" ").refused
    team.item()
    assert "already" in team.nominate(team.patient).refused


def test_nobody_nominates_who_does_not_sit_there(team: Team) -> None:
    with pytest.raises(NotPermitted):
        team.nominate(team.patient, by=walled.viewer("gp", "general_practitioner", team="Other"))


def test_a_death_stops_a_nomination(team: Team) -> None:
    """P5."""
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=team.patient).update(died_on=AT.date(), died_source="gp")
    assert "have died" in team.nominate(team.patient).refused


def test_two_roles_are_agreed_and_whoever_manages_the_case_answers_and_leads(team: Team) -> None:
    """P31, P33."""
    item = team.item()
    for kind, who in ((_K.CARE_COORDINATION, team.nurse), (_K.CASE_MANAGEMENT, team.gp)):
        agree_role(by=team.coordinator, item_id=item.pk, kind=kind, post_id=post_of(who), at=AT)
        assert team.answers(item) == who.post_id
    with acting(walled.SYSTEM):
        case = Case.objects.get(matter__persons__person=team.patient)
        assert Lead.objects.get(case=case, ends_at__isnull=True).post_id == team.gp.post_id
    assert {each.kind for each in roles_held(team.nurse, team.panel)} == set(CareRoleKind)


def test_a_role_passes_on_and_with_the_last_the_item_is_over(team: Team) -> None:
    item = team.item()
    first = agree_role(
        by=team.coordinator, item_id=item.pk, kind=_K.CARE_COORDINATION,
        post_id=post_of(team.nurse), at=AT,
    )  # fmt: skip
    second = agree_role(
        by=team.coordinator, item_id=item.pk, kind=_K.CARE_COORDINATION,
        post_id=post_of(team.gp), at=AT,
    )  # fmt: skip
    assert roles_held(team.nurse, team.panel) == []
    with pytest.raises(NotPermitted):
        end_role(by=team.nurse, role_id=first.pk, because="Over", at=AT)
    with pytest.raises(CannotAgreeRole, match="Say why"):
        end_role(by=team.gp, role_id=second.pk, because=" ", at=AT)
    end_role(by=team.gp, role_id=second.pk, because="She is well.", at=AT)
    with acting(walled.SYSTEM):
        assert not Duty.objects.current().filter(matter=item.pk).exists()


def test_without_a_yes_a_charity_holds_no_role_and_no_case_is_managed(team: Team) -> None:
    """P31."""
    item = team.item(agreement=_A.NOT_INFORMED)
    for kind, who, told in (
        (_K.CARE_COORDINATION, team.charity, "has said yes"),
        (_K.CASE_MANAGEMENT, team.nurse, "agreement"),
    ):
        with pytest.raises(CannotAgreeRole, match=told):
            agree_role(by=team.coordinator, item_id=item.pk, kind=kind, post_id=post_of(who), at=AT)


def test_a_practices_stage_is_kept_by_day(team: Team) -> None:
    today = AT.date()
    for stage, days in ((RolloutStage.AGREED, 20), (RolloutStage.MEETING, 2)):
        set_stage(
            by=team.coordinator, practice=team.practice, stage=stage,
            on=today - datetime.timedelta(days=days), words="", at=AT,
        )  # fmt: skip
    stands = {each.practice.pk: each for each in rollout(today)}[team.practice.pk]
    assert stands.stage is RolloutStage.MEETING
    assert stands.panel == team.panel
    for stage, days, words_, told in (
        (RolloutStage.STOPPED, 0, "", "Say why"), (RolloutStage.AGREED, 9, "", "on a later day"),
        (RolloutStage.EMBEDDED, -1, "", "not where it will"),
    ):  # fmt: skip
        with pytest.raises(CannotRollOut, match=told):
            set_stage(
                by=team.coordinator, practice=team.practice, stage=stage, words=words_, at=AT,
                on=today - datetime.timedelta(days=days),
            )  # fmt: skip
    with pytest.raises(NotPermitted):
        set_stage(
            by=team.gp,
            practice=team.practice,
            stage=RolloutStage.MEETING,
            on=today,
            words="",
            at=AT,
        )
