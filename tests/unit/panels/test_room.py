"""In the meeting: quorum, interests, leaving, two who write, decisions, the chair's urgent action."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.choices import Attendance, InterestKind, ItemState
from joinedup.foundations.meetings.models import AgendaItem, Interest, Meeting
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import Step
from joinedup.support.panels.choices import Box, DecisionKind, PanelItemState, Stance
from joinedup.support.panels.models import (
    ActionWords,
    Allocation,
    Decision,
    ItemText,
    ItemTextVersion,
    PanelItem,
)
from joinedup.support.panels.operations.agenda import build_agenda
from joinedup.support.panels.operations.deciding import (
    CannotDecide,
    Deciding,
    StanceSaid,
    act_urgently,
    correct_decision,
    decide,
    ratify,
)
from joinedup.support.panels.operations.interests import declare_interest, lift_interest
from joinedup.support.panels.operations.room import (
    CannotRun,
    hand_chair,
    open_item,
    put_off,
    say_attendance,
)
from joinedup.support.panels.operations.room_actions import drop_action, give_action
from joinedup.support.panels.operations.room_writing import settle_beside, write_box
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.panelled import AT, Table, table
from tests.unit.panels.queued import THURSDAY, convened, item_as, queued

pytestmark = pytest.mark.django_db
REASONS = "They know her best, and she asked for them."


@pytest.fixture
def at_it() -> Table:
    return table()


def line_of(item: PanelItem) -> int:
    """The line of the agenda that an item stands on."""
    with acting(walled.SYSTEM):
        found = PanelItem.objects.get(pk=item.pk).agenda_id
    assert found is not None
    return found


def said(*there: Viewer, kind: DecisionKind = DecisionKind.ADVICE, **more: object) -> Deciding:
    """A decision that everybody there agrees to."""
    stances = [StanceSaid(each.agency, post_of(each), Stance.AGREES) for each in there]
    return Deciding(**({"kind": kind, "reasons": REASONS, "stances": stances} | more))  # type: ignore[arg-type]


def state_of(item: PanelItem) -> str:
    """Where an item stands."""
    with acting(walled.SYSTEM):
        return PanelItem.objects.get(pk=item.pk).state


def opened(at_it: Table, *there: Viewer) -> tuple[PanelItem, Meeting]:
    """An item that is open at the meeting, with these there besides the chair."""
    item = queued(at_it)
    meeting = convened(at_it, *(there or (at_it.police, at_it.housing, at_it.care)))
    open_item(by=at_it.chair, agenda_id=line_of(item), at=THURSDAY)
    return item, meeting


def test_without_quorum_no_item_opens_and_the_sentence_says_who_is_missing(at_it: Table) -> None:
    """P26: also by whoever coordinates, and an interest takes its agency's voice out of the count."""
    item = queued(at_it)
    meeting = convened(at_it)
    for by in (at_it.chair, at_it.coordinator):
        with pytest.raises(CannotRun, match="agencies must be there and one is"):
            open_item(by=by, agenda_id=line_of(item), at=THURSDAY)
    for each in (at_it.police, at_it.housing, at_it.care):
        say_attendance(
            by=each, meeting_id=meeting.pk, post_id=post_of(each), attendance=Attendance.PRESENT,
            at=THURSDAY,
        )  # fmt: skip
    with pytest.raises(CannotRun, match="chairs this meeting"):
        open_item(by=at_it.police, agenda_id=line_of(item), at=THURSDAY)
    line = open_item(by=at_it.chair, agenda_id=line_of(item), at=THURSDAY)
    assert line.state == ItemState.OPEN


def test_a_quorum_lost_by_an_interest_is_no_quorum(at_it: Table) -> None:
    """P26, S4-53."""
    item = queued(at_it)
    meeting = convened(at_it, at_it.police, at_it.housing, at_it.care)
    Meeting.objects.filter(pk=meeting.pk).update(required_disciplines=["housing"])
    declare_interest(
        by=at_it.housing, agenda_id=line_of(item), post_id=post_of(at_it.housing),
        kind=InterestKind.RELATION, at=THURSDAY,
    )  # fmt: skip
    with pytest.raises(CannotRun, match="nobody is there for housing"):
        open_item(by=at_it.chair, agenda_id=line_of(item), at=THURSDAY)


def test_an_interest_shuts_the_item_at_once_and_everywhere(at_it: Table) -> None:
    """S4-53: neither seen, nor written in, nor decided, nor an action of; until the chair lifts it for a reason."""
    item, meeting = opened(at_it)
    Meeting.objects.filter(pk=meeting.pk).update(quorum=2, required_disciplines=[])
    declare_interest(
        by=at_it.housing, agenda_id=line_of(item), post_id=post_of(at_it.housing),
        kind=InterestKind.RELATION, at=THURSDAY,
    )  # fmt: skip
    assert item_as(at_it.housing, item) is None
    with acting(at_it.housing):
        assert not ItemText.objects.filter(item=item.pk).exists()
        assert not Decision.objects.filter(item=item.pk).exists()
    with pytest.raises(PanelItem.DoesNotExist):
        write_box(by=at_it.housing, item_id=item.pk, box=Box.NOTES, base="", words="x", at=THURSDAY)
    with pytest.raises(CannotDecide, match="no interest"):
        decide(
            by=at_it.chair, item_id=item.pk, at=THURSDAY,
            said=said(at_it.chair, at_it.police, at_it.care, at_it.housing),
        )  # fmt: skip
    with pytest.raises(CannotRun, match="interest"):
        give_action(
            by=at_it.chair, agenda_id=line_of(item), owner_id=post_of(at_it.housing), words="Ring",
            due_on=THURSDAY.date(), at=THURSDAY,
        )  # fmt: skip
    declared = Interest.objects.get(post=at_it.housing.post_id)
    with pytest.raises(CannotRun, match="holds the chair"):
        lift_interest(by=at_it.coordinator, interest_id=declared.pk, because="No", at=THURSDAY)
    lift_interest(
        by=at_it.chair, interest_id=declared.pk, because="Another family of that name", at=THURSDAY
    )
    assert item_as(at_it.housing, item) is not None


def test_of_others_the_chair_declares_and_a_chair_with_an_interest_hands_on(at_it: Table) -> None:
    item = queued(at_it)
    meeting = convened(at_it, at_it.police, at_it.housing, at_it.care)
    Meeting.objects.filter(pk=meeting.pk).update(quorum=3, required_disciplines=[])
    line = line_of(item)
    with pytest.raises(CannotRun, match="your own"):
        declare_interest(
            by=at_it.police, agenda_id=line, post_id=post_of(at_it.housing),
            kind=InterestKind.OTHER, at=THURSDAY,
        )  # fmt: skip
    declare_interest(
        by=at_it.chair, agenda_id=line, post_id=post_of(at_it.chair), kind=InterestKind.NEIGHBOUR,
        at=THURSDAY,
    )  # fmt: skip
    assert item_as(at_it.chair, item) is None
    assert item_as(at_it.coordinator, item) is not None
    with pytest.raises(CannotRun, match="Hand the chair on"):
        open_item(by=at_it.chair, agenda_id=line, at=THURSDAY)
    hand_chair(by=at_it.chair, meeting_id=meeting.pk, to_post_id=post_of(at_it.care), at=THURSDAY)
    open_item(by=at_it.care, agenda_id=line, at=THURSDAY)
    made = decide(
        by=at_it.care, item_id=item.pk, said=said(at_it.police, at_it.housing, at_it.care),
        at=THURSDAY,
    )  # fmt: skip
    assert made.by_post_id == at_it.care.post_id


def test_an_interest_of_the_panel_s_own_team_shuts_it_to_that_one_alone(at_it: Table) -> None:
    """The team's part becomes each of the others' own."""
    colleague = walled.viewer("hub", "panel_coordinator", team="Panel")
    item, _ = opened(at_it)
    declare_interest(
        by=at_it.coordinator, agenda_id=line_of(item), post_id=post_of(at_it.coordinator),
        kind=InterestKind.FINANCIAL, at=THURSDAY,
    )  # fmt: skip
    assert item_as(at_it.coordinator, item) is None
    assert item_as(colleague, item) is not None


def test_whoever_leaves_loses_sight_at_once(at_it: Table) -> None:
    """By leaving the room, and by a post that ends; coming back opens the items again."""
    item, meeting = opened(at_it)

    def says(attendance: Attendance) -> None:
        say_attendance(
            by=at_it.police, meeting_id=meeting.pk, post_id=post_of(at_it.police),
            attendance=attendance, at=THURSDAY,
        )  # fmt: skip

    says(Attendance.LEFT)
    assert item_as(at_it.police, item) is None
    says(Attendance.PRESENT)
    assert item_as(at_it.police, item) is not None
    Post.objects.filter(pk=at_it.care.post_id).update(ends_on=AT.date())
    with pytest.raises(NotPermitted):
        item_as(at_it.care, item)


def test_two_who_write_at_once_lose_nothing(at_it: Table) -> None:
    """Joined where they wrote at different places, side by side where they met, and each version stays."""
    item, meeting = opened(at_it)
    before = Meeting.objects.get(pk=meeting.pk).version

    def writes(by: Viewer, base: str, words: str) -> tuple[str, int | None]:
        written = write_box(
            by=by, item_id=item.pk, box=Box.NOTES, base=base, words=words, at=THURSDAY
        )
        return written.words, written.beside

    assert writes(at_it.police, "", "He owes rent.") == ("He owes rent.", None)
    assert writes(at_it.care, "He owes rent.", "He owes much rent.") == ("He owes much rent.", None)
    # A line that was typed without a connection, on what stood there before.
    assert writes(at_it.housing, "He owes rent.", "He owes rent. We wait.") == (
        "He owes much rent. We wait.", None,
    )  # fmt: skip
    stands, beside = writes(at_it.police, "He owes rent.", "He owes some rent.")
    assert stands == "He owes much rent. We wait."
    with acting(walled.SYSTEM):
        kept = ItemTextVersion.objects.get(pk=beside)
        assert (kept.words, kept.is_beside) == ("He owes some rent.", True)
        assert ItemTextVersion.objects.filter(item=item.pk, text__box=Box.NOTES).count() == 4
    together = settle_beside(by=at_it.care, version_id=kept.pk, put_in=True, at=THURSDAY)
    assert together.words == "He owes much rent. We wait.\nHe owes some rent."
    assert Meeting.objects.get(pk=meeting.pk).version > before


def test_an_agency_s_view_is_its_own_to_write(at_it: Table) -> None:
    item, _ = opened(at_it)
    with pytest.raises(CannotRun, match="whoever sits for it"):
        write_box(
            by=at_it.police, item_id=item.pk, box=Box.VIEW, agency="housing", base="", words="x",
            at=THURSDAY,
        )  # fmt: skip
    written = write_box(
        by=at_it.housing, item_id=item.pk, box=Box.VIEW, agency="housing", base="", words="Stays.",
        at=THURSDAY,
    )  # fmt: skip
    assert written.version == 1


def test_a_decision_has_everybody_s_stance_and_the_dissent_is_kept(at_it: Table) -> None:
    """Each agency that is there; dissent with its words; then the panel's clock is done (P33)."""
    item, _ = opened(at_it)
    everybody = (at_it.chair, at_it.police, at_it.housing)
    with pytest.raises(CannotDecide, match="each agency"):
        decide(by=at_it.chair, item_id=item.pk, said=said(*everybody), at=THURSDAY)
    care = StanceSaid("care", post_of(at_it.care), Stance.DISSENTS, "Not without an assessment")
    stances = [*said(*everybody).stances, care]
    with pytest.raises(CannotRun, match="chairs this meeting"):
        decide(by=at_it.police, item_id=item.pk, said=said(stances=stances), at=THURSDAY)
    silent = [*stances[:-1], StanceSaid("care", post_of(at_it.care), Stance.DISSENTS)]
    with pytest.raises(CannotDecide, match="why an agency dissents"):
        decide(by=at_it.chair, item_id=item.pk, said=said(stances=silent), at=THURSDAY)
    made = decide(by=at_it.chair, item_id=item.pk, said=said(stances=stances), at=THURSDAY)
    with acting(at_it.police):
        told = dict(made.stances.values_list("agency", "stance"))
        assert told["care"] == "dissents"
    assert sorted(made.agencies_present) == ["care", "council", "housing", "police"]
    assert (made.by_post_id, state_of(item)) == (at_it.chair.post_id, PanelItemState.DECIDED)
    with acting(walled.SYSTEM):
        matter = PanelItem.objects.get(pk=item.pk).referral_id
        assert Step.objects.get(matter=matter, kind=StepKind.PANEL).done_at == THURSDAY
    with pytest.raises(CannotDecide):
        decide(by=at_it.chair, item_id=item.pk, said=said(stances=stances), at=THURSDAY)


def test_without_the_person_s_own_words_it_says_why(at_it: Table) -> None:
    """Their words are asked for; deciding without them says why not."""
    item, _ = opened(at_it)
    with acting(walled.SYSTEM):
        ItemText.objects.filter(item=item.pk, box=Box.OWN_WORDS).update(words="")
    everybody = (at_it.chair, at_it.police, at_it.housing, at_it.care)
    with pytest.raises(CannotDecide, match="own words"):
        decide(by=at_it.chair, item_id=item.pk, said=said(*everybody), at=THURSDAY)
    made = decide(
        by=at_it.chair, item_id=item.pk, at=THURSDAY,
        said=said(*everybody, without_words_because="It was not safe to ask her"),
    )  # fmt: skip
    assert made.without_words_because == "It was not safe to ask her"


def test_an_allocation_asks_the_lead_agency_at_once(at_it: Table) -> None:
    """P27."""
    item, _ = opened(at_it)
    made = decide(
        by=at_it.chair, item_id=item.pk, at=THURSDAY,
        said=said(at_it.chair, at_it.police, at_it.housing, at_it.care,
            kind=DecisionKind.ALLOCATE, lead_agency="housing"),
    )  # fmt: skip
    with acting(walled.SYSTEM):
        assert Allocation.objects.get(decision=made).agency_id == "housing"


def test_an_item_is_put_off_once(at_it: Table) -> None:
    """P26: by putting it off, or by asking for more; it comes first at the next meeting."""
    item, meeting = opened(at_it)
    put_off(by=at_it.chair, agenda_id=line_of(item), because="The GP is ill", at=THURSDAY)
    assert AgendaItem.objects.get(pk=line_of(item)).state == ItemState.DEFERRED
    queued(at_it, "Ben", is_urgent=True)
    Meeting.objects.filter(pk=meeting.pk).update(state="ended", ended_at=THURSDAY)
    after = build_agenda(
        by=at_it.coordinator, panel_id=at_it.panel.pk, at=THURSDAY + datetime.timedelta(days=1)
    )
    with acting(walled.SYSTEM):
        first = PanelItem.objects.filter(agenda__meeting=after).order_by("agenda__place").first()
    assert first is not None
    assert first.pk == item.pk
    with pytest.raises(CannotRun, match="put off once"):
        put_off(by=at_it.chair, agenda_id=line_of(item), because="Again", at=THURSDAY)


def test_the_chair_acts_urgently_with_two_agencies_and_the_next_meeting_ratifies(
    at_it: Table,
) -> None:
    """P26: any day, by the chair alone, with two named agencies who are told."""
    item = queued(at_it)
    with pytest.raises(CannotDecide, match="two agencies"):
        act_urgently(by=at_it.chair, item_id=item.pk, said=said(at_it.police), at=AT)
    with pytest.raises(NotPermitted):
        act_urgently(
            by=at_it.coordinator, item_id=item.pk, said=said(at_it.police, at_it.care), at=AT
        )
    made = act_urgently(by=at_it.chair, item_id=item.pk, said=said(at_it.police, at_it.care), at=AT)
    assert (made.is_urgent, made.meeting_id, made.ratified_at) == (True, None, None)
    assert Notice.objects.filter(kind="urgent_action").count() == 2
    assert item_as(at_it.police, item) is not None
    meeting = convened(at_it, at_it.police, at_it.housing, at_it.care)
    with pytest.raises(CannotDecide, match="Open the item"):
        ratify(by=at_it.chair, decision_id=made.pk, at=THURSDAY)
    open_item(by=at_it.chair, agenda_id=line_of(item), at=THURSDAY)
    ratified = ratify(by=at_it.chair, decision_id=made.pk, at=THURSDAY)
    assert (ratified.ratified_at, ratified.meeting_id) == (THURSDAY, meeting.pk)


def test_a_decision_is_corrected_by_a_new_entry(at_it: Table) -> None:
    """Never by an edit: the one before stays, and one entry corrects it."""
    item, _ = opened(at_it)
    everybody = (at_it.chair, at_it.police, at_it.housing, at_it.care)
    first = decide(by=at_it.chair, item_id=item.pk, said=said(*everybody), at=THURSDAY)
    wrong = said(*everybody, kind=DecisionKind.NOTHING_FURTHER)
    with pytest.raises(CannotDecide, match="why"):
        correct_decision(by=at_it.chair, decision_id=first.pk, said=wrong, because="", at=THURSDAY)
    with pytest.raises(NotPermitted):
        correct_decision(
            by=at_it.police, decision_id=first.pk, said=wrong, because="We hoped for more",
            at=THURSDAY,
        )  # fmt: skip
    second = correct_decision(
        by=at_it.chair, decision_id=first.pk, said=wrong, because="Advice was given before",
        at=THURSDAY,
    )  # fmt: skip
    with acting(at_it.police):
        assert [each.kind for each in Decision.objects.filter(item=item.pk).order_by("at", "pk")] in (
            ["advice", "nothing_further"], ["nothing_further", "advice"],
        )  # fmt: skip
        assert Decision.objects.get(pk=first.pk).corrected_by == second
    with pytest.raises(CannotDecide, match="latest"):
        correct_decision(
            by=at_it.chair, decision_id=first.pk, said=wrong, because="Once more", at=THURSDAY
        )


def test_an_action_has_an_owner_and_a_day(at_it: Table) -> None:
    """P29: a note of the meeting until it ends; its words are the item's."""
    item, _ = opened(at_it)
    with pytest.raises(CannotRun, match="ahead"):
        give_action(
            by=at_it.chair, agenda_id=line_of(item), owner_id=post_of(at_it.police), words="Ring",
            due_on=AT.date(), at=THURSDAY,
        )  # fmt: skip
    made = give_action(
        by=at_it.chair, agenda_id=line_of(item), owner_id=post_of(at_it.police),
        words="Ring the landlord", due_on=THURSDAY.date(), at=THURSDAY,
    )  # fmt: skip
    assert (made.number, made.words, made.out_at) == (1, "", None)
    with acting(at_it.housing):
        assert ActionWords.objects.get(action=made).words == "Ring the landlord"
    drop_action(by=at_it.chair, action_id=made.pk, at=THURSDAY)
    with acting(walled.SYSTEM):
        assert not ActionWords.objects.exists()
