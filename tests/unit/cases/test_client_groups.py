"""Groups that services are for: by age and by how long, behind the wall of the category, counted without anybody."""

import dataclasses
import datetime
from typing import Any

import pytest

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Purpose
from joinedup.support.cases.choices.client_group import ClientGroup, Fit
from joinedup.support.cases.models import ClientGroupTag
from joinedup.support.cases.operations.client_groups import CannotTag, Tagging, end_tag, tag_group
from joinedup.support.cases.presenters.client_groups import choices, tags, to_prepare
from joinedup.support.cases.queries.caseload import caseload
from joinedup.support.cases.queries.client_groups import figures, groups_of
from joinedup.support.cases.rules.caseload import Narrowed, narrow
from joinedup.support.cases.rules.client_group import (
    GroupRule,
    counted,
    fit_of,
    outgrows_on,
    rule_on,
)
from tests.sharing import walled
from tests.unit.cases.assessed import World, a_case
from tests.unit.handovers.sides import AT, later

SMI = ClientGroup.SEVERE_MENTAL_ILLNESS
DAY = AT.date()
RULE = rule_on(SMI, DAY)


def born(years: int, days: int = 0) -> datetime.date:
    return DAY.replace(year=DAY.year - years) + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("born_on", "ill_since", "fit"),
    [
        (born(40), born(3), Fit.FITS),
        (born(18), born(2), Fit.FITS),
        (born(18, 1), born(2), Fit.TOO_YOUNG),
        (born(65, 1), born(2), Fit.FITS),
        (born(65), born(2), Fit.TOO_OLD),
        (born(40), born(2, 1), Fit.NOT_LASTING),
        (born(40), None, Fit.NOT_LASTING),
        (None, born(3), Fit.AGE_NOT_KNOWN),
    ],
)
def test_working_age_and_lasting_are_told_by_the_rule(
    born_on: datetime.date | None, ill_since: datetime.date | None, fit: Fit
) -> None:
    """S4-3: from the 18th birthday until the 65th, and two years of illness."""
    assert fit_of(RULE, DAY, born_on=born_on, ill_since=ill_since) is fit


def test_a_rule_holds_from_its_day_and_the_day_before_has_the_old_one() -> None:
    later_rule = GroupRule(SMI, DAY, 18, 67, 24)
    rules = (RULE, later_rule)
    assert rule_on(SMI, DAY, rules) is later_rule
    assert rule_on(SMI, DAY - datetime.timedelta(days=1), rules) is RULE
    assert rule_on(SMI, datetime.date(1999, 1, 1), rules) is RULE


def test_the_birthday_on_which_a_group_is_outgrown() -> None:
    assert outgrows_on(RULE, datetime.date(1964, 2, 29)) == datetime.date(2029, 2, 28)
    assert outgrows_on(rule_on(ClientGroup.LEARNING_DISABILITY, DAY), born(30)) is None


def test_small_numbers_go_from_the_counts() -> None:
    """P44: three people of an age are nobody's business, and cannot be reckoned from the rest."""
    many = [(SMI, 30)] * 40 + [(SMI, 60)] * 3 + [(SMI, 20)] * 20
    found = counted(many)[SMI]
    assert found[2] == 40
    assert found[3] is None


def tag(world: World, by: Viewer | None = None, **more: Any) -> ClientGroupTag:
    said = {
        "person_id": world.person, "group": SMI, "affects": "Lives alone, sleeps by day, eats once.",
        "whose_word": "Her community psychiatric nurse", "starts_on": DAY, "ill_since": born(6),
    }  # fmt: skip
    return tag_group(
        by=by or world.social, matter_id=world.case_id, said=Tagging(**(said | more)), at=AT
    )


def of_age(world: World, years: int = 40) -> None:
    walled.record(world.person, "care", born_on=born(years))


def seen(viewer: Viewer) -> int:
    with acting(viewer):
        return ClientGroupTag.objects.count()


@pytest.mark.django_db
def test_a_part_in_the_case_alone_shows_no_tag_and_no_trace_of_one() -> None:
    """P8: who works at the case without sight of that data sees the page of a case without any tag.

    For direct care the table of sharing lets health see it: the gateway, and not the case, opens it.
    """
    world = a_case()
    of_age(world)

    def shown(viewer: Viewer) -> tuple[object, ...]:
        with acting(viewer):
            cases = caseload(viewer, at=later(1))
        return groups_of(viewer, world.frame(viewer), AT), [case.groups for case in cases]

    before = shown(world.nurse)
    tag(world)
    assert shown(world.nurse) == before == ([], [()])
    assert (seen(world.social), seen(world.nurse)) == (1, 0)
    assert seen(dataclasses.replace(world.nurse, purpose=Purpose.DIRECT_CARE)) == 1


@pytest.mark.django_db
def test_who_does_not_hold_such_data_writes_none_and_nothing_is_told_by_a_refusal() -> None:
    world = a_case()
    of_age(world)
    tag(world)
    assert [code for code, _ in choices(world.nurse, DAY)] == ["learning_disability"]
    with pytest.raises(CannotTag, match="does not hold mental health data"):
        tag(world, world.nurse)
    with pytest.raises(CannotTag, match="in this group already"):
        tag(world)
    with pytest.raises(ClientGroupTag.DoesNotExist):
        end_tag(by=world.nurse, tag_id=the_tag(world), because="No", at=AT)


def the_tag(world: World) -> Any:
    with acting(walled.SYSTEM):
        return ClientGroupTag.objects.get(case=world.case_id).pk


@pytest.mark.django_db
def test_against_the_rule_there_is_a_reason_and_it_is_read_beside_it() -> None:
    world = a_case()
    of_age(world, 17)
    with pytest.raises(
        CannotTag, match=r"Younger than 18 \(Aged 18 to 64, ill for 2 years or longer\)"
    ):
        tag(world)
    made = tag(world, because="Her move to adult services has begun")
    (row,) = tags(
        groups_of(world.social, world.frame(), AT), world.case_id, "care", is_open=True
    ).rows
    assert row[2].note == "Her move to adult services has begun"
    end_tag(by=world.social, tag_id=made.pk, because="It was another illness", at=later(3))
    (row,) = tags(
        groups_of(world.social, world.frame(), later(3)), world.case_id, "care", is_open=True
    ).rows
    assert row[3].note == "until 21 November 2026: It was another illness"
    assert tag(world, because="Begun again").ends_on is None


@pytest.mark.django_db
def test_the_caseload_is_narrowed_by_it_and_a_birthday_is_prepared() -> None:
    world = a_case()
    of_age(world, 64)
    tag(world)
    with acting(world.social):
        cases = caseload(world.social, at=later(1))
    assert [
        len(narrow(cases, Narrowed(whose="team", group=g), None, DAY)) for g in ClientGroup
    ] == [0, 1, 0, 0]
    (ready,) = to_prepare(groups_of(world.social, world.frame(), AT))
    assert "Next is: older adults with severe and lasting mental illness" in ready


@pytest.mark.django_db
def test_the_counts_are_for_who_counts_and_one_person_is_no_number() -> None:
    world = a_case()
    of_age(world)
    tag(world)
    found = figures(walled.viewer("care", "analyst", "measuring linkage quality"), AT)
    assert set(found.people[SMI]) == {None}
    assert (found.against, found.outgrow) == (None, None)
    with pytest.raises(NotPermitted):
        figures(world.social, AT)
