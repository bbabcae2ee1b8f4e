"""The demo's numbers for somebody in danger: Ofcom's drama ranges, which reach nobody."""

import datetime

from joinedup.demo.personas import Persona, persona
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.safeguarding.choices import Audience, Door, Hours
from joinedup.support.safeguarding.models import DoorLine
from joinedup.support.safeguarding.operations import LineSaid, set_line

SOURCE = "Made up for the demo, from Ofcom’s numbers for drama"
_FIRST = {Audience.ADULT: "safeguarding", Audience.CHILD: "mash"}
_DEPUTY = "duty-team"
_NAMES = {
    (Door.IMMEDIATE, Audience.ADULT): ("Safeguarding adults duty", "01632 960110"),
    (Door.SUICIDE, Audience.ADULT): ("Mental health crisis line", "01632 960120"),
    (Door.SAFEGUARDING, Audience.ADULT): ("Safeguarding adults duty", "01632 960110"),
    (Door.IMMEDIATE, Audience.CHILD): ("MASH duty", "01632 960210"),
    (Door.SUICIDE, Audience.CHILD): ("Children’s crisis line", "01632 960220"),
    (Door.SAFEGUARDING, Audience.CHILD): ("MASH duty", "01632 960210"),
}
_PROCEDURES = {
    Audience.ADULT: "https://example.org/safeguarding-adults/procedures",
    Audience.CHILD: "https://example.org/safeguarding-children/procedures",
}
_NIGHT = ("Emergency duty team", "01632 960300")


def are_set() -> bool:
    """Whether the demo has its numbers."""
    return DoorLine.objects.exists()


def set_lines(*, at: datetime.datetime) -> None:
    """Set a number for each door, by day and by night, as the front door's manager would."""
    if are_set():
        return
    keeper = Post.objects.select_related("team__agency", "user").get(
        pk=_of("front-door-manager").post_id
    )
    for (door, audience), (name, number) in _NAMES.items():
        first, deputy = _team(_FIRST[audience]), _team(_DEPUTY)
        # The crisis lines answer at any hour; at night another team is rung beside them.
        by_night = (name, number) if door is Door.SUICIDE else _NIGHT
        lines = [
            (Hours.OFFICE, name, number, first, deputy),
            (Hours.OUT_OF_HOURS, *by_night, deputy, first),
        ]
        for hours, called, rung, team, other in lines:
            set_line(
                by=Viewer.of_post(keeper),
                said=LineSaid(
                    door, audience, hours, called, rung, SOURCE, team, other,
                    _PROCEDURES[audience],
                ),
                starts_on=day_of(at),
                at=at,
            )  # fmt: skip


def _team(code: str) -> int:
    return Team.objects.get(posts=_of(code).post_id).pk


def _of(code: str) -> Persona:
    found = persona(code)
    if found is None:
        raise KeyError(code)
    return found
