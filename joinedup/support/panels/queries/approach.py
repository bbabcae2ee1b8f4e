"""First approaches as whoever makes them reads them, and what the panel that asked hears of them."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting, looking
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.contacts.queries import Reach, reach_of
from joinedup.support.panels.choices import ApproachOutcome, ApproachState
from joinedup.support.panels.models import (
    Approach,
    ApproachPerson,
    ApproachTry,
    Decline,
    Panel,
    PanelItem,
)
from joinedup.support.panels.queries.parted import since_of_items

ASKING = Viewer.system("telling a panel how the first approaches it asked for went")


@dataclass(frozen=True)
class ApproachShown:
    """A first approach: whom, how they are safely reached, what to tell them, what was tried."""

    approach: Approach
    panel: str
    people: tuple[ApproachPerson, ...]
    tries: tuple[ApproachTry, ...]
    reach: Reach
    since: tuple[str, ...] = ()
    """What is to be said of them, where their records were joined or parted since."""

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.approach.state != ApproachState.ENDED

    @property
    def reached(self) -> bool:
        """Whether a try reached them."""
        return any(each.reached for each in self.tries)


@dataclass(frozen=True)
class ApproachLine:
    """An approach in a line of whoever makes it."""

    pk: uuid.UUID
    name: str
    due_at: datetime.datetime
    tries: int


@dataclass(frozen=True)
class ApproachHeard:
    """What a panel hears of an approach: where it stands and how it ended; of a no, the trace alone."""

    reference: str
    given_at: datetime.datetime
    due_at: datetime.datetime
    state: ApproachState
    who: str
    outcome: ApproachOutcome | None = None
    wants: str = ""
    ended_at: datetime.datetime | None = None


def approach_of(viewer: Viewer, approach_id: uuid.UUID, *, at: datetime.datetime) -> ApproachShown:
    """One approach, for whoever works at it; the look is on record. Raises Approach.DoesNotExist."""
    with looking(viewer, at=at, subject_kind="approach", subject_id=str(approach_id)):
        if part_of(viewer, approach_id) < PartLevel.WORK:
            raise Approach.DoesNotExist
        approach = Approach.objects.select_related("post__user").get(pk=approach_id)
        told_of(matters=[approach_id])
        people = tuple(approach.people.order_by("place"))
        tries = tuple(approach.tries.select_related("by_post__user").order_by("-at", "-pk"))
        reach = reach_of(viewer, approach_id)
    with acting(ASKING):
        panel = PanelItem.objects.values_list("panel__name", flat=True).get(pk=approach.item_id)
    since = since_of_items([approach.item_id]).get(approach.item_id, [])
    return ApproachShown(approach, panel, people, tries, reach, tuple(since))


def approaches_of_post(viewer: Viewer) -> list[ApproachLine]:
    """The approaches that are the viewer's own to make, the first due first."""
    with acting(viewer):
        running = Approach.objects.filter(post=viewer.post_id).exclude(state=ApproachState.ENDED)
        running = running.prefetch_related("people", "tries").order_by("due_at", "pk")
        told_of(matters=[each.pk for each in running])
        return [
            ApproachLine(
                each.pk, ", ".join(who.name for who in each.people.all()) or "Somebody",
                each.due_at, len(each.tries.all()),
            )
            for each in running
        ]  # fmt: skip


def approaches_heard(viewer: Viewer, panel: Panel) -> list[ApproachHeard]:
    """What whoever keeps this panel hears of the approaches it asked for, those that go on first.

    Only of items that the viewer still works at; of a no, the number and the day alone.
    """
    with acting(viewer):
        mine = set(PanelItem.objects.filter(panel=panel).values_list("pk", flat=True))
        traces = list(Decline.objects.filter(item__panel=panel).values_list("pk", flat=True))
    with acting(ASKING):
        found = Approach.objects.filter(item__in=[*mine, *traces])
        return [
            _heard(each, declined=each.item_id not in mine)
            for each in found.select_related("item", "post__user").order_by(
                "ended_at", "due_at", "pk"
            )
        ]


def _heard(approach: Approach, *, declined: bool) -> ApproachHeard:
    outcome = ApproachOutcome(approach.outcome) if approach.outcome else None
    return ApproachHeard(
        reference=approach.item.reference, given_at=approach.given_at, due_at=approach.due_at,
        state=ApproachState(approach.state), who=approach.post.user.name, outcome=outcome,
        wants="" if declined else approach.wants, ended_at=approach.ended_at,
    )  # fmt: skip
