"""The demo's panels: who sits on them, who can lead what, how far the practices are, who comes in there."""

import datetime
from dataclasses import replace

from joinedup.demo.panel_people import post_of, viewer_of
from joinedup.demo.personas import IN_POST_SINCE
from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import LONDON, day_of
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.partnership.workforce.models import Capacity, Competence
from joinedup.partnership.workforce.operations.advice import ask_lead
from joinedup.support.frontdoor.models import Route
from joinedup.support.panels.choices import (
    PanelTemplate,
    Rhythm,
    RolloutStage,
)
from joinedup.support.panels.models import Panel
from joinedup.support.panels.operations.in_reach import Planned, plan_sessions
from joinedup.support.panels.operations.panel import PanelWords, open_panel
from joinedup.support.panels.operations.panel_members import seat_member
from joinedup.support.panels.operations.rollout import set_stage
from joinedup.support.panels.operations.seats import ask_for_member
from joinedup.support.panels.rules.templates import TEMPLATES

BASIS = (
    "Care Act 2014 section 6 and the crime and disorder partnership: agencies co-operate to prevent harm "
    "before somebody is asked, with what each needs and no more."
)
MEMBERS = (
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
_PART_TIME = {"social-worker": 60}
"""Per cent of a full week; everybody else works one."""
_STAGES = (RolloutStage.TRAINED, RolloutStage.AGREED, RolloutStage.NOT_BEGUN)


def are_opened() -> bool:
    """Whether the panels are there."""
    return Panel.objects.exists()


def open_panels(*, at: datetime.datetime) -> None:
    """Open the panels once, seat their members, say who can lead what: quick, before the demo is served."""
    if are_opened():
        return
    begins = datetime.datetime.combine(IN_POST_SINCE, datetime.time(9), LONDON)
    coordinator = viewer_of("panel-coordinator")
    lives = open_panel(
        by=coordinator, code="transforming-lives", template=PanelTemplate.TRANSFORMING_LIVES,
        words=_words(PanelTemplate.TRANSFORMING_LIVES, "panel-chair", basis=BASIS), at=begins,
        starts_on=IN_POST_SINCE, route=Route.objects.filter(code="panel").first(),
    )  # fmt: skip
    _seat(lives, MEMBERS, begins)
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
    ask_for_member(
        by=coordinator, panel_id=lives.pk, agency="adult_care", discipline=Discipline.THERAPIST,
        as_what="Head of occupational therapy", at=begins,
    )  # fmt: skip
    _say_who_can_lead()
    _roll_out(coordinator, at)
    _come_in(coordinator, at)
    _ask_a_lead(at)


def _words(template: PanelTemplate, chair: str, *, basis: str = "") -> PanelWords:
    usual = TEMPLATES[template]
    return PanelWords(
        name=template.label, coordinator=post_of("panel-coordinator"), chair=post_of(chair),
        chair_cover=None, weekday=3, at_time=datetime.time(14), rhythm=usual.rhythm,
        minutes=usual.minutes, minutes_an_item=usual.minutes_an_item,
        place="Meeting room 2, the partnership hub", before_agreement_basis=basis,
    )  # fmt: skip


def _seat(panel: Panel, members: tuple[tuple[str, Discipline], ...], at: datetime.datetime) -> None:
    for code, discipline in members:
        seat_member(
            by=viewer_of("panel-coordinator"), panel_id=panel.pk, post_id=post_of(code).pk,
            discipline=discipline, at=at,
        )  # fmt: skip


def _say_who_can_lead() -> None:
    Competence.objects.bulk_create(
        Competence(
            holder_id=post_of(code).user_id, code=each, evidence="Invented for the demo",
            starts_on=IN_POST_SINCE,
        )
        for code, codes in _CAN_LEAD.items()
        for each in codes
    )  # fmt: skip
    Capacity.objects.bulk_create(
        Capacity(post=post_of(code), percent=percent, starts_on=IN_POST_SINCE)
        for code, percent in _PART_TIME.items()
    )


def _roll_out(coordinator: Viewer, at: datetime.datetime) -> None:
    for number, practice in enumerate(Practice.objects.order_by("name")):
        stage = RolloutStage.MEETING if number == 0 else _STAGES[(number * 7) % len(_STAGES)]
        if stage is not RolloutStage.NOT_BEGUN:
            on = max(IN_POST_SINCE, day_of(at) - datetime.timedelta(days=20 + number * 3))
            set_stage(by=coordinator, practice=practice, stage=stage, on=on, words="", at=at)


def _come_in(coordinator: Viewer, at: datetime.datetime) -> None:
    """The wellbeing service holds sessions at practices: two run, one is on trial, one is to come."""
    today, week = day_of(at), datetime.timedelta(days=7)
    for number, practice in enumerate(Practice.objects.order_by("name")[:4]):
        is_pilot = number == 2
        plan_sessions(
            by=coordinator, at=at,
            planned=Planned(
                team=post_of("wellbeing").team, practice=practice, site="", phase=1 + number // 2,
                is_pilot=is_pilot, rhythm=Rhythm.WEEKLY if number < 2 else Rhythm.FORTNIGHTLY,
                words="Whether fewer people come back to the surgery alone" if is_pilot else "",
                weekday=number, at_time=datetime.time(10 + number), minutes=180, places=6,
                starts_on=today + week * (5 * number - 12), ends_on=None,
            ),
        )  # fmt: skip


def _ask_a_lead(at: datetime.datetime) -> None:
    """The care coordinator has the GP as professional lead, and has asked her something."""
    lead = post_of("gp")
    Post.objects.filter(pk=post_of("coordinator").pk).update(professional_supervisor=lead)
    ask_lead(
        by=viewer_of("coordinator"), to_post_id=lead.pk, at=at - datetime.timedelta(hours=20),
        question="How long do we go on trying somebody who does not answer, before we write?",
    )  # fmt: skip
