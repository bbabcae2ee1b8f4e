"""A named person has it, decides, writes it down; whoever raised it hears (P19)."""

import datetime
import uuid

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.handovers.models import Duty
from joinedup.support.safeguarding.choices import Audience, Basis, Decision, Door, Hours, Knows
from joinedup.support.safeguarding.models import Exit
from joinedup.support.safeguarding.operations import (
    CannotAcknowledge,
    CannotDecide,
    CannotSetLine,
    CannotWriteRecord,
    LineSaid,
    acknowledge,
    decide,
    pass_on,
    raise_exit,
    ring_on,
    set_line,
    tell_silent_referrers,
    tell_what_is_late,
    write_record,
)
from joinedup.support.safeguarding.queries.exits import exits_of, how_many_ring, one_exit
from joinedup.support.safeguarding.queries.lines import line_now, lines_kept
from tests.sharing import walled
from tests.unit.safeguarding.ringing import AT, Standing, later, standing, team_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Standing:
    return standing()


def raised(by: Viewer, **more: object) -> Exit:
    said = {"door": Door.SAFEGUARDING, "audience": Audience.ADULT, "words": "Bruises", "at": AT}
    return raise_exit(by=by, **{**said, **more})  # type: ignore[arg-type]


def told(viewer: Viewer, kind: NoticeKind) -> int:
    return Notice.objects.filter(post=viewer.post_id, kind=kind).count()


def written(by: Viewer, exit_: Exit, at: datetime.datetime = AT, **more: object) -> None:
    said = {
        "words": "Seen with the doctor", "basis": Basis.SAFEGUARD_ADULT, "knows": Knows.AGREED,
    }  # fmt: skip
    write_record(by=by, exit_id=exit_.pk, at=at, **{**said, **more})  # type: ignore[arg-type]


def test_a_named_person_acknowledges_and_the_ringing_ends(who: Standing) -> None:
    made = raised(who.housing)
    assert how_many_ring(who.lead) == 1
    acknowledge(by=who.lead, exit_id=made.pk, at=later(minutes=3))
    assert how_many_ring(who.lead) == 0
    assert ring_on(at=later(hours=5)) == 0
    assert told(who.housing, NoticeKind.EXIT_ACKNOWLEDGED) == 1
    assert not Notice.objects.unread().filter(kind=NoticeKind.EXIT_RINGS).exists()
    shown = one_exit(who.housing, made.pk, at=AT)
    assert shown.acknowledged_by == who.lead.name
    assert acknowledge(by=who.lead, exit_id=made.pk, at=later(minutes=4)).acknowledged_at == later(
        minutes=3
    ), "the same press twice"


def test_the_system_acknowledges_nothing_nor_does_whoever_was_not_rung(who: Standing) -> None:
    """P19: done only when a named person acknowledges."""
    made = raised(who.housing)
    for nobody in (walled.SYSTEM, who.housing, who.school):
        with pytest.raises(NotPermitted):
            acknowledge(by=nobody, exit_id=made.pk, at=AT)
    with pytest.raises(Exit.DoesNotExist):
        acknowledge(by=who.deputy, exit_id=made.pk, at=AT)
    ring_on(at=later(minutes=15))
    acknowledge(by=who.deputy, exit_id=made.pk, at=later(minutes=16))
    with acting(walled.SYSTEM):
        assert Duty.objects.current().get(matter=made.pk).post_id == who.deputy.post_id


def test_one_person_has_it_and_a_second_is_told_who(who: Standing) -> None:
    made = raised(who.housing)
    ring_on(at=later(minutes=15))
    acknowledge(by=who.deputy, exit_id=made.pk, at=later(minutes=16))
    with pytest.raises(CannotAcknowledge, match=who.deputy.name):
        acknowledge(by=who.lead, exit_id=made.pk, at=later(minutes=16))


def test_those_rung_when_nobody_answered_see_it_no_more_once_somebody_has_it(
    who: Standing,
) -> None:
    made = raised(who.housing)
    ring_on(at=later(minutes=15))
    ring_on(at=later(minutes=30))
    with acting(who.children):
        assert part_of(who.children, made.pk) is PartLevel.WORK
    acknowledge(by=who.manager, exit_id=made.pk, at=later(minutes=31))
    with acting(who.children):
        assert part_of(who.children, made.pk) is PartLevel.NOTHING
    for viewer in (who.manager, who.lead):
        with acting(viewer):
            assert part_of(viewer, made.pk) is PartLevel.WORK


def test_it_is_decided_with_a_reason_and_the_sender_hears_the_outcome_alone(who: Standing) -> None:
    made = raised(who.housing)
    with pytest.raises(CannotDecide, match="Acknowledge it first"):
        decide(
            by=who.lead, exit_id=made.pk, decision=Decision.SECTION_42, words="Why", at=AT
        )  # fmt: skip
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    for decision, words, why in (
        (Decision.SECTION_47, "A child's law", "adults, or for children"),
        (Decision.SECTION_42, " ", "Say why"),
        (Decision.PASSED_ON, "There", "which door"),
    ):
        with pytest.raises(CannotDecide, match=why):
            decide(by=who.lead, exit_id=made.pk, decision=decision, words=words, at=AT)
    decide(
        by=who.lead, exit_id=made.pk, decision=Decision.SECTION_42, words="Her son did it",
        told="Go on visiting on Fridays", at=later(hours=2),
    )  # fmt: skip
    with pytest.raises(CannotDecide, match="has been decided"):
        decide(by=who.lead, exit_id=made.pk, decision=Decision.NOT_MET, words="No", at=AT)
    assert told(who.housing, NoticeKind.EXIT_DECIDED) == 1
    theirs, ours = one_exit(who.housing, made.pk, at=AT), one_exit(who.lead, made.pk, at=AT)
    assert theirs.told is not None
    assert theirs.told.words == "Go on visiting on Fridays"
    assert theirs.records == ()
    assert [record.because for record, _ in ours.records] == ["", "Her son did it"]


def test_a_licensee_hears_that_somebody_has_it_and_never_what_was_decided(who: Standing) -> None:
    """P18."""
    made = raised(who.pub)
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    decide(
        by=who.lead, exit_id=made.pk, decision=Decision.SECTION_42, words="Her son did it",
        told="Nothing", at=AT,
    )  # fmt: skip
    shown = one_exit(who.pub, made.pk, at=AT)
    assert shown.acknowledged_by == who.lead.name
    assert shown.told is None
    assert not shown.hears
    assert told(who.pub, NoticeKind.EXIT_DECIDED) == 0


def test_the_record_says_on_what_basis_and_who_knows_and_stays_in_versions(who: Standing) -> None:
    """P19, P24."""
    made = raised(who.housing)
    with pytest.raises(CannotWriteRecord, match="Acknowledge"):
        written(who.lead, made)
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    with pytest.raises(CannotWriteRecord, match="what was known"):
        written(who.lead, made, words=" ")
    with pytest.raises(CannotWriteRecord, match="why the person was not told"):
        written(who.lead, made, knows=Knows.NOT_INFORMED)
    written(who.lead, made, knows=Knows.NOT_INFORMED, why_not_told="He reads her letters")
    written(who.lead, made, later(hours=1))
    shown = one_exit(who.lead, made.pk, at=AT)
    assert [(record.number, record.knows) for record, _ in shown.records] == [
        (0, "not_said"), (1, "not_informed"), (2, "agreed"),
    ]  # fmt: skip
    assert shown.written_at == AT


def test_decided_and_written_it_is_closed_and_nobody_answers_for_it_more(who: Standing) -> None:
    """P33: somebody answers for it until then."""
    made = raised(who.housing)
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    written(who.lead, made)
    with acting(walled.SYSTEM):
        assert Duty.objects.current().filter(matter=made.pk).exists()
    decide(by=who.lead, exit_id=made.pk, decision=Decision.PROTECTED, words="Moved", at=AT)
    with acting(walled.SYSTEM):
        assert Matter.objects.get(pk=made.pk).closed_at == AT
        assert not Duty.objects.current().filter(matter=made.pk).exists()


def test_what_belongs_to_another_door_rings_there_until_somebody_has_it(who: Standing) -> None:
    made = raised(who.housing, about={"name": "Ada"})
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    with pytest.raises(CannotDecide, match="at that door already"):
        pass_on(
            by=who.lead, exit_id=made.pk, door=Door.SAFEGUARDING, audience=Audience.ADULT,
            words="Here", at=AT,
        )  # fmt: skip
    sent = pass_on(
        by=who.lead, exit_id=made.pk, door=Door.SAFEGUARDING, audience=Audience.CHILD,
        words="She is fifteen", at=later(minutes=5),
    )  # fmt: skip
    assert [state.pk for state in exits_of(who.children, rang=True)] == [sent.pk]
    acknowledge(by=who.children, exit_id=sent.pk, at=later(minutes=6))
    assert told(who.housing, NoticeKind.EXIT_ACKNOWLEDGED) == 2
    theirs = one_exit(who.housing, sent.pk, at=AT)
    assert (theirs.words, theirs.about) == ("Bruises", {"name": "Ada"})


def test_three_working_days_of_silence_tell_the_sender_once(who: Standing) -> None:
    """P19: AT is a Tuesday."""
    made = raised(who.housing)
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    assert tell_silent_referrers(at=later(days=3)) == 0
    assert tell_silent_referrers(at=later(days=4)) == 1
    assert tell_silent_referrers(at=later(days=5)) == 0
    assert told(who.housing, NoticeKind.EXIT_SILENT) == 1
    assert one_exit(who.housing, made.pk, at=AT).referrer_told_at == later(days=4)


def test_no_silence_is_told_of_what_was_decided(who: Standing) -> None:
    made = raised(who.housing)
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    decide(by=who.lead, exit_id=made.pk, decision=Decision.NOT_MET, words="No", at=AT)
    assert tell_silent_referrers(at=later(days=9)) == 0


def test_where_the_sender_has_left_its_manager_is_told(who: Standing) -> None:
    made = raised(who.housing)
    boss = walled.viewer("housing", "team_manager")
    Post.objects.filter(pk=who.housing.post_id).update(
        ends_on=AT.date(), operational_manager=boss.post_id
    )
    assert tell_silent_referrers(at=later(days=4)) == 1
    assert told(boss, NoticeKind.EXIT_SILENT) == 1
    assert one_exit(boss, made.pk, at=AT).words == "Bruises"


def test_what_is_late_is_told_to_whoever_has_it_and_to_the_deputy(who: Standing) -> None:
    """P19: a record within 24 hours, a decision in 1 working day."""
    made = raised(who.housing)
    acknowledge(by=who.lead, exit_id=made.pk, at=AT)
    assert tell_what_is_late(at=later(hours=23)) == 0
    assert tell_what_is_late(at=later(hours=24)) == 2
    assert tell_what_is_late(at=later(hours=25)) == 0
    assert tell_what_is_late(at=later(days=2)) == 2
    assert told(who.lead, NoticeKind.EXIT_LATE) == told(who.deputy, NoticeKind.EXIT_LATE) == 2
    assert one_exit(who.deputy, made.pk, at=AT).works


def said(who: Standing, **more: object) -> LineSaid:
    line: dict[str, object] = {
        "door": Door.SAFEGUARDING, "audience": Audience.ADULT, "hours": Hours.OFFICE,
        "name": "Adults", "number": "01632 960777", "source": "Made up for a test",
        "team_id": who.lead.team_id, "deputy_team_id": who.deputy.team_id,
    }  # fmt: skip
    return LineSaid(**{**line, **more})  # type: ignore[arg-type]


def test_a_number_changes_from_a_day_on_and_what_stood_before_stays(who: Standing) -> None:
    day = later(days=7).date()
    set_line(by=who.manager, said=said(who), starts_on=day, at=AT)
    for at, number in ((later(days=6), "01632 960101"), (later(days=7), "01632 960777")):
        found = line_now(Door.SAFEGUARDING, Audience.ADULT, at)
        assert found is not None
        assert found.number == number
    of_door = [
        each for each in lines_kept(AT)
        if (each.door, each.audience, each.hours)
        == (Door.SAFEGUARDING, Audience.ADULT, Hours.OFFICE)
    ]  # fmt: skip
    assert [each.ends_on for each in of_door] == [day, None]
    with pytest.raises(CannotSetLine, match="later change"):
        set_line(by=who.manager, said=said(who), starts_on=AT.date(), at=AT)


def test_a_number_for_any_hour_takes_the_place_of_day_and_night(who: Standing) -> None:
    set_line(by=who.manager, said=said(who, hours=Hours.ALWAYS), starts_on=AT.date(), at=AT)
    for hours in (0, 12):
        found = line_now(Door.SAFEGUARDING, Audience.ADULT, later(hours=hours))
        assert found is not None
        assert found.number == "01632 960777"


@pytest.mark.parametrize(
    ("more", "days", "why"),
    [
        ({"number": "ring us"}, 1, "Give the number"),
        ({"source": " "}, 1, "where the number is from"),
        ({}, -1, "today or on a day to come"),
        ({"deputy_team_id": "lead"}, 1, "another team"),
        ({"team_id": "housing"}, 1, "may answer"),
        ({"deputy_team_id": "housing"}, 1, "may answer"),
    ],
)
def test_a_line_that_would_ring_nobody_is_refused(
    who: Standing, more: dict[str, str], days: int, why: str
) -> None:
    teams = {"lead": who.lead.team_id, "housing": team_of(who.housing).pk}
    changed = {key: teams.get(value, value) for key, value in more.items()}
    with pytest.raises(CannotSetLine, match=why):
        set_line(
            by=who.manager, said=said(who, **changed), starts_on=later(days=days).date(), at=AT
        )  # fmt: skip


def test_numbers_are_kept_by_the_front_door_s_manager(who: Standing) -> None:
    with pytest.raises(NotPermitted):
        set_line(by=who.lead, said=said(who), starts_on=AT.date(), at=AT)


def test_nobody_reads_an_exit_that_is_none_of_theirs(who: Standing) -> None:
    made = raised(who.housing)
    for viewer in (who.school, who.pub, who.children, walled.viewer("housing", "team_manager")):
        with pytest.raises(Exit.DoesNotExist):
            one_exit(viewer, made.pk, at=AT)
    with pytest.raises(Exit.DoesNotExist):
        one_exit(who.lead, uuid.uuid4(), at=AT)
