"""Agency checks: asked, answered, opened to members by name, chased; what is kept never reads as no risk."""

import dataclasses
import datetime

import pytest

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.meetings.choices import InterestKind
from joinedup.foundations.meetings.models import Interest
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Telling
from joinedup.identity.sharing.models import Part
from joinedup.support.panels.choices import CheckState, Known, PanelTemplate
from joinedup.support.panels.models import AgencyCheck, PanelItem
from joinedup.support.panels.operations.checks import (
    AnsweredMeanwhile,
    CannotAnswer,
    answer_check,
    ask_checks,
    chase_checks,
    nothing_known,
    open_check_to,
    shut_checks_to,
)
from joinedup.support.panels.presenters.checks import NOT_NO_RISK, told
from joinedup.support.panels.queries.checks import Shown, for_item, one_check, to_answer
from joinedup.support.panels.rules.checks import Answer, due, how_told, is_to_be_chased, why_not
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.called import AT, THURSDAY, Called, called, person_of

DAY = datetime.timedelta(days=1)
KNOWN = Answer(
    Known.KNOWN, AT.date(), "Ama Okoro, 07700 900123", "Her sister", "Threats", "Allocate"
)


def _at(day: int, hour: int = 14) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("asked", "starts", "is_due"),
    [
        (_at(18), _at(26), _at(25)),
        (_at(18), _at(23), _at(20)),  # A Monday: the Friday before.
        (_at(25, 18), _at(26), _at(26, 4)),  # Asked the evening before: half way.
    ],
)
def test_a_check_is_due_a_working_day_before_the_meeting(
    asked: datetime.datetime, starts: datetime.datetime, is_due: datetime.datetime
) -> None:
    assert due(asked, starts) == is_due


@pytest.mark.parametrize(
    ("chased", "at", "now"),
    [
        (None, _at(24), False),
        (None, _at(25), True),
        (_at(25), _at(25, 20), False),
        (_at(25), _at(26, 6), False),
        (_at(25), _at(26, 7), True),
        (_at(26, 7), _at(26, 9), False),
        (None, _at(26, 14), False),
    ],
)
def test_an_agency_is_chased_once_when_due_and_once_on_the_morning(
    chased: datetime.datetime | None, at: datetime.datetime, now: bool
) -> None:
    assert is_to_be_chased(_at(25), _at(26), chased, at) is now


@pytest.mark.parametrize(
    ("template", "to", "holder", "reveals", "expected"),
    [
        (PanelTemplate.TRANSFORMING_LIVES, AgencyKind.HOUSING, AgencyKind.POLICE, False, Telling.IN_FULL),
        (PanelTemplate.TRANSFORMING_LIVES, AgencyKind.HOUSING, AgencyKind.HEALTH, False, Telling.EXISTENCE_ONLY),
        (PanelTemplate.TRANSFORMING_LIVES, AgencyKind.HOUSING, AgencyKind.VOLUNTARY, True, Telling.NEITHER),
        (PanelTemplate.CARE_TEAM, AgencyKind.COUNCIL, AgencyKind.HEALTH, False, Telling.NEITHER),
    ],
)  # fmt: skip
def test_the_gateways_say_how_a_kept_answer_is_told(
    template: PanelTemplate, to: AgencyKind, holder: AgencyKind, reveals: bool, expected: Telling
) -> None:
    """P8."""
    assert how_told(template, to, holder, name_reveals=reveals) is expected


def test_nothing_known_stands_alone_and_nobody_is_known_since_tomorrow() -> None:
    assert why_not(dataclasses.replace(KNOWN, known=Known.NOTHING_KNOWN), AT.date())
    assert why_not(Answer(Known.KNOWN, AT.date() + DAY), AT.date())
    assert not why_not(Answer(Known.NOTHING_KNOWN), AT.date())


@pytest.fixture
def of() -> Called:
    made = called()
    assert ask_checks(by=made.table.coordinator, meeting_id=made.meeting.pk, at=AT) == 10
    return made


pytestmark = pytest.mark.django_db


def _answer(
    of: Called, by: Viewer, item: PanelItem, *to: Viewer, said: Answer = KNOWN
) -> AgencyCheck:
    check = of.check(by, item)
    return answer_check(
        by=by, check_id=check.pk, answer=said, open_to=[post_of(each) for each in to],
        version=check.version, at=AT,
    )  # fmt: skip


def _sees(viewer: Viewer, item: PanelItem) -> dict[str, Shown]:
    return {each.agency: each.shown for each in for_item(viewer, item.pk)}


def test_each_agency_is_asked_once_about_each_item_and_told_once(of: Called) -> None:
    assert ask_checks(by=of.table.coordinator, meeting_id=of.meeting.pk, at=AT) == 0
    assert Notice.objects.filter(kind=NoticeKind.CHECK_ASKED).count() == 5
    (mine,) = to_answer(of.table.housing, at=AT)
    assert [line.names for line in mine.lines] == [("Ada Ashe",), ("Ben Ashe",)]
    assert {line.check.due_at for line in mine.lines} == {THURSDAY - DAY}


def test_an_answer_is_read_by_those_it_was_opened_to_and_nobody_else(of: Called) -> None:
    """P28: a holder releases each check to named members."""
    check = _answer(of, of.table.housing, of.ada, of.table.chair)
    assert _sees(of.table.chair, of.ada)["housing"] is Shown.ANSWER
    assert _sees(of.table.police, of.ada)["housing"] is Shown.KEPT
    assert _sees(of.table.coordinator, of.ada)["housing"] is Shown.KEPT
    assert _sees(of.table.chair, of.ada)["police"] is Shown.WAITING
    with acting(of.table.police):
        assert not AgencyCheck.objects.filter(pk=check.pk).exists()
    (kept,) = [each for each in for_item(of.table.police, of.ada.pk) if each.agency == "housing"]
    assert NOT_NO_RISK in told(kept).note
    assert not told(kept).lines


def test_an_answer_taken_back_is_shut_at_once(of: Called) -> None:
    """P28."""
    check = _answer(of, of.table.housing, of.ada, of.table.chair, of.table.police)
    open_check_to(
        by=of.table.housing, check_id=check.pk, open_to=[post_of(of.table.chair)], at=AT + DAY
    )
    assert _sees(of.table.police, of.ada)["housing"] is Shown.KEPT
    assert _sees(of.table.chair, of.ada)["housing"] is Shown.ANSWER


def test_two_worlds_that_differ_in_a_refuge_s_answer_look_the_same(of: Called) -> None:
    """P8: neither confirm nor deny; not asked, asked, known, nothing known and not said are told alike."""
    others = [each for each in of.members() if each != of.refuge] + [of.table.coordinator]

    def worlds() -> list[str]:
        return [
            repr([dataclasses.asdict(told(each)) for each in for_item(viewer, of.ada.pk)])
            for viewer in others
        ]

    before = worlds()
    _answer(of, of.refuge, of.ada)
    known = worlds()
    _answer(of, of.refuge, of.ada, said=Answer(Known.NOTHING_KNOWN))
    assert before == known == worlds()
    assert "Haven" not in str(before)
    assert _sees(of.refuge, of.ada)["refuge"] is Shown.ANSWER


def test_who_does_not_sit_at_the_item_is_told_nothing(of: Called) -> None:
    outside = walled.viewer("housing", "housing_officer", team="Elsewhere")
    assert for_item(outside, of.ada.pk) == []
    with pytest.raises(AgencyCheck.DoesNotExist):
        one_check(outside, of.check(of.table.housing, of.ada).pk, at=AT)


def test_an_answer_cannot_be_opened_to_who_has_an_interest_and_is_shut_to_them(of: Called) -> None:
    """P28, S4-53."""
    _answer(of, of.table.housing, of.ada, of.table.police)
    Interest.objects.create(
        item_id=of.ada.agenda_id, post_id=of.table.police.post_id, kind=InterestKind.RELATION,
        declared_at=AT,
    )  # fmt: skip
    ended = shut_checks_to(
        by=of.table.chair, item_id=of.ada.pk, post_id=post_of(of.table.police), at=AT
    )
    assert ended == 2  # Their own agency's check, and the one that was opened to them.
    with pytest.raises(CannotAnswer, match="without an interest"):
        _answer(of, of.table.housing, of.ada, of.table.police)
    with acting(of.table.police):
        assert not AgencyCheck.objects.filter(item=of.ada).exists()


def test_of_two_who_answer_at_once_the_second_is_shown_the_first(of: Called) -> None:
    check = of.check(of.table.housing, of.ada)
    _answer(of, of.table.housing, of.ada)
    with pytest.raises(AnsweredMeanwhile) as meanwhile:
        answer_check(
            by=of.table.housing, check_id=check.pk, answer=Answer(Known.NOT_SAID), open_to=[],
            version=check.version, at=AT,
        )  # fmt: skip
    assert meanwhile.value.saved.lead == KNOWN.lead


def test_nothing_known_in_bulk_leaves_what_the_agency_s_own_records_hold(of: Called) -> None:
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=person_of(of.ben), holder_id="housing", category="housing",
            headline="Tenancy at risk", recorded_at=AT - 6 * DAY, starts_on=(AT - 40 * DAY).date(),
        )  # fmt: skip
    mine = [of.check(of.table.housing, item) for item in (of.ada, of.ben)]
    done = nothing_known(by=of.table.housing, check_ids=[each.pk for each in mine], at=AT)
    assert done == [mine[0].pk]
    assert _sees(of.table.police, of.ada)["housing"] is Shown.ANSWER
    found = one_check(of.table.housing, mine[1].pk, at=AT)
    assert (found.own.known, found.own.since_on) == (Known.KNOWN, (AT - 40 * DAY).date())
    assert found.own.filled_from()[0] == {"box": "known", "source": "Housing", "on": "2026-10-01"}
    assert found.check.state == CheckState.ASKED  # Begun, and never answered by itself.


def test_nobody_else_s_records_begin_an_answer(of: Called) -> None:
    """Prefilled from its own deliveries alone."""
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=person_of(of.ada), holder_id="police", category="crime_victim",
            headline="Assault", recorded_at=AT, starts_on=AT.date(),
        )  # fmt: skip
    found = one_check(of.table.housing, of.check(of.table.housing, of.ada).pk, at=AT)
    assert not found.own.any


def test_chasers_go_twice_and_silence_stands_as_not_answered(of: Called) -> None:
    _answer(of, of.table.housing, of.ada)
    for at in (
        THURSDAY - DAY,
        THURSDAY - DAY + datetime.timedelta(minutes=5),
        THURSDAY.replace(hour=7),
    ):
        chase_checks(at=at)
    told_of = Notice.objects.filter(kind=NoticeKind.CHECK_LATE)
    assert told_of.filter(post=of.table.police.post_id).count() == 2
    assert chase_checks(at=THURSDAY) == 9
    assert of.check(of.table.police, of.ada).state == CheckState.NOT_ANSWERED
    assert of.check(of.table.housing, of.ada).state == CheckState.ANSWERED
    _answer(of, of.table.police, of.ada)  # Late is better than never.


def test_an_answer_is_refused_once_the_panel_has_decided(of: Called) -> None:
    with acting(walled.SYSTEM):
        PanelItem.objects.filter(pk=of.ada.pk).update(state="decided")
    with pytest.raises(CannotAnswer, match="has decided"):
        _answer(of, of.table.police, of.ada)


def test_a_part_in_a_check_opens_nothing_of_another(of: Called) -> None:
    """The wall: each check is a matter of its own."""
    with acting(walled.SYSTEM):
        theirs = Part.objects.filter(matter=of.check(of.table.police, of.ada).pk)
        assert {each.recipient for each in theirs} == {f"post:{of.table.police.post_id}"}
