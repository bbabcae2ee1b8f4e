"""A panel with a coordinator, a chair and members of several agencies, for tests of what it does."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post, Team
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.choices import Duty, RouteKind
from joinedup.support.frontdoor.models import Route
from joinedup.support.panels.choices import PanelTemplate, Rhythm
from joinedup.support.panels.models import Panel
from joinedup.support.panels.operations.panel import PanelWords, open_panel
from joinedup.support.panels.operations.panel_members import seat_member
from tests.sharing import walled
from tests.unit.handovers.sides import post_of

AT = datetime.datetime(2026, 11, 18, 9, tzinfo=datetime.UTC)
"""A Wednesday."""
SINCE = datetime.date(2026, 1, 5)
BASIS = "Care Act 2014 section 6: co-operation to prevent needs, before the person is asked."


@dataclass(frozen=True)
class Table:
    """Who sits at the panel's table; each agency has a manager as well."""

    panel: Panel
    coordinator: Viewer
    chair: Viewer
    police: Viewer
    housing: Viewer
    care: Viewer
    housing_manager: Viewer
    care_manager: Viewer


def post_row(viewer: Viewer) -> Post:
    """The post from which somebody looks."""
    return Post.objects.select_related("team__agency", "user").get(pk=viewer.post_id)


def words(coordinator: Viewer, chair: Viewer, **more: object) -> PanelWords:
    """How a panel meets: Thursdays at two."""
    said: dict[str, object] = {
        "name": "Transforming Lives panel", "coordinator": post_row(coordinator),
        "chair": post_row(chair), "chair_cover": None, "weekday": 3,
        "at_time": datetime.time(14), "rhythm": Rhythm.WEEKLY, "minutes": 120,
        "minutes_an_item": 10, "before_agreement_basis": BASIS,
    }  # fmt: skip
    return PanelWords(**(said | more))  # type: ignore[arg-type]


def table(template: PanelTemplate = PanelTemplate.TRANSFORMING_LIVES, **more: object) -> Table:
    """A Transforming Lives panel that meets on Thursdays, with police, housing and adult social care."""
    for code, kind in (
        ("hub", "partnership"), ("police", "police"), ("housing", "housing"), ("care", "social_care"),
        ("council", "council"),
    ):  # fmt: skip
        walled.agency(code, kind)
    coordinator = walled.viewer("hub", "panel_coordinator", team="Panel")
    chair = walled.viewer("council", "team_manager", team="Communities")
    police = walled.viewer("police", "police_liaison", team="Partnership")
    housing = walled.viewer("housing", "housing_officer", team="Tenancies")
    care = walled.viewer("care", "social_worker", team="Adults")
    if template is not PanelTemplate.TRANSFORMING_LIVES and "before_agreement_basis" not in more:
        more["before_agreement_basis"] = ""
    panel = open_panel(
        by=coordinator, code="tl", template=template, words=words(coordinator, chair, **more),
        starts_on=SINCE, at=AT, route=_route(coordinator),
    )  # fmt: skip
    for member, discipline in (
        (chair, Discipline.COORDINATION), (police, Discipline.POLICE),
        (housing, Discipline.HOUSING), (care, Discipline.SOCIAL_WORK_ADULTS),
    ):  # fmt: skip
        seat_member(
            by=coordinator, panel_id=panel.pk, post_id=post_of(member), discipline=discipline, at=AT
        )
    return Table(
        panel, coordinator, chair, police, housing, care,
        walled.viewer("housing", "team_manager", team="Tenancies"),
        walled.viewer("care", "team_manager", team="Adults"),
    )  # fmt: skip


def _route(coordinator: Viewer) -> Route:
    return Route.objects.create(
        code="panel", name="Transforming Lives panel", sentence="Agencies agree one plan.",
        kind=RouteKind.PANEL, team=Team.objects.get(pk=coordinator.team_id), needs=[],
        duty=Duty.NONE, is_warm=True, starts_on=SINCE,
    )  # fmt: skip
