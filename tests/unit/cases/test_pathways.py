"""Pathways in the database: proposed, published by a second, begun in a case, read from it, and counted."""

import datetime

import pytest

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.support.cases.choices.pathway import Became, CountedFrom, StepSign, StepState
from joinedup.support.cases.models import FollowedPathway, Pathway, PathwayMark
from joinedup.support.cases.operations import close_case
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.following import begin_pathway, end_pathway, mark_step
from joinedup.support.cases.operations.pathways import (
    CannotPropose,
    CannotPublish,
    PathwayWords,
    StepWords,
    propose_pathway,
    publish_pathway,
    withdraw_pathway,
)
from joinedup.support.cases.presenters.pathways import figures_table, on_page, overview_says
from joinedup.support.cases.queries.caseload import caseload
from joinedup.support.cases.queries.pathways import figures_of_all, pathways_of, to_begin
from joinedup.support.cases.rules.caseload import Mark, marks_of
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.cases.assessed import World, a_case
from tests.unit.handovers.sides import AT, later

pytestmark = pytest.mark.django_db
DAY = AT.date()
STEPS = (
    StepWords("Somebody rings them", "The lead", 2, sign=StepSign.CONTACT),
    StepWords("The joint desk looks for a bed", "Bed coordinator", 3, shared="The joint bed desk"),
    StepWords("The plan is put to them", "The lead", 5, CountedFrom.STEP_BEFORE, sign=StepSign.PLAN_PUT),
)  # fmt: skip


def words(**more: object) -> PathwayWords:
    said = {
        "title": "Home from hospital", "for_whom": "Anybody who leaves a ward with help.",
        "source": "Agreed by the delivery group.", "because": "The first of its kind.",
        "starts_on": DAY, "steps": STEPS,
    }  # fmt: skip
    return PathwayWords(**(said | more))  # type: ignore[arg-type]


def managers() -> tuple[Viewer, Viewer]:
    walled.agency("care", "social_care")
    return tuple(walled.viewer("care", "team_manager", team="Adults") for _ in range(2))  # type: ignore[return-value]


def published(**more: object) -> Pathway:
    one, other = managers()
    made = propose_pathway(by=one, said=words(**more), at=AT)
    return publish_pathway(by=other, pathway_id=made.pk, at=AT)


def begun(world: World, pathway: Pathway | None = None) -> FollowedPathway:
    found = pathway or published()
    return begin_pathway(
        by=world.social, matter_id=world.case_id, pathway_id=found.pk, starts_on=DAY, at=AT
    )


def test_a_version_is_published_by_a_second_and_never_changed() -> None:
    one, other = managers()
    made = propose_pathway(by=one, said=words(), at=AT)
    with pytest.raises(CannotPublish, match="Somebody else publishes"):
        publish_pathway(by=one, pathway_id=made.pk, at=AT)
    publish_pathway(by=other, pathway_id=made.pk, at=AT)
    with pytest.raises(CannotPublish, match="never changed"):
        withdraw_pathway(by=one, pathway_id=made.pk, at=AT)
    assert [each.pk for each in Pathway.objects.on(DAY)] == [made.pk]


@pytest.mark.parametrize(
    ("more", "match"),
    [({"source": " "}, "who agreed it"), ({"steps": STEPS[:1]}, "two steps")],
)
def test_what_is_not_whole_is_not_proposed(more: dict[str, object], match: str) -> None:
    with pytest.raises(CannotPropose, match=match):
        propose_pathway(by=managers()[0], said=words(**more), at=AT)


def test_who_does_not_manage_proposes_none_and_a_name_is_taken_once() -> None:
    one, _ = managers()
    propose_pathway(by=one, said=words(), at=AT)
    with pytest.raises(CannotPropose, match="new version of that one"):
        propose_pathway(by=one, said=words(), at=AT)
    assert propose_pathway(by=one, said=words(code="home-from-hospital"), at=AT).version == 2
    with pytest.raises(CannotPropose, match="team manager"):
        propose_pathway(by=walled.viewer("care", "social_worker"), said=words(title="Other"), at=AT)


def test_a_case_goes_on_under_the_version_it_began_with() -> None:
    world, first = a_case(), published()
    begun(world, first)
    tomorrow = DAY + datetime.timedelta(days=1)
    published(code=first.code, starts_on=tomorrow, steps=STEPS[:2])
    found = pathways_of(world.social, world.case_id, later(2))
    assert [(each.followed.pathway.version, len(each.steps)) for each in found] == [(1, 3)]
    assert to_begin(found, "social_care", tomorrow) == []
    with pytest.raises(CannotPlan, match="on that pathway already"):
        begin_pathway(
            by=world.social, matter_id=world.case_id, starts_on=tomorrow, at=later(2),
            pathway_id=Pathway.objects.get(code=first.code, version=2).pk,
        )  # fmt: skip


def test_what_the_case_shows_is_read_and_the_rest_is_said_and_said_again() -> None:
    """S1-33, P41: actual against pathway, with who said what; a correction stands instead."""
    world = a_case()
    followed = begun(world)
    with acting(walled.SYSTEM):
        from_contacts(world)
    bed = followed.pathway.steps.get(place=2)
    for became, why in (
        (Became.LEFT_OUT, "No bed is wanted"),
        (Became.NOT_DONE, "It is, after all"),
    ):
        mark_step(
            by=world.nurse, followed_id=followed.pk, step_id=bed.pk, became=became, on=DAY,
            words=why, at=AT,
        )  # fmt: skip
    (found,) = pathways_of(world.social, world.case_id, later(7))
    assert [each.state for each in found.steps] == [
        StepState.ON_TIME, StepState.OVERDUE, StepState.WAITS,
    ]  # fmt: skip
    assert found.steps[0].is_read
    with acting(walled.SYSTEM):
        assert (
            PathwayMark.objects.filter(corrected_by__isnull=True).get().words == "It is, after all"
        )
    shown = on_page(found, is_open=True)
    assert [row[3].text for row in shown.steps.rows] == [
        "Done on time", "Past its limit", "After the step before",
    ]  # fmt: skip
    assert overview_says([found]).startswith("Home from hospital: 1 step past the limit. Next: The")
    with acting(world.social):
        (facts,) = caseload(world.social, at=later(7))
    assert Mark.OFF_PATHWAY in marks_of(facts, later(7).date())


def from_contacts(world: World) -> None:
    Contact.objects.create(
        matter_id=world.case_id, how=How.PHONE, at=AT, recorded_at=AT, words="Rang her",
        by_id=world.social.post_id, person_id=world.person,
    )  # fmt: skip


def test_what_cannot_be_said_of_a_step_is_refused() -> None:
    world = a_case()
    followed = begun(world)
    step = followed.pathway.steps.get(place=2)
    said = {"by": world.social, "followed_id": followed.pk, "step_id": step.pk, "at": AT}
    for became, on, why, match in (
        (Became.LEFT_OUT, DAY, " ", "Say why"),
        (Became.DONE, DAY + datetime.timedelta(days=1), "", "still to come"),
        (Became.DONE, DAY - datetime.timedelta(days=1), "", "had not begun"),
        (Became.NOT_DONE, DAY, "Wrong", "Nobody has said"),
    ):
        with pytest.raises(CannotPlan, match=match):
            mark_step(became=became, on=on, words=why, **said)  # type: ignore[arg-type]
    with pytest.raises(CannotPlan, match="no step of that pathway"):
        mark_step(became=Became.DONE, on=DAY, words="", **(said | {"step_id": 0}))  # type: ignore[arg-type]
    end_pathway(by=world.social, followed_id=followed.pk, because="They moved in with a son", at=AT)
    (found,) = pathways_of(world.social, world.case_id, later(30))
    assert {each.state for each in found.steps} == {StepState.ENDED}
    close_case(by=world.social, matter_id=world.case_id, words="Done", at=later(1))
    with pytest.raises(CannotPlan, match="closed"):
        mark_step(became=Became.DONE, on=DAY, words="", **said)  # type: ignore[arg-type]


def test_who_does_not_work_at_the_case_sees_and_says_nothing() -> None:
    world = a_case()
    followed = begun(world)
    stranger = walled.viewer("care", "social_worker", team="Others")
    with acting(stranger):
        assert not FollowedPathway.objects.exists()
    with pytest.raises(FollowedPathway.DoesNotExist):
        end_pathway(by=stranger, followed_id=followed.pk, because="No", at=AT)
    with pytest.raises(NoPart):
        begin_pathway(
            by=stranger,
            matter_id=world.case_id,
            pathway_id=followed.pathway_id,
            starts_on=DAY,
            at=AT,
        )


def test_how_many_kept_the_limits_is_for_who_counts_and_shows_nobody() -> None:
    """P44: one case alone is no number."""
    world = a_case()
    begun(world)
    analyst = walled.viewer("care", "analyst", "measuring linkage quality")
    (found,) = figures_of_all(analyst, later(1))
    assert found.cases is None
    assert {each for step in found.steps for each in step.counts} == {None}
    assert "–" in {cell.text for row in figures_table(found).rows for cell in row}
    with pytest.raises(NotPermitted):
        figures_of_all(world.social, later(1))
