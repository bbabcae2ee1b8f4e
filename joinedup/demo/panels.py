"""The demo's panels: who sits on them, last week's meeting with its minutes, and the agenda of the next."""

import datetime
import random
import uuid
from dataclasses import replace

from django.db import connection, transaction

from joinedup.demo.panel_stories import LAST_TIME, NEXT_TIME, PATIENTS, PanelStory
from joinedup.demo.personas import IN_POST_SINCE, persona
from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import LONDON, day_of
from joinedup.foundations.meetings.choices import Attendance, Standing
from joinedup.foundations.meetings.models import Meeting, Seat
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.partnership.workforce.models import Competence
from joinedup.support.frontdoor.choices import Agreement, EntryRoute, Source
from joinedup.support.frontdoor.models import Route
from joinedup.support.frontdoor.operations.offers import CannotSend, offer_route
from joinedup.support.frontdoor.operations.submit import submit
from joinedup.support.frontdoor.rules.typed import TypedReferral, TypedSubject
from joinedup.support.handovers.queries.seen import open_handover
from joinedup.support.panels.choices import (
    Box,
    CareRoleKind,
    Known,
    PanelTemplate,
    RolloutStage,
    Stance,
)
from joinedup.support.panels.models import AgencyCheck, ItemPerson, Panel, PanelItem
from joinedup.support.panels.operations.agenda import build_agenda
from joinedup.support.panels.operations.checks import answer_check
from joinedup.support.panels.operations.deciding import Deciding, StanceSaid, decide
from joinedup.support.panels.operations.ending import end_meeting
from joinedup.support.panels.operations.minutes import approve_minutes
from joinedup.support.panels.operations.nominating import Nominated, nominate
from joinedup.support.panels.operations.panel import PanelWords, open_panel
from joinedup.support.panels.operations.panel_members import seat_member
from joinedup.support.panels.operations.practice import agree_role
from joinedup.support.panels.operations.queue import take_referral
from joinedup.support.panels.operations.rollout import set_stage
from joinedup.support.panels.operations.room import open_item, say_attendance
from joinedup.support.panels.operations.room_actions import give_action
from joinedup.support.panels.operations.room_writing import write_box
from joinedup.support.panels.rules.checks import Answer
from joinedup.support.panels.rules.templates import TEMPLATES

_WEEK = datetime.timedelta(days=7)
_APPROVED_AFTER = datetime.timedelta(days=8)
"""The day after agencies’ five working days, where none of them is a holiday."""
LOOKING = Viewer.system("choosing people for the demo’s panels")
BASIS = (
    "Care Act 2014 section 6 and the crime and disorder partnership: agencies co-operate to prevent harm "
    "before somebody is asked, with what each needs and no more."
)
_MEMBERS = (
    ("panel-chair", Discipline.COORDINATION),
    ("police", Discipline.POLICE),
    ("housing", Discipline.HOUSING),
    ("social-worker", Discipline.SOCIAL_WORK_ADULTS),
    ("gp", Discipline.GP),
    ("early-help", Discipline.EARLY_HELP),
)
_CARE_TEAM = (
    ("gp", Discipline.GP),
    ("coordinator", Discipline.COMMUNITY_NURSE),
    ("social-worker", Discipline.SOCIAL_WORK_ADULTS),
    ("wellbeing", Discipline.VOLUNTARY),
)
_EARLY_HELP = (
    ("early-help", Discipline.EARLY_HELP),
    ("childrens-manager", Discipline.SOCIAL_WORK_CHILDREN),
)
_CAN_LEAD = {
    "housing": (CompetenceCode.LEADS_ADULTS,),
    "social-worker": (CompetenceCode.LEADS_ADULTS, CompetenceCode.SELF_DIRECTED_SUPPORT,
                      CompetenceCode.MIXED_NEED),
    "early-help": (CompetenceCode.LEADS_FAMILIES, CompetenceCode.LEADS_YOUNG_PEOPLE),
    "gp": (CompetenceCode.LEADS_MENTAL_HEALTH,),
    "coordinator": (CompetenceCode.CARE_COORDINATION,),
    "wellbeing": (CompetenceCode.LEADS_ADULTS,),
}  # fmt: skip
_STAGES = (RolloutStage.TRAINED, RolloutStage.AGREED, RolloutStage.NOT_BEGUN)
_WHO = """
    SELECT r.person_id, r.given_name, r.family_name, r.born_on, r.address, r.postcode
    FROM people_record r JOIN people_person p ON p.id = r.person_id
    WHERE r.gone_on IS NULL AND p.died_on IS NULL AND p.merged_into_id IS NULL
      AND r.given_name <> '' AND r.agency_id = 'gp' AND r.born_on BETWEEN %s AND %s
      AND (%s = '' OR r.gp_practice = %s) AND (%s = '' OR upper(left(r.sex, 1)) = %s)
      AND r.person_id <> ALL (%s)
    ORDER BY md5(r.person_id::text || 'panels') LIMIT 1
"""


def are_opened() -> bool:
    """Whether the panels are there."""
    return Panel.objects.exists()


def open_panels(*, at: datetime.datetime) -> None:
    """Open the panels once, seat their members, say who can lead what: quick, before the demo is served."""
    if are_opened():
        return
    begins = datetime.datetime.combine(IN_POST_SINCE, datetime.time(9), LONDON)
    coordinator = _viewer("panel-coordinator")
    lives = open_panel(
        by=coordinator, code="transforming-lives", template=PanelTemplate.TRANSFORMING_LIVES,
        words=_words(PanelTemplate.TRANSFORMING_LIVES, "panel-chair", basis=BASIS), at=begins,
        starts_on=IN_POST_SINCE, route=Route.objects.filter(code="panel").first(),
    )  # fmt: skip
    _seat(lives, _MEMBERS, begins)
    early = open_panel(
        by=coordinator, code="early-help", template=PanelTemplate.EARLY_HELP,
        words=replace(_words(PanelTemplate.EARLY_HELP, "early-help"), weekday=1), at=begins,
        starts_on=IN_POST_SINCE,
    )  # fmt: skip
    _seat(early, _EARLY_HELP, begins)
    practice = Practice.objects.order_by("name").first()
    if practice is not None:
        care = open_panel(
            by=coordinator, code="care-team", template=PanelTemplate.CARE_TEAM, practice=practice,
            words=replace(
                _words(PanelTemplate.CARE_TEAM, "gp", basis="Direct care of the practice’s patients."),
                name=f"Care team, {practice.name}", weekday=2,
            ),
            starts_on=IN_POST_SINCE, at=begins,
        )  # fmt: skip
        _seat(care, _CARE_TEAM, begins)
    _say_who_can_lead()
    _roll_out(coordinator, at)


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
    build_agenda(by=_viewer("panel-coordinator"), panel_id=panel.pk, at=at)
    return many + _care_team(at)


def _words(template: PanelTemplate, chair: str, *, basis: str = "") -> PanelWords:
    usual = TEMPLATES[template]
    return PanelWords(
        name=template.label, coordinator=_post("panel-coordinator"), chair=_post(chair),
        chair_cover=None, weekday=3, at_time=datetime.time(14), rhythm=usual.rhythm,
        minutes=usual.minutes, minutes_an_item=usual.minutes_an_item,
        place="Meeting room 2, the partnership hub", before_agreement_basis=basis,
    )  # fmt: skip


def _seat(panel: Panel, members: tuple[tuple[str, Discipline], ...], at: datetime.datetime) -> None:
    for code, discipline in members:
        seat_member(
            by=_viewer("panel-coordinator"), panel_id=panel.pk, post_id=_post(code).pk,
            discipline=discipline, at=at,
        )  # fmt: skip


def _say_who_can_lead() -> None:
    Competence.objects.bulk_create(
        Competence(
            holder_id=_post(code).user_id, code=each, evidence="Invented for the demo",
            starts_on=IN_POST_SINCE,
        )
        for code, codes in _CAN_LEAD.items()
        for each in codes
    )  # fmt: skip


def _roll_out(coordinator: Viewer, at: datetime.datetime) -> None:
    for number, practice in enumerate(Practice.objects.order_by("name")):
        stage = RolloutStage.MEETING if number == 0 else _STAGES[(number * 7) % len(_STAGES)]
        if stage is not RolloutStage.NOT_BEGUN:
            on = max(IN_POST_SINCE, day_of(at) - datetime.timedelta(days=20 + number * 3))
            set_stage(by=coordinator, practice=practice, stage=stage, on=on, words="", at=at)


def _bring(
    panel: Panel, story: PanelStory, number: int, moment: datetime.datetime, chance: random.Random
) -> PanelItem:
    """A referral by the liaison officer, sent on to the panel and taken into its queue."""
    who = _somebody(story, moment)
    referral = submit(
        by=_viewer("police"), submission_key=uuid.uuid5(uuid.NAMESPACE_OID, f"panel {number} {chance.random()}"),
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
                by=_viewer("front-door-manager"), matter_id=referral.pk, route_id=route.pk, at=later,
                words=story.asked, reason="Several agencies are needed around one plan.",
            )  # fmt: skip
        except CannotSend as why:
            raise RuntimeError(f"The demo’s item {number} goes nowhere: {why}") from why
    return take_referral(
        by=_viewer("panel-coordinator"), panel_id=panel.pk, matter_id=referral.pk,
        at=later + datetime.timedelta(hours=1),
    )  # fmt: skip


def _hold(
    panel: Panel,
    considered: list[tuple[PanelItem, PanelStory]],
    thursday: datetime.datetime,
    now: datetime.datetime,
) -> None:
    """Its agenda on the Monday, what agencies knew, the meeting; its minutes once they cannot be corrected."""
    coordinator, chair = _viewer("panel-coordinator"), _viewer("panel-chair")
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
    sits = {code: _viewer(code) for code, _ in _MEMBERS}
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
        member = _viewer(code)
        write_box(
            by=member, item_id=item.pk, box=Box.VIEW, base="", words=view, at=at,
            agency=member.agency,
        )  # fmt: skip
    owner, words, days = story.action
    if owner:
        give_action(
            by=chair, agenda_id=line.pk, owner_id=_post(owner).pk, words=words, at=at,
            due_on=_workday(day_of(at) + datetime.timedelta(days=days)),
        )  # fmt: skip
    decide(
        by=chair, item_id=item.pk, at=at + datetime.timedelta(minutes=6),
        said=Deciding(story.kind, story.reasons, story.lead, _stances(meeting, story)),
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
        mine = bool(differs) and seat.post_id == _post(differs).pk
        stance = Stance.DISSENTS if mine else Stance.AGREES
        found[seat.agency_id] = StanceSaid(
            seat.agency_id, seat.post_id, stance, why if mine else ""
        )
    return list(found.values())


def _care_team(at: datetime.datetime) -> int:
    panel = Panel.objects.select_related("practice").filter(code="care-team").first()
    if panel is None or panel.practice is None:
        return 0
    gp, done = _viewer("gp"), 0
    for number, (ages, why, asked, sex) in enumerate(PATIENTS):
        person = _row(ages, at, panel.practice.pk, sex)
        if person is None:
            continue
        agreement = Agreement.AGREED if number < 2 else Agreement.NOT_INFORMED
        moment = at - datetime.timedelta(days=2, hours=number)
        [each] = nominate(
            by=gp, panel_id=panel.pk, at=moment,
            nominated=[Nominated(person[0], why, asked, agreement)],
        )  # fmt: skip
        if each.item is None:
            continue
        done += 1
        if number == 0:
            agree_role(
                by=gp, item_id=each.item.pk, kind=CareRoleKind.CARE_COORDINATION,
                post_id=_post("coordinator").pk, at=moment + datetime.timedelta(hours=1),
            )  # fmt: skip
    return done


def _somebody(story: PanelStory, at: datetime.datetime) -> TypedSubject:
    row = _row(story.ages, at, "", story.sex)
    if row is None:
        return TypedSubject(given_name="", family_name="", age=story.ages[0], no_fixed_address=True)
    _, given, family, born, address, postcode = row
    return TypedSubject(
        given_name=given, family_name=family, born_on=born, address=address, postcode=postcode
    )


def _row(
    ages: tuple[int, int], at: datetime.datetime, practice: str, sex: str
) -> tuple[uuid.UUID, str, str, datetime.date, str, str] | None:
    first, last = (day_of(at).replace(day=1, year=at.year - age) for age in reversed(ages))
    with acting(LOOKING), connection.cursor() as cursor:
        taken = list(ItemPerson.objects.exclude(person=None).values_list("person_id", flat=True))
        cursor.execute(_WHO, [first, last, practice, practice, sex, sex, taken])
        return cursor.fetchone()


def _last_thursday(at: datetime.datetime) -> datetime.datetime:
    """Two in the afternoon of the last Thursday that is quite over."""
    day = day_of(at) - datetime.timedelta(days=1)
    day -= datetime.timedelta(days=(day.weekday() - 3) % 7)
    return datetime.datetime.combine(day, datetime.time(14), LONDON)


def _post(code: str) -> Post:
    made_up = persona(code)
    if made_up is None:
        raise KeyError(code)
    return Post.objects.select_related("team__agency", "user").get(pk=made_up.post_id)


def _viewer(code: str) -> Viewer:
    return Viewer.of_post(_post(code))
