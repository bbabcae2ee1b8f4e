"""Two sides for tests of hand-overs: a front door that sends, a team that takes on, a matter between them."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_team, open_matter
from joinedup.support.handovers.models import Duty, Handover
from joinedup.support.handovers.operations import offer, take_duty
from tests.sharing import walled

AT = datetime.datetime(2026, 11, 18, 9, tzinfo=datetime.UTC)
"""A Wednesday."""


def later(days: float = 0, **more: float) -> datetime.datetime:
    """So long after the start."""
    return AT + datetime.timedelta(days=days, **more)


@dataclass(frozen=True)
class Sides:
    """Who sends, who receives, who manages them, and what goes between them."""

    matter_id: uuid.UUID
    person_id: uuid.UUID
    sender: Viewer
    door_manager: Viewer
    receiver: Viewer
    colleague: Viewer
    manager: Viewer

    def offer(self, **more: object) -> Handover:
        """Offer it to the receiving team."""
        return offer(
            by=self.sender,
            matter_id=self.matter_id,
            from_team_id=self.sender.team_id or 0,
            **{
                "to_team_id": self.receiver.team_id,
                "words": "Needs a visit this week",
                "at": AT,
                **more,
            },  # type: ignore[arg-type]
        )


def two_sides(*, receiving: str = "wellbeing", **receiving_is: object) -> Sides:
    """A front door in `care` with a matter that one of its posts answers for, and another agency's team."""
    walled.agency("care", "social_care")
    walled.agency(receiving, "voluntary", **receiving_is)
    sender = walled.viewer("care", "front_door_worker", team="Front door")
    door_manager = walled.viewer("care", "front_door_manager", team="Front door")
    people = [walled.viewer(receiving, "practitioner", team="Workers") for _ in range(2)]
    manager = walled.viewer(receiving, "team_manager", team="Workers")
    person = walled.person("care")
    return Sides(matter_of(sender, person), person, sender, door_manager, *people, manager)


def matter_of(answers: Viewer, person: uuid.UUID, at: datetime.datetime = AT) -> uuid.UUID:
    """A referral about somebody that this post's team works at and this post answers for."""
    matter = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=at, about=[person])
    give_part(
        by=walled.SYSTEM, matter_id=matter.pk, recipient=of_team(answers.team_id or 0),
        level=PartLevel.WORK, because="works at the front door", at=at,
    )  # fmt: skip
    take_duty(
        by=walled.SYSTEM, matter_id=matter.pk, post_id=post_of(answers), because="it came in", at=at
    )
    return matter.pk


def post_of(viewer: Viewer) -> uuid.UUID:
    """The post of a viewer who has one."""
    assert viewer.post_id is not None
    return viewer.post_id


def on_duty(matter_id: uuid.UUID) -> uuid.UUID | None:
    """The post that answers now, as the database has it."""
    with acting(walled.SYSTEM):
        duty = Duty.objects.current().filter(matter=matter_id).first()
    return duty.post_id if duty else None


def told(viewer: Viewer) -> list[str]:
    """The kinds of notice that a post has had, first to last, but for that of what it answers for."""
    found = Notice.objects.filter(post=viewer.post_id).exclude(kind="duty_given")
    found = found.order_by("at", "pk")
    return list(found.values_list("kind", flat=True))


def end_post(viewer: Viewer, day: datetime.date) -> None:
    """Let a post end on that day."""
    Post.objects.filter(pk=viewer.post_id).update(ends_on=day)
