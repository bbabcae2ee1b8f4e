"""The end of a meeting and its minutes: actions out at once, drafts, corrections, versions by agency, copies."""

import datetime
import io
import uuid

import pytest
from docx import Document

from joinedup.foundations.meetings.choices import (
    ActionState,
    InterestKind,
    ItemState,
    MeetingState,
    MinutesState,
)
from joinedup.foundations.meetings.models import Action, AgendaItem, Interest, Meeting, Minutes
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import end_part, give_part, of_post
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import (
    Box,
    DecisionKind,
    ItemSource,
    Known,
    PanelItemState,
    Stance,
)
from joinedup.support.panels.models import (
    ActionWords,
    Decision,
    DecisionStance,
    ItemText,
    KeptApart,
    MinutesCopy,
    MinutesPage,
    PanelItem,
)
from joinedup.support.panels.operations.agenda import build_agenda, shut
from joinedup.support.panels.operations.checks import answer_check, ask_checks
from joinedup.support.panels.operations.ending import CannotEnd, end_meeting
from joinedup.support.panels.operations.meeting_actions import (
    CannotSettleAction,
    settle_action,
    tell_late_actions,
)
from joinedup.support.panels.operations.minutes import (
    CannotApprove,
    CannotCorrect,
    answer_correction,
    approve_minutes,
    ask_to_correct,
)
from joinedup.support.panels.operations.minutes_copies import CannotCopy, copy_minutes
from joinedup.support.panels.operations.queue import ComingIn, PersonIn, put_in_queue
from joinedup.support.panels.operations.room import put_off
from joinedup.support.panels.presenters.minutes import said_left
from joinedup.support.panels.queries.left_over import left_at
from joinedup.support.panels.queries.meeting_actions import of_panel, unfinished_of
from joinedup.support.panels.queries.meeting_actions import of_post as actions_of
from joinedup.support.panels.queries.minutes import items_minuted, pages_of, sitting_of
from joinedup.support.panels.queries.queue import queue_of
from joinedup.support.panels.rules.checks import Answer
from joinedup.support.panels.rules.minutes import (
    Drafted,
    number,
    seen_by_all,
    told_to_referrer,
    volumes,
    why_not_approved,
    why_not_corrected,
)
from tests.audit_lines import lines
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.called import AT, THURSDAY, Called, called

DAY = datetime.timedelta(days=1)
AFTER = THURSDAY + 2 * datetime.timedelta(hours=1)
LATER = THURSDAY + 8 * DAY
"""After five working days."""
SECRET = "The brother holds her bank card"


@pytest.mark.parametrize(
    ("items", "apart", "expected"),
    [
        ("abc", [], [["a", "b", "c"]]),
        ("abc", [("a", "c")], [["a", "b"], ["c"]]),
        ("abcd", [("a", "b"), ("b", "c"), ("a", "c")], [["a", "d"], ["b"], ["c"]]),
        ("", [], []),
    ],
)
def test_those_kept_apart_never_stand_in_the_same_minutes(
    items: str, apart: list[tuple[str, str]], expected: list[list[str]]
) -> None:
    """P28."""
    assert volumes(list(items), apart) == expected


@pytest.mark.parametrize(
    ("state", "day", "unanswered", "corrects", "approves"),
    [
        (MinutesState.DRAFT, 3, 0, True, False),
        (MinutesState.DRAFT, 4, 0, False, True),
        (MinutesState.DRAFT, 4, 1, False, False),
        (MinutesState.APPROVED, 3, 0, False, False),
    ],
)
def test_agencies_have_their_days_before_minutes_are_approved(
    state: MinutesState, day: int, unanswered: int, corrects: bool, approves: bool
) -> None:
    """P29."""
    drafted = Drafted(state, datetime.date(2026, 12, 3), unanswered)
    today = datetime.date(2026, 12, day)
    assert (why_not_corrected(drafted, today) == "") is corrects
    assert (why_not_approved(drafted, today) == "") is approves


def test_minutes_are_numbered_by_panel_and_year() -> None:
    assert number("Transforming Lives panel", 2026, 14) == "TLP/2026/014"
    assert number("Hub", 2026, 1) == "HUB/2026/001"


def test_what_an_agency_files_is_what_all_its_readers_see() -> None:
    assert seen_by_all([frozenset("ab"), frozenset("bc")]) == frozenset("b")
    assert seen_by_all([]) == frozenset()


def test_every_decision_has_words_for_the_referrer_that_name_nobody() -> None:
    """P18."""
    assert all(told_to_referrer(kind).startswith("The panel has met") for kind in DecisionKind)


pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Called:
    """Ada is decided with dissent and an action; Ben is not reached; housing opened its check to the chair."""
    of = called()
    ask_checks(by=of.table.coordinator, meeting_id=of.meeting.pk, at=AT)
    check = of.check(of.table.housing, of.ada)
    answer_check(
        by=of.table.housing, check_id=check.pk, answer=Answer(Known.KNOWN, risks=SECRET),
        open_to=[post_of(of.table.chair)], version=check.version, at=AT,
    )  # fmt: skip
    of.begin()
    with acting(walled.SYSTEM):
        ItemText.objects.create(
            item=of.ada, box=Box.OWN_WORDS, words="I want my own door", at=THURSDAY
        )
        made = Decision.objects.create(
            item=of.ada, meeting=of.meeting, kind=DecisionKind.ADVICE, reasons="It is early days",
            by_post_id=of.table.chair.post_id, at=THURSDAY,
        )  # fmt: skip
        DecisionStance.objects.create(
            item=of.ada, decision=made, agency_id="police", post_id=of.table.police.post_id,
            stance=Stance.DISSENTS, words="It is late already", at=THURSDAY,
        )  # fmt: skip
        _action(of, 1, of.table.police, "Ring her landlord", of.ada)
        PanelItem.objects.filter(pk=of.ada.pk).update(state=PanelItemState.DECIDED)
    return of


def _action(
    of: Called, place: int, owner: Viewer, words: str, item: PanelItem | None = None
) -> Action:
    made = Action.objects.create(
        meeting=of.meeting, item_id=item.agenda_id if item else None, number=place,
        owner_id=owner.post_id, due_on=(THURSDAY + 7 * DAY).date(), given_at=THURSDAY,
        words="" if item else words,
    )  # fmt: skip
    if item is not None:
        ActionWords.objects.create(action=made, item=item, words=words)
    return made


def _ended(of: Called) -> Minutes:
    return end_meeting(by=of.table.chair, meeting_id=of.meeting.pk, at=AFTER)


def _approved(of: Called) -> Minutes:
    _ended(of)
    return approve_minutes(by=of.table.chair, meeting_id=of.meeting.pk, at=LATER)


def _items(viewer: Viewer, of: Called) -> set[uuid.UUID]:
    with acting(viewer):
        return set(PanelItem.objects.values_list("pk", flat=True))


def test_actions_are_out_the_moment_a_meeting_ends_and_in_their_owner_s_work(held: Called) -> None:
    """P29: actions go out at once."""
    assert not actions_of(held.table.police, at=AFTER)
    _ended(held)
    (mine,) = actions_of(held.table.police, at=AFTER)
    assert (mine.words, mine.names) == ("Ring her landlord", ("Ada Ashe",))
    told = Notice.objects.get(kind=NoticeKind.MEETING_ACTION)
    assert told.post_id == held.table.police.post_id
    with acting(walled.SYSTEM):
        assert told.link == f"/panels/actions/{mine.action.pk}/"


def test_what_was_not_reached_goes_back_to_the_queue_and_is_shut(held: Called) -> None:
    _ended(held)
    with acting(walled.SYSTEM):
        ben = PanelItem.objects.get(pk=held.ben.pk)
    assert (ben.state, ben.agenda_id) == (PanelItemState.QUEUED, None)
    states = dict(AgendaItem.objects.filter(meeting=held.meeting).values_list("place", "state"))
    assert states == {1: ItemState.DONE, 2: ItemState.TAKEN_OFF}
    assert _items(held.table.police, held) == {held.ada.pk}
    assert _items(held.table.coordinator, held) == {held.ada.pk, held.ben.pk}


def test_what_was_not_reached_is_named_in_the_minutes_to_who_sat_at_it(held: Called) -> None:
    """P28, P29: in the draft and in what each agency files; not to one with an interest, nor with its words."""
    shut(by=held.table.chair, item_id=held.ben.pk, post_id=post_of(held.table.care), at=AFTER)
    _ended(held)

    def left(viewer: Viewer) -> list[str]:
        return [said_left(each)["names"] for each in left_at(viewer, held.meeting.pk)]

    assert left(held.table.police) == left(held.table.coordinator) == ["Ben Ashe"]
    assert left(held.table.care) == []
    assert left(walled.viewer("police", "police_liaison", team="Elsewhere")) == []
    assert _items(held.table.police, held) == {held.ada.pk}
    approve_minutes(by=held.table.chair, meeting_id=held.meeting.pk, at=LATER)
    _, ben = pages_of(held.table.police, held.meeting.pk)
    assert (ben.said["names"], ben.said["state"]) == (
        "Ben Ashe", "Not reached: it opens the next agenda",
    )  # fmt: skip
    assert not any(ben.said[each] for each in ("people", "boxes", "checks", "views", "decisions"))
    assert [each.place for each in pages_of(held.table.care, held.meeting.pk)] == [1]
    pdf = copy_minutes(
        by=held.table.police, meeting_id=held.meeting.pk, form="docx", volume=1, at=LATER
    )
    texts = [each.text for each in Document(io.BytesIO(pdf.content)).paragraphs]
    assert "Not reached: it opens the next agenda" in texts


def test_what_was_not_reached_is_told_to_the_coordinator_and_opens_the_next_agenda(
    held: Called,
) -> None:
    with acting(walled.SYSTEM):
        PanelItem.objects.filter(pk=held.ben.pk).update(queued_at=AFTER)
        older = put_in_queue(
            by=held.table.coordinator, panel=held.table.panel, at=AT, texts={},
            coming=ComingIn(ItemSource.NOMINATION, [PersonIn("Cai Ashe")], Agreement.AGREED),
        )  # fmt: skip
    _ended(held)
    told = Notice.objects.get(kind=NoticeKind.PANEL_QUEUE_FULL)
    assert told.post_id == held.table.coordinator.post_id
    with acting(walled.SYSTEM):
        assert told.link == "/panels/of/tl/queue/"
    rows = queue_of(held.table.coordinator, held.table.panel, AFTER)
    assert [(each.names, each.was_left) for each in rows] == [
        (["Ben Ashe"], True), (["Cai Ashe"], False),
    ]  # fmt: skip
    build_agenda(by=held.table.coordinator, panel_id=held.table.panel.pk, at=AFTER)
    with acting(walled.SYSTEM):
        on = PanelItem.objects.filter(pk__in=[held.ben.pk, older.pk]).order_by("agenda__place")
        assert list(on.values_list("pk", flat=True)) == [held.ben.pk, older.pk]
    assert [each.names for each in left_at(held.table.police, held.meeting.pk)] == ["Ben Ashe"]


def test_an_item_put_off_stays_in_the_minutes_when_it_stands_on_the_next_agenda(
    held: Called,
) -> None:
    """The next agenda is built before the minutes of the last are approved."""
    put_off(
        by=held.table.chair, agenda_id=held.ben.agenda_id or 0, because="The GP is ill", at=THURSDAY
    )
    _ended(held)
    build_agenda(by=held.table.coordinator, panel_id=held.table.panel.pk, at=AFTER)
    (left,) = left_at(held.table.police, held.meeting.pk)
    assert said_left(left)["state"] == "Put off to another meeting: The GP is ill"


def test_minutes_are_drafted_with_a_number_and_five_working_days(held: Called) -> None:
    """P29."""
    minutes = _ended(held)
    assert (minutes.number, minutes.correct_by) == ("TLP/2026/001", datetime.date(2026, 10, 22))
    assert Meeting.objects.get(pk=held.meeting.pk).state == MeetingState.ENDED


def test_only_who_keeps_the_panel_ends_a_meeting_and_only_once(held: Called) -> None:
    with pytest.raises(CannotEnd, match="chairs or coordinates"):
        end_meeting(by=held.table.police, meeting_id=held.meeting.pk, at=AFTER)
    _ended(held)
    with pytest.raises(CannotEnd, match="going on"):
        end_meeting(by=held.table.coordinator, meeting_id=held.meeting.pk, at=AFTER)


def test_each_reads_the_draft_as_the_wall_lets_them(held: Called) -> None:
    """P28."""
    _ended(held)

    def risks(viewer: Viewer) -> str:
        (ada,) = [each for each in items_minuted(viewer, held.meeting.pk)]
        return "".join(each.check.risks for each in ada.checks if each.check)

    assert SECRET in risks(held.table.chair)
    assert SECRET not in risks(held.table.police)
    outside = walled.viewer("police", "police_liaison", team="Elsewhere")
    assert items_minuted(outside, held.meeting.pk) == []
    with pytest.raises(Meeting.DoesNotExist):
        sitting_of(outside, held.meeting.pk, at=AFTER)


def test_a_correction_stands_beside_and_never_changes_what_was_written(held: Called) -> None:
    """P29: 5 working days to correct."""
    _ended(held)
    asked = ask_to_correct(
        by=held.table.police, meeting_id=held.meeting.pk, item_id=held.ada.pk,
        words="We said it is late, not too late", at=AFTER + DAY,
    )  # fmt: skip
    with pytest.raises(CannotApprove, match="waits for your answer"):
        approve_minutes(by=held.table.chair, meeting_id=held.meeting.pk, at=LATER)
    with pytest.raises(CannotCorrect, match="Only the chair"):
        answer_correction(
            by=held.table.police, correction_id=asked.pk, is_taken=True, answer="", at=LATER
        )
    answer_correction(
        by=held.table.chair, correction_id=asked.pk, is_taken=True, answer="So it was", at=LATER
    )
    approve_minutes(by=held.table.chair, meeting_id=held.meeting.pk, at=LATER)
    page, _ = pages_of(held.table.police, held.meeting.pk)
    (beside,) = page.said["corrections"]
    assert (beside["taken"], beside["answer"]) == (True, "So it was")
    assert page.said["decisions"][0]["dissent"] == [["Police", "It is late already"]]
    with pytest.raises(CannotCorrect, match="approved"):
        ask_to_correct(
            by=held.table.police, meeting_id=held.meeting.pk, item_id=held.ada.pk, words="Once more",
            at=LATER,
        )  # fmt: skip


def test_minutes_are_a_draft_until_the_chair_approves_them_after_the_days(held: Called) -> None:
    """P29."""
    _ended(held)
    with pytest.raises(CannotApprove, match="until 22 October"):
        approve_minutes(by=held.table.chair, meeting_id=held.meeting.pk, at=AFTER + DAY)
    with pytest.raises(CannotApprove, match="Only the chair"):
        approve_minutes(by=held.table.coordinator, meeting_id=held.meeting.pk, at=LATER)
    with pytest.raises(CannotCopy, match="once the chair has approved"):
        copy_minutes(
            by=held.table.police, meeting_id=held.meeting.pk, form="pdf", volume=1, at=AFTER
        )


def test_after_approval_members_read_their_agency_s_minutes_and_the_owner_their_action(
    held: Called,
) -> None:
    _approved(held)
    assert _items(held.table.police, held) == set()
    assert _items(held.table.coordinator, held) == {held.ada.pk, held.ben.pk}
    (mine,) = actions_of(held.table.police, at=LATER)
    assert mine.words == "Ring her landlord"
    police, _ = pages_of(held.table.police, held.meeting.pk)
    assert SECRET not in str(police.said)
    chair, _ = pages_of(held.table.chair, held.meeting.pk)
    assert SECRET in str(chair.said)
    with acting(held.table.police):
        assert {each.agency_id for each in MinutesPage.objects.all()} == {"police"}


def test_who_had_an_interest_reads_nothing_of_the_item_afterwards(held: Called) -> None:
    """P28, S4-53."""
    Interest.objects.create(
        item_id=held.ada.agenda_id, post_id=held.table.police.post_id, declared_at=THURSDAY,
        kind=InterestKind.RELATION,
    )  # fmt: skip
    end_part(
        by=held.table.chair, matter_id=held.ada.pk, at=THURSDAY,
        recipient=of_post(post_of(held.table.police)),
    )  # fmt: skip
    _approved(held)
    read = [each.said["names"] for each in pages_of(held.table.police, held.meeting.pk)]
    assert read == ["Ben Ashe"]
    housing, _ = pages_of(held.table.housing, held.meeting.pk)
    assert housing.said["away"] == [held.table.police.name]


def test_two_colleagues_of_whom_one_may_not_read_an_answer_file_none_of_it(held: Called) -> None:
    """P28: what an agency files, all who sat for it may come to read."""
    clerk = walled.viewer("council", "practitioner", team="Communities")
    held.meeting.seats.create(post_id=clerk.post_id, agency_id="council", discipline="coordination")
    with acting(walled.SYSTEM):
        give_part(
            by=walled.SYSTEM, matter_id=held.ada.pk, recipient=of_post(post_of(clerk)),
            level=PartLevel.PROGRESS, because="sits at it", at=AT,
        )  # fmt: skip
    _approved(held)
    page, _ = pages_of(held.table.chair, held.meeting.pk)
    assert SECRET not in str(page.said)
    (check,) = [each for each in page.said["checks"] if each["agency"] == "Housing"]
    assert check["heading"] == "Has answered, and has not opened it to you"


def test_the_copy_of_an_agency_is_tagged_numbered_and_written_down(held: Called) -> None:
    """P29: an export is logged, and holds only what its agency may see."""
    _approved(held)
    pdf = copy_minutes(
        by=held.table.police, meeting_id=held.meeting.pk, form="pdf", volume=1, at=LATER
    )
    assert (pdf.name, pdf.content[:5]) == ("TLP-2026-001.pdf", b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/Lang"):
        assert mark in pdf.content
    docx = copy_minutes(
        by=held.table.chair, meeting_id=held.meeting.pk, form="docx", volume=1, at=LATER
    )
    opened = Document(io.BytesIO(docx.content))
    texts = [each.text for each in opened.paragraphs]
    assert opened.core_properties.language == "en-GB"
    assert "Item 1: Ada Ashe" in texts
    assert any(SECRET in each for each in texts)
    assert [each.style.name for each in opened.paragraphs if each.text == "Decision"] == [
        "Heading 3"
    ]
    assert all(b"tblHeader" in each.rows[0]._tr.xml.encode() for each in opened.tables)
    assert [each.form for each in MinutesCopy.objects.order_by("form")] == ["docx", "pdf"]
    # Of each whom it tells of, also of him whose item was not reached.
    assert len(lines(act="copied", subject_kind="minutes")) == 4


def test_items_of_people_kept_apart_leave_in_minutes_of_their_own(held: Called) -> None:
    """P28: separate minutes."""
    with acting(walled.SYSTEM):
        KeptApart.objects.create(item=held.ada, other=held.ben, at=AT)
        Decision.objects.create(
            item=held.ben, meeting=held.meeting, kind=DecisionKind.ADVICE, reasons="Go on",
            by_post_id=held.table.chair.post_id, at=THURSDAY,
        )  # fmt: skip
        PanelItem.objects.filter(pk=held.ben.pk).update(state=PanelItemState.DECIDED)
    _approved(held)
    pages = pages_of(held.table.police, held.meeting.pk)
    assert [(each.volume, each.said["names"]) for each in pages] == [
        (1, "Ada Ashe"),
        (2, "Ben Ashe"),
    ]
    second = copy_minutes(
        by=held.table.police, meeting_id=held.meeting.pk, form="docx", volume=2, at=LATER
    )
    words = "".join(each.text for each in Document(io.BytesIO(second.content)).paragraphs)
    assert second.name == "TLP-2026-001-part-2.docx"
    assert "Ben Ashe" in words
    assert "Ada" not in words


def test_an_action_is_settled_by_its_owner_and_what_is_open_comes_back(held: Called) -> None:
    general = _action(held, 2, held.table.care, "Order more chairs")
    _ended(held)
    panel = held.table.panel.pk
    assert len(unfinished_of(held.table.coordinator, panel, at=AFTER)) == 2
    (mine,) = actions_of(held.table.police, at=AFTER)
    with pytest.raises(CannotSettleAction, match="Only its owner"):
        settle_action(
            by=held.table.housing, action_id=mine.action.pk, state=ActionState.DONE, became="",
            at=AFTER,
        )  # fmt: skip
    with pytest.raises(CannotSettleAction, match="Say why"):
        settle_action(
            by=held.table.police, action_id=mine.action.pk, state=ActionState.NOT_DONE, became="",
            at=AFTER,
        )  # fmt: skip
    settle_action(
        by=held.table.police, action_id=mine.action.pk, state=ActionState.DONE,
        became="He rang back", at=AFTER,
    )  # fmt: skip
    (left,) = unfinished_of(held.table.coordinator, panel, at=LATER)
    assert (left.action.pk, left.is_general) == (general.pk, True)
    done = [each for each in of_panel(held.table.chair, panel, at=LATER) if not each.is_open]
    assert [each.became for each in done] == ["He rang back"]


def test_the_owner_of_a_late_action_is_told_once(held: Called) -> None:
    _ended(held)
    for _ in range(2):
        tell_late_actions(at=THURSDAY + 9 * DAY)
    assert Notice.objects.filter(kind=NoticeKind.MEETING_ACTION_LATE).count() == 1
