"""Somebody may help with a case: a practitioner works at it, family need no sign-in."""

import uuid

import pytest

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Involvement
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.cases.choices import Footing, MemberKind, Programme
from joinedup.support.cases.models import Case, CaseMember
from joinedup.support.cases.operations import (
    CannotJoin,
    Joining,
    close_case,
    hand_lead,
    join_case,
    leave_case,
    open_case,
)
from joinedup.support.cases.queries.members import members_of, practitioners_like
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later, post_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    walled.agency("housing", "housing")
    return walled.viewer("housing", "housing_officer", team="Tenancies")


@pytest.fixture
def helper() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "social_worker", team="Adults")


@pytest.fixture
def case(lead: Viewer) -> Case:
    return open_case(
        by=lead, person_ids=[walled.person("housing")], programme=Programme.HOUSING_SUPPORT,
        lead_post_id=post_of(lead), at=AT,
    )  # fmt: skip


def joining(viewer: Viewer | None = None, **more: object) -> Joining:
    said = {"kind": MemberKind.PRACTITIONER, "does": "Looks at what she eats", **more}
    return Joining(post_id=post_of(viewer) if viewer else None, **said)  # type: ignore[arg-type]


def sees(viewer: Viewer, case: Case) -> PartLevel:
    with acting(viewer):
        return part_of(viewer, case.pk)


def test_a_practitioner_of_another_agency_works_at_it_until_they_leave(
    lead: Viewer, helper: Viewer, case: Case
) -> None:
    assert sees(helper, case) is PartLevel.NOTHING
    member = join_case(by=lead, matter_id=case.pk, joining=joining(helper), at=AT)
    assert sees(helper, case) is PartLevel.WORK
    with acting(helper):
        assert Involvement.objects.filter(post=helper.post_id, ends_at__isnull=True).exists()
    leave_case(by=lead, member_id=member.pk, at=later(2))
    assert sees(helper, case) is PartLevel.NOTHING
    with acting(walled.SYSTEM):
        left = Involvement.objects.filter(post=helper.post_id, ends_at__isnull=True)
        assert not left.exists()


def test_another_lead_takes_nobody_s_help_away(lead: Viewer, helper: Viewer, case: Case) -> None:
    join_case(by=lead, matter_id=case.pk, joining=joining(helper), at=AT)
    next_lead = walled.viewer("housing", "housing_officer", team="Tenancies")
    hand_lead(by=lead, matter_id=case.pk, post_id=post_of(next_lead), at=later(1))
    assert sees(helper, case) is PartLevel.WORK
    with acting(walled.SYSTEM):
        assert Involvement.objects.filter(post=helper.post_id, ends_at__isnull=True).exists()


def test_a_sister_helps_without_a_sign_in(lead: Viewer, case: Case) -> None:
    """S0-61: an owner of a part of the plan may be family or a volunteer."""
    sister = joining(kind=MemberKind.FAMILY, name="Her sister Ama", does="Comes on Sundays")
    join_case(by=lead, matter_id=case.pk, joining=sister, at=AT)
    assert [each.name for each in members_of(lead, case.pk)] == ["Her sister Ama"]
    with pytest.raises(CannotJoin, match="Say who helps"):
        join_case(by=lead, matter_id=case.pk, joining=joining(kind=MemberKind.FAMILY), at=AT)


def test_without_agreement_there_is_a_reason(lead: Viewer, helper: Viewer, case: Case) -> None:
    """P9: letting somebody in is a disclosure, made by a recorded decision."""
    with pytest.raises(CannotJoin, match="disclosure"):
        join_case(
            by=lead, matter_id=case.pk, joining=joining(helper, footing=Footing.INFORMED), at=AT
        )
    reasoned = joining(helper, footing=Footing.INFORMED, because="She cannot say so today")
    assert join_case(by=lead, matter_id=case.pk, joining=reasoned, at=AT).because


def test_nobody_lets_themselves_in_or_joins_twice_or_after_closing(
    lead: Viewer, helper: Viewer, case: Case
) -> None:
    with pytest.raises(NoPart):
        join_case(by=helper, matter_id=case.pk, joining=joining(helper), at=AT)
    join_case(by=lead, matter_id=case.pk, joining=joining(helper), at=AT)
    with pytest.raises(CannotJoin, match="already"):
        join_case(by=lead, matter_id=case.pk, joining=joining(helper), at=AT)
    unknown = Joining(MemberKind.PRACTITIONER, "Helps", post_id=uuid.uuid4())
    with pytest.raises(CannotJoin, match="Nobody"):
        join_case(by=lead, matter_id=case.pk, joining=unknown, at=AT)


def test_closing_lets_everybody_go(lead: Viewer, helper: Viewer, case: Case) -> None:
    join_case(by=lead, matter_id=case.pk, joining=joining(helper), at=AT)
    close_case(by=lead, matter_id=case.pk, words="She manages well", at=later(3))
    assert sees(helper, case) is PartLevel.NOTHING
    with acting(walled.SYSTEM):
        assert not CaseMember.objects.now().filter(case=case).exists()


def test_practitioners_are_found_by_name_team_or_agency(helper: Viewer) -> None:
    assert [key for key, _ in practitioners_like("adults care", AT)] == [helper.post_id]
    assert practitioners_like("a", AT) == []
