"""Panels are opened after a template, keep their terms by version, and hand their history to a successor."""

import dataclasses
import datetime

import pytest

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry
from joinedup.identity.sharing.access import NotPermitted, acting
from joinedup.support.panels.choices import DecisionKind, PanelTemplate
from joinedup.support.panels.models import Panel
from joinedup.support.panels.operations.panel import (
    CannotKeepPanel,
    TermsWords,
    agree_terms,
    change_panel,
    open_panel,
)
from joinedup.support.panels.operations.panel_members import (
    CannotSeat,
    seat_member,
    unseat_member,
)
from joinedup.support.panels.queries.panel import (
    chair_on,
    line_of,
    members_on,
    panel_of,
    standing,
    terms_on,
)
from joinedup.support.panels.rules.templates import TEMPLATES
from joinedup.support.panels.rules.terms import SeatHeld, what_stands_in_the_way
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.panelled import AT, BASIS, SINCE, table, words

TODAY = AT.date()


def _terms(of: Panel) -> TermsWords:
    now = terms_on(of, TODAY)
    assert now is not None
    usual = TEMPLATES[PanelTemplate(of.template)]
    return TermsWords(now.words, now.quorum, usual.required, usual.case_types, usual.decisions)


@pytest.mark.parametrize("template", PanelTemplate)
def test_every_template_begins_with_terms_that_could_stand(template: PanelTemplate) -> None:
    usual = TEMPLATES[template]
    assert usual.quorum >= 2
    assert usual.decisions
    assert usual.case_types
    assert usual.minutes >= usual.minutes_an_item
    assert DecisionKind.MORE_IS_NEEDED in usual.decisions


def test_terms_that_its_members_cannot_meet_are_told_in_sentences() -> None:
    there = [SeatHeld("police", Discipline.POLICE), SeatHeld("police", Discipline.PROBATION)]
    told = what_stands_in_the_way(2, [Discipline.HOUSING, Discipline.POLICE], there)
    assert told == [
        "2 agencies must be there, and 1 sits on the panel. Add members, or agree a lower quorum.",
        "Nobody sits for: Housing. Add a member for each.",
    ]
    assert not what_stands_in_the_way(1, [Discipline.POLICE], there)


@pytest.mark.django_db
def test_a_panel_is_opened_with_the_terms_of_its_template_and_leaves_a_line() -> None:
    at_table = table()
    now = terms_on(at_table.panel, TODAY)
    assert now is not None
    assert now.version == 1
    assert now.quorum == TEMPLATES[PanelTemplate.TRANSFORMING_LIVES].quorum
    assert at_table.panel.capacity == 12
    with acting(walled.SYSTEM):
        assert Entry.objects.filter(act="opened a panel", subject_kind="panel").count() == 1
    assert [each.agency_id for each in members_on(at_table.panel, TODAY)] == [
        "care", "council", "housing", "police",
    ]  # fmt: skip


@pytest.mark.django_db
def test_only_a_coordinator_opens_and_changes_a_panel() -> None:
    at_table = table()
    said = words(at_table.coordinator, at_table.chair)
    with pytest.raises(NotPermitted):
        open_panel(
            by=at_table.chair, code="mine", template=PanelTemplate.ACTION_TEAM, words=said,
            starts_on=SINCE, at=AT,
        )  # fmt: skip
    with pytest.raises(NotPermitted):
        change_panel(by=at_table.police, panel_id=at_table.panel.pk, words=said, at=AT)
    with pytest.raises(NotPermitted):
        seat_member(
            by=at_table.police, panel_id=at_table.panel.pk, post_id=post_of(at_table.police),
            discipline=Discipline.FIRE, at=AT,
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("template", "more", "told"),
    [
        (PanelTemplate.EARLY_HELP, {"before_agreement_basis": BASIS}, "has not agreed"),
        (PanelTemplate.CARE_TEAM, {}, "Choose which"),
        (PanelTemplate.ACTION_TEAM, {"minutes": 5, "before_agreement_basis": ""}, "Lengthen it"),
        (PanelTemplate.ACTION_TEAM, {"name": " ", "before_agreement_basis": ""}, "a name"),
    ],
)
def test_a_panel_that_cannot_be_is_refused_with_what_to_do(
    template: PanelTemplate, more: dict[str, object], told: str
) -> None:
    """P25: before agreement is an exception of some programmes alone."""
    at_table = table()
    with pytest.raises(CannotKeepPanel, match=told):
        open_panel(
            by=at_table.coordinator, code="other", template=template,
            words=words(at_table.coordinator, at_table.chair, **more), starts_on=SINCE, at=AT,
        )  # fmt: skip


@pytest.mark.django_db
def test_terms_are_agreed_by_version_and_those_before_stay() -> None:
    panel = table().panel
    coordinator = walled.viewer("hub", "panel_coordinator", team="Panel")
    later = TODAY + datetime.timedelta(days=14)
    agree_terms(
        by=coordinator, panel_id=panel.pk, starts_on=later, at=AT,
        terms=dataclasses.replace(_terms(panel), quorum=3),
    )  # fmt: skip
    assert [each.version for each in panel.terms.order_by("version")] == [1, 2]
    before, after = terms_on(panel, TODAY), terms_on(panel, later)
    assert before is not None
    assert after is not None
    assert (before.quorum, after.quorum) == (4, 3)
    with pytest.raises(CannotKeepPanel, match="begins after that"):
        agree_terms(by=coordinator, panel_id=panel.pk, terms=_terms(panel), starts_on=later, at=AT)
    with pytest.raises(CannotKeepPanel, match="at least two agencies"):
        agree_terms(
            by=coordinator, panel_id=panel.pk, at=AT,
            terms=dataclasses.replace(_terms(panel), quorum=1),
            starts_on=later + datetime.timedelta(days=1),
        )  # fmt: skip


@pytest.mark.django_db
def test_a_successor_takes_over_members_route_and_history() -> None:
    """S0-86: a panel that builds on an earlier one keeps what that decided."""
    at_table = table()
    starts = TODAY + datetime.timedelta(days=30)
    new = open_panel(
        by=at_table.coordinator, code="tl-two", template=PanelTemplate.TRANSFORMING_LIVES,
        words=words(at_table.coordinator, at_table.chair, name="Lives panel"), starts_on=starts,
        at=AT, succeeds=at_table.panel,
    )  # fmt: skip
    before = Panel.objects.get(pk=at_table.panel.pk)
    assert before.ends_on == starts
    assert before.route_id is None
    assert new.route is not None
    assert [each.code for each in line_of(new)] == ["tl-two", "tl"]
    assert len(members_on(new, starts)) == len(members_on(before, TODAY)) == 4
    with pytest.raises(CannotKeepPanel, match="succeeded already"):
        open_panel(
            by=at_table.coordinator, code="tl-three", template=PanelTemplate.TRANSFORMING_LIVES,
            words=words(at_table.coordinator, at_table.chair), starts_on=starts, at=AT,
            succeeds=before,
        )  # fmt: skip


@pytest.mark.django_db
def test_a_member_sits_for_their_agency_is_covered_by_it_and_goes() -> None:
    at_table = table()
    fire = walled.agency("fire", "fire")
    officer, colleague = walled.viewer(fire.code), walled.viewer(fire.code)
    member = seat_member(
        by=at_table.coordinator, panel_id=at_table.panel.pk, post_id=post_of(officer),
        discipline=Discipline.FIRE, at=AT, cover_id=post_of(colleague),
    )  # fmt: skip
    assert standing(officer, at_table.panel, TODAY).sits
    assert standing(colleague, at_table.panel, TODAY).sits
    unseat_member(by=at_table.coordinator, member_id=member.pk, at=AT)
    assert not standing(officer, at_table.panel, TODAY).any
    with pytest.raises(Panel.DoesNotExist):
        panel_of(officer, "tl", TODAY)


@pytest.mark.django_db
def test_who_sees_no_person_cannot_sit_and_nobody_covers_for_another_agency() -> None:
    at_table = table()
    referrer = walled.viewer("housing", "referrer")
    for post_id, cover, told in (
        (post_of(referrer), None, "sees no person"),
        (post_of(at_table.care), post_of(at_table.police), "same agency"),
    ):
        with pytest.raises(CannotSeat, match=told):
            seat_member(
                by=at_table.coordinator, panel_id=at_table.panel.pk, post_id=post_id,
                discipline=Discipline.HOUSING, at=AT, cover_id=cover,
            )  # fmt: skip
    chairs = next(
        each for each in members_on(at_table.panel, TODAY) if each.post_id == at_table.chair.post_id
    )
    with pytest.raises(CannotSeat, match="Name somebody else first"):
        unseat_member(by=at_table.coordinator, member_id=chairs.pk, at=AT)


@pytest.mark.django_db
def test_the_cover_chairs_where_the_chairs_post_has_ended() -> None:
    at_table = table()
    cover = walled.viewer("council", "team_manager", team="Communities")
    Panel.objects.filter(pk=at_table.panel.pk).update(chair_cover=cover.post_id)
    panel = Panel.objects.get(pk=at_table.panel.pk)
    assert chair_on(panel, TODAY) == at_table.chair.post_id
    Post.objects.filter(pk=at_table.chair.post_id).update(ends_on=TODAY)
    assert chair_on(panel, TODAY) == cover.post_id
    Post.objects.filter(pk=cover.post_id).update(ends_on=TODAY)
    assert chair_on(panel, TODAY) is None
