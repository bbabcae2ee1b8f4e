"""The demo's panel at work: last week's meetings with their minutes, and the agenda of the next."""

import datetime
import random
import uuid

from django.db import transaction

from joinedup.demo.care_team import nominate_patients
from joinedup.demo.panel_people import LOOKING, post_of, somebody_in, viewer_of
from joinedup.demo.panel_stories import LAST_TIME, NEXT_TIME, PanelStory
from joinedup.demo.panels import MEMBERS
from joinedup.demo.personas import IN_POST_SINCE
from joinedup.foundations.core.dates import LONDON, day_of
from joinedup.foundations.meetings.choices import Attendance, Standing
from joinedup.foundations.meetings.models import Meeting, Seat
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import EntryRoute, Source
from joinedup.support.frontdoor.models import Route
from joinedup.support.frontdoor.operations.offers import CannotSend, offer_route
from joinedup.support.frontdoor.operations.submit import submit
from joinedup.support.frontdoor.rules.typed import TypedReferral, TypedSubject
from joinedup.support.handovers.queries.seen import open_handover
from joinedup.support.panels.choices import (
    Box,
    Known,
    Stance,
)
from joinedup.support.panels.models import AgencyCheck, Panel, PanelItem
from joinedup.support.panels.operations.agenda import build_agenda
from joinedup.support.panels.operations.checks import answer_check
from joinedup.support.panels.operations.deciding import Deciding, StanceSaid, decide
from joinedup.support.panels.operations.ending import end_meeting
from joinedup.support.panels.operations.minutes import approve_minutes
from joinedup.support.panels.operations.room import open_item, say_attendance
from joinedup.support.panels.operations.room_actions import give_action
from joinedup.support.panels.operations.room_writing import write_box
from joinedup.support.panels.operations.taking_in import take_referral
from joinedup.support.panels.rules.checks import Answer

_WEEK = datetime.timedelta(days=7)
_APPROVED_AFTER = datetime.timedelta(days=8)
"""The day after agencies’ five working days, where none of them is a holiday."""


@transaction.atomic
def hold_meetings(*, at: datetime.datetime, seed: int) -> int:
    """Hold last week's meeting and fill the next agenda, once; return how many items there are."""
    panel = Panel.objects.filter(code="transforming-lives").first()
    with acting(LOOKING):
        held = PanelItem.objects.exists()
    if panel is None or held:
        return 0
    chance = random.Random(f"panels {seed}")
    last = _last_thursday(at)
    many = 0
    for thursday, stories in ((last - _WEEK, LAST_TIME[:3]), (last, LAST_TIME[3:])):
        came = thursday - datetime.timedelta(days=5)
        items = [
            _bring(panel, story, many + number, came - datetime.timedelta(hours=number), chance)
            for number, story in enumerate(stories)
        ]
        many += len(items)
        _hold(panel, list(zip(items, stories, strict=True)), thursday, at)
    for story in NEXT_TIME:
        moment = max(last + datetime.timedelta(hours=18), at - datetime.timedelta(hours=40 - many))
        if moment + datetime.timedelta(hours=3) < at:
            _bring(panel, story, many, moment, chance)
            many += 1
    build_agenda(by=viewer_of("panel-coordinator"), panel_id=panel.pk, at=at)
    return many + nominate_patients(at)


def _bring(
    panel: Panel, story: PanelStory, number: int, moment: datetime.datetime, chance: random.Random
) -> PanelItem:
    """A referral by the liaison officer, sent on to the panel and taken into its queue."""
    who = _somebody(story, moment)
    referral = submit(
        by=viewer_of("police"), submission_key=uuid.uuid5(uuid.NAMESPACE_OID, f"panel {number} {chance.random()}"),
        entry=EntryRoute.PRACTITIONER, source=Source.POLICE_HOSPITAL_LIAISON, at=moment,
        typed=TypedReferral(
            subjects=(who,), going_on=story.going_on, wanted=story.wanted,
            agreement=story.agreement, agreement_because=story.because,
        ),
    )  # fmt: skip
    later = moment + datetime.timedelta(hours=2)
    route = Route.objects.get(code="panel")
    if open_handover(LOOKING, referral.pk) is None:
        try:
            offer_route(
                by=viewer_of("front-door-manager"), matter_id=referral.pk, route_id=route.pk, at=later,
                words=story.asked, reason="Several agencies are needed around one plan.",
            )  # fmt: skip
        except CannotSend as why:
            raise RuntimeError(f"The demo’s item {number} goes nowhere: {why}") from why
    return take_referral(
        by=viewer_of("panel-coordinator"), panel_id=panel.pk, matter_id=referral.pk,
        at=later + datetime.timedelta(hours=1),
    )  # fmt: skip


def _hold(
    panel: Panel,
    considered: list[tuple[PanelItem, PanelStory]],
    thursday: datetime.datetime,
    now: datetime.datetime,
) -> None:
    """Its agenda on the Monday, what agencies knew, the meeting; its minutes once they cannot be corrected."""
    coordinator, chair = viewer_of("panel-coordinator"), viewer_of("panel-chair")
    monday = thursday - datetime.timedelta(days=3)
    meeting = build_agenda(by=coordinator, panel_id=panel.pk, at=monday)
    for item, story in considered:
        _answer(item, story, monday + datetime.timedelta(hours=20))
    for seat in Seat.objects.filter(meeting=meeting).exclude(standing=Standing.GUEST):
        say_attendance(
            by=coordinator, meeting_id=meeting.pk, post_id=seat.post_id,
            attendance=Attendance.PRESENT, at=thursday,
        )  # fmt: skip
    moment = thursday
    for item, story in considered:
        moment += datetime.timedelta(minutes=9)
        _decide(meeting, item, story, chair, moment)
    end_meeting(by=chair, meeting_id=meeting.pk, at=moment + datetime.timedelta(minutes=5))
    if thursday + _APPROVED_AFTER < now:
        approve_minutes(by=chair, meeting_id=meeting.pk, at=thursday + _APPROVED_AFTER)


def _answer(item: PanelItem, story: PanelStory, at: datetime.datetime) -> None:
    sits = {code: viewer_of(code) for code, _ in MEMBERS}
    for code, member in sits.items():
        with acting(LOOKING):
            check = AgencyCheck.objects.filter(item=item, agency=member.agency).first()
        if check is None:
            continue
        said = story.knows.get(code)
        answer = (
            Answer(Known.KNOWN, IN_POST_SINCE, helps=said[0], risks=said[1], view=said[2])
            if said
            else Answer(Known.NOTHING_KNOWN)
        )
        others = {each.post_id for each in sits.values() if each.post_id and each is not member}
        answer_check(
            by=member,
            check_id=check.pk,
            answer=answer,
            open_to=others,
            version=check.version,
            at=at,
        )


def _decide(
    meeting: Meeting, item: PanelItem, story: PanelStory, chair: Viewer, at: datetime.datetime
) -> None:
    with acting(LOOKING):
        line = PanelItem.objects.select_related("agenda").get(pk=item.pk).agenda
    if line is None:
        return
    open_item(by=chair, agenda_id=line.pk, at=at)
    for code, (_, _, view) in story.knows.items():
        member = viewer_of(code)
        write_box(
            by=member, item_id=item.pk, box=Box.VIEW, base="", words=view, at=at,
            agency=member.agency,
        )  # fmt: skip
    owner, words, days = story.action
    if owner:
        give_action(
            by=chair, agenda_id=line.pk, owner_id=post_of(owner).pk, words=words, at=at,
            due_on=_workday(day_of(at) + datetime.timedelta(days=days)),
        )  # fmt: skip
    decide(
        by=chair, item_id=item.pk, at=at + datetime.timedelta(minutes=6),
        said=Deciding(
            story.kind, story.reasons, story.lead, _stances(meeting, story),
            approvals=story.approvals,
        ),
    )  # fmt: skip


def _workday(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _stances(meeting: Meeting, story: PanelStory) -> list[StanceSaid]:
    """One word an agency: it agrees, but for the one that differs."""
    differs, why = story.dissents
    found: dict[str, StanceSaid] = {}
    for seat in Seat.objects.filter(
        meeting=meeting, standing__in=[Standing.MEMBER, Standing.CHAIR]
    ).order_by("pk"):
        mine = bool(differs) and seat.post_id == post_of(differs).pk
        stance = Stance.DISSENTS if mine else Stance.AGREES
        found[seat.agency_id] = StanceSaid(
            seat.agency_id, seat.post_id, stance, why if mine else ""
        )
    return list(found.values())


def _somebody(story: PanelStory, at: datetime.datetime) -> TypedSubject:
    row = somebody_in(story.ages, at, "", story.sex)
    if row is None:
        return TypedSubject(given_name="", family_name="", age=story.ages[0], no_fixed_address=True)
    _, given, family, born, address, postcode = row
    return TypedSubject(
        given_name=given, family_name=family, born_on=born, address=address, postcode=postcode
    )


def _last_thursday(at: datetime.datetime) -> datetime.datetime:
    """Two in the afternoon of the last Thursday that is quite over."""
    day = day_of(at) - datetime.timedelta(days=1)
    day -= datetime.timedelta(days=(day.weekday() - 3) % 7)
    return datetime.datetime.combine(day, datetime.time(14), LONDON)
