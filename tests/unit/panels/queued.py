"""What comes before a panel, for tests of its queue, its agenda and its room."""

import datetime
import itertools
import uuid

from joinedup.foundations.meetings.choices import Attendance
from joinedup.foundations.meetings.models import Meeting, Seat
from joinedup.identity.people.choices import RelationshipKind
from joinedup.identity.people.models import Relationship
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_team, open_matter
from joinedup.support.frontdoor.choices import (
    Agreement,
    EntryRoute,
    MatchAnswer,
    ReferralState,
    Source,
)
from joinedup.support.frontdoor.models import Match, Referral, Subject
from joinedup.support.handovers.operations import offer, take_duty
from joinedup.support.panels.models import PanelItem
from joinedup.support.panels.operations.agenda import build_agenda
from joinedup.support.panels.operations.room import say_attendance
from joinedup.support.panels.operations.taking_in import take_referral
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.panelled import AT, Table

_numbers = itertools.count(1)
THURSDAY = datetime.datetime(2026, 11, 19, 14, tzinfo=datetime.UTC)
"""When the panel next meets."""


def offered(
    table: Table, name: str = "Ada", *, at: datetime.datetime = AT, of: uuid.UUID | None = None,
    **more: object,
) -> Referral:  # fmt: skip
    """A referral about somebody, which the front door has offered to the panel."""
    door = walled.viewer("care", "front_door_worker", team="Front door")
    person = of or walled.person("housing", given_name=name)
    with acting(walled.SYSTEM):
        matter = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=at, about=[person])
        said: dict[str, object] = {
            "going_on": f"{name} sleeps in a car.", "agreement": Agreement.AGREED, "wanted": "A door to shut.",
        }  # fmt: skip
        referral = Referral.objects.create(
            matter=matter, reference=f"R{next(_numbers):04}-TEST", entry=EntryRoute.PRACTITIONER,
            source=Source.PRACTITIONER, by_post_id=table.police.post_id, by_agency_id="police",
            submitted_at=at, state_at=at, state=ReferralState.OFFERED, **(said | more),
        )  # fmt: skip
        who = Subject.objects.create(
            matter=matter, given_name=name, family_name="Ashe", address="1 Elm Row"
        )
        Match.objects.create(
            matter=matter, subject=who, answer=MatchAnswer.OURS, person_id=person, at=at
        )
    give_part(
        by=walled.SYSTEM, matter_id=matter.pk, recipient=of_team(door.team_id or 0),
        level=PartLevel.WORK, because="works at the front door", at=at,
    )  # fmt: skip
    take_duty(
        by=walled.SYSTEM, matter_id=matter.pk, post_id=post_of(door), because="it came in", at=at
    )
    offer(
        by=door, matter_id=matter.pk, from_team_id=door.team_id or 0,
        to_team_id=table.panel.team_id, words="Which agency leads?", at=at,
    )  # fmt: skip
    return referral


def queued(table: Table, name: str = "Ada", **more: object) -> PanelItem:
    """Somebody in the panel's queue."""
    at = more.pop("at", AT)
    referral = offered(table, name, at=at, **more)  # type: ignore[arg-type]
    return take_referral(
        by=table.coordinator,
        panel_id=table.panel.pk,
        matter_id=referral.pk,
        at=at,  # type: ignore[arg-type]
    )


def kept_apart(one: PanelItem, other: PanelItem) -> None:
    """Let somebody of the first be a victim of somebody of the other."""
    with acting(walled.SYSTEM):
        people = [each.people.get().person_id for each in (one, other)]
        Relationship.objects.create(
            person_id=people[0], other_id=people[1], kind=RelationshipKind.VICTIM_OF,
            source_id="police", starts_on=AT.date(),
        )  # fmt: skip


def convened(table: Table, *there: Viewer) -> Meeting:
    """The next meeting with its agenda, where these are there; the chair always is."""
    meeting = build_agenda(by=table.coordinator, panel_id=table.panel.pk, at=AT)
    for each in (table.chair, *there):
        say_attendance(
            by=table.chair, meeting_id=meeting.pk, post_id=post_of(each),
            attendance=Attendance.PRESENT, at=THURSDAY,
        )  # fmt: skip
    return meeting


def seat_of(meeting: Meeting, viewer: Viewer) -> Seat:
    """Somebody's seat as it is."""
    return Seat.objects.get(meeting=meeting, post=viewer.post_id)


def item_as(viewer: Viewer, item: PanelItem) -> PanelItem | None:
    """The item as far as this viewer sees it: through the wall, and no page."""
    with acting(viewer):
        return PanelItem.objects.filter(pk=item.pk).first()
