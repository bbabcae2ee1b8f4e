"""Teams that answer for somebody in danger, with their lines, for the tests of the exit."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Team
from joinedup.identity.sharing.access import Viewer
from joinedup.support.safeguarding.choices import Audience, Door, Hours
from joinedup.support.safeguarding.models import DoorLine
from tests.sharing import walled

AT = datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.UTC)
"""A Tuesday in office hours."""


def later(**more: float) -> datetime.datetime:
    """So much after that."""
    return AT + datetime.timedelta(**more)


@dataclass(frozen=True)
class Standing:
    """Who answers: adults' lead and deputy, children's lead, the front door's manager, and who raises."""

    lead: Viewer
    deputy: Viewer
    children: Viewer
    manager: Viewer
    housing: Viewer
    school: Viewer
    pub: Viewer


def standing() -> Standing:
    """Make them, and the lines of every door."""
    for code, kind in (
        ("care", "social_care"),
        ("children", "social_care"),
        ("housing", "housing"),
        ("school", "education"),
        ("pub", "licensed_premises"),
    ):
        walled.agency(code, kind)
    made = Standing(
        lead=walled.viewer("care", "safeguarding_lead", team="Safeguarding adults"),
        deputy=walled.viewer("care", "safeguarding_lead", team="Emergency duty"),
        children=walled.viewer("children", "safeguarding_lead", team="MASH"),
        manager=walled.viewer("care", "front_door_manager", team="Front door"),
        housing=walled.viewer("housing", "housing_officer"),
        school=walled.viewer("school", "referrer"),
        pub=walled.viewer("pub", "referrer"),
    )
    DoorLine.objects.bulk_create(
        DoorLine(
            door=door, audience=audience, hours=hours, name=f"{audience} {door}",
            number="01632 960101" if hours is Hours.OFFICE else "01632 960102",
            team_id=first.team_id, deputy_team_id=made.deputy.team_id,
            source="Made up for a test", starts_on=datetime.date(2026, 1, 1),
        )
        for audience, first in ((Audience.ADULT, made.lead), (Audience.CHILD, made.children))
        for door in Door
        for hours in (Hours.OFFICE, Hours.OUT_OF_HOURS)
    )  # fmt: skip
    return made


def team_of(viewer: Viewer) -> Team:
    """The team that somebody is in."""
    return Team.objects.get(pk=viewer.team_id)
