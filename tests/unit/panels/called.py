"""A meeting that is called: seats, two items about two people, for tests of checks, minutes and what follows."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.meetings.choices import Attendance, MeetingState, Standing
from joinedup.foundations.meetings.models import AgendaItem, Meeting, Seat
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import Given, give_parts, of_post, open_matter
from joinedup.support.cases.choices import ForWhom
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import ItemSource, PanelItemState
from joinedup.support.panels.models import AgencyCheck, ItemPerson, PanelItem, PanelMeeting
from joinedup.support.panels.operations.panel_members import seat_member
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.panelled import SINCE, Table, table

AT = datetime.datetime(2026, 10, 7, 9, tzinfo=datetime.UTC)
"""A Wednesday, long enough ago that all that follows is past by the wall's own clock."""
THURSDAY = datetime.datetime(2026, 10, 15, 14, tzinfo=datetime.UTC)
"""When it meets: on Thursday week."""


@dataclass(frozen=True)
class Called:
    """A panel with a refuge on it, its meeting, an item about Ada and an item about Ben."""

    table: Table
    refuge: Viewer
    meeting: Meeting
    ada: PanelItem
    ben: PanelItem

    def members(self) -> list[Viewer]:
        """Everybody with a word in the decision."""
        return [
            self.table.chair,
            self.table.police,
            self.table.housing,
            self.table.care,
            self.refuge,
        ]

    def check(self, by: Viewer, item: PanelItem) -> AgencyCheck:
        """An agency's check of an item, as it is."""
        with acting(walled.SYSTEM):
            return AgencyCheck.objects.get(item=item, agency=by.agency)

    def begin(self, at: datetime.datetime = THURSDAY) -> None:
        """Open the meeting with everybody there."""
        Seat.objects.filter(meeting=self.meeting).update(
            attendance=Attendance.PRESENT, arrived_at=at
        )
        Meeting.objects.filter(pk=self.meeting.pk).update(state=MeetingState.OPEN, began_at=at)


def called(at_it: Table | None = None) -> Called:
    """Call the meeting: its agenda is out, and each seat has its part in each item."""
    at_it = at_it or table()
    Agency.objects.get_or_create(
        code="refuge", defaults={"name": "Haven", "kind": "voluntary", "name_reveals": True}
    )
    refuge = walled.viewer("refuge", "practitioner", team="Haven")
    seat_member(
        by=at_it.coordinator, panel_id=at_it.panel.pk, post_id=post_of(refuge),
        discipline=Discipline.VOLUNTARY, at=AT,
    )  # fmt: skip
    at_it.panel.members.update(starts_on=SINCE)
    meeting = Meeting.objects.create(
        body=at_it.panel.name, starts_at=THURSDAY, quorum=3,
        ends_at=THURSDAY + datetime.timedelta(hours=2),
    )  # fmt: skip
    PanelMeeting.objects.create(meeting=meeting, panel=at_it.panel)
    seats = [
        _seat(meeting, at_it.coordinator, Standing.COORDINATOR, Discipline.COORDINATION),
        _seat(meeting, at_it.chair, Standing.CHAIR, Discipline.COORDINATION),
        _seat(meeting, at_it.police, Standing.MEMBER, Discipline.POLICE),
        _seat(meeting, at_it.housing, Standing.MEMBER, Discipline.HOUSING),
        _seat(meeting, at_it.care, Standing.MEMBER, Discipline.SOCIAL_WORK_ADULTS),
        _seat(meeting, refuge, Standing.MEMBER, Discipline.VOLUNTARY),
    ]
    ada = _item(at_it, meeting, 1, "Ada", seats)
    ben = _item(at_it, meeting, 2, "Ben", seats)
    return Called(at_it, refuge, meeting, ada, ben)


def _seat(meeting: Meeting, viewer: Viewer, standing: Standing, discipline: Discipline) -> Seat:
    return Seat.objects.create(
        meeting=meeting, post_id=viewer.post_id, agency_id=viewer.agency, discipline=discipline,
        standing=standing,
    )  # fmt: skip


def _item(at_it: Table, meeting: Meeting, place: int, name: str, seats: list[Seat]) -> PanelItem:
    person = walled.person("housing", given_name=name)
    with acting(walled.SYSTEM):
        matter = open_matter(by=walled.SYSTEM, kind=MatterKind.PANEL_ITEM, about=[person], at=AT)
        agenda = AgendaItem.objects.create(meeting=meeting, place=place, minutes=10)
        item = PanelItem.objects.create(
            matter=matter, panel=at_it.panel, reference=f"P-{place}", source=ItemSource.NOMINATION,
            for_whom=ForWhom.PERSON, state=PanelItemState.ON_AGENDA, agreement=Agreement.AGREED,
            queued_at=AT, agenda=agenda,
        )  # fmt: skip
        ItemPerson.objects.create(item=item, person_id=person, name=f"{name} Ashe")
        parts = [
            Given(of_post(each.post_id), PartLevel.PROGRESS, "sits at it")
            for each in seats
            if each.standing != Standing.COORDINATOR
        ]
        works = Given(
            of_post(post_of(at_it.coordinator)), PartLevel.WORK, "brings it before the panel"
        )
        give_parts(by=walled.SYSTEM, matter_id=matter.pk, parts=[*parts, works], at=AT)
    return item


def person_of(item: PanelItem) -> uuid.UUID:
    """Whom an item is about."""
    with acting(walled.SYSTEM):
        found = ItemPerson.objects.get(item=item).person_id
    assert found is not None
    return found
