"""Keep a panel's queue: put somebody in, write down that they agree, take them out again (P25)."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import (
    Given,
    close_matter,
    give_parts,
    of_post,
    of_team,
    open_matter,
)
from joinedup.support.cases.choices import ForWhom
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.frontdoor.operations.progress import tell_progress
from joinedup.support.frontdoor.rules.typed import reference_of
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.operations import stop_step
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import Box, ItemSource, PanelItemState
from joinedup.support.panels.models import ItemPerson, ItemText, ItemTextVersion, Panel, PanelItem
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.queries.panel import chair_on, standing
from joinedup.support.panels.queries.queue import forecast_of

BRINGS_IT = "brings it before the panel"
"""The part at work of the panel's team, its coordinator and its chair."""
_NOT_YOURS = "Only whoever coordinates this panel can do that."


class CannotQueue(Exception):
    """Somebody cannot be taken into a queue, or out of it; says why."""


@dataclass(frozen=True)
class PersonIn:
    """Somebody an item is about, in the words that whoever sits at it may read."""

    name: str
    person_id: uuid.UUID | None = None
    born_on: datetime.date | None = None
    age: int | None = None
    address: str = ""
    relation: str = ""


@dataclass(frozen=True)
class ComingIn:
    """What comes into a queue: about whom, from where, on whose yes."""

    source: ItemSource
    people: Sequence[PersonIn]
    agreement: Agreement
    for_whom: ForWhom = ForWhom.PERSON
    is_urgent: bool = False
    referral_id: uuid.UUID | None = None
    case_id: uuid.UUID | None = None
    step_id: uuid.UUID | None = None


def must_keep(by: Viewer, panel: Panel, at: datetime.datetime) -> None:
    """Raise NotPermitted unless the actor coordinates or chairs this panel."""
    if not standing(by, panel, day_of(at)).keeps:
        raise NotPermitted(_NOT_YOURS)


def put_in_queue(
    *,
    by: Viewer,
    panel: Panel,
    coming: ComingIn,
    at: datetime.datetime,
    texts: Mapping[Box, str] | None = None,
) -> PanelItem:
    """Open an item as a matter of its own, and give who keeps the panel their part in it.

    The caller has judged that the actor may; raises CannotQueue where it is about nobody.
    """
    if not coming.people:
        raise CannotQueue("Say whom it is about.")
    with transaction.atomic(), acting(WORKING):
        about = dict.fromkeys(each.person_id for each in coming.people if each.person_id)
        matter = open_matter(by=by, kind=MatterKind.PANEL_ITEM, at=at, about=about)
        agreed = coming.agreement is Agreement.AGREED
        item = PanelItem.objects.create(
            matter=matter, panel=panel, reference=f"P{reference_of(matter.pk)[1:]}",
            source=coming.source, referral_id=coming.referral_id, case_id=coming.case_id,
            step_id=coming.step_id, for_whom=coming.for_whom, agreement=coming.agreement,
            basis="" if agreed or not panel.before_agreement else panel.before_agreement_basis,
            is_urgent=coming.is_urgent, queued_at=at,
        )  # fmt: skip
        ItemPerson.objects.bulk_create(
            ItemPerson(
                item=item, person_id=each.person_id, name=each.name, born_on=each.born_on,
                age=each.age, address=each.address, relation=each.relation, place=place,
            )
            for place, each in enumerate(coming.people, start=1)
        )  # fmt: skip
        for box, words in (texts or {}).items():
            if words.strip():
                begin_box(item, box, words.strip(), by, at)
        give_to_keepers(by=by, item=item, panel=panel, at=at)
        leave_a_line(by, matter.pk, "took into a panel’s queue", at, {"source": coming.source})
    return item


def begin_box(
    item: PanelItem,
    box: Box,
    words: str,
    by: Viewer,
    at: datetime.datetime,
    agency: str | None = None,
) -> ItemText:
    """Write the first words of a box, with its first version; the caller acts as the system."""
    text = ItemText.objects.create(
        item=item, box=box, agency_id=agency, words=words, by_post_id=by.post_id, at=at
    )
    ItemTextVersion.objects.create(
        item=item, text=text, version=1, words=words, by_post_id=by.post_id, at=at
    )
    return text


def give_to_keepers(
    *,
    by: Viewer,
    item: PanelItem,
    panel: Panel,
    at: datetime.datetime,
    but: frozenset[uuid.UUID] = frozenset(),
) -> None:
    """Give whoever keeps the panel their part at work in an item; `but` those with an interest in it.

    Where one of its team has an interest the part is given to each of the others and not to the team.
    """
    chair = chair_on(panel, day_of(at))
    posts = {post for post in (panel.coordinator_id, chair) if post is not None}
    team = Post.objects.held_on(day_of(at)).filter(team=panel.team_id)
    of_the_team = set(team.values_list("pk", flat=True))
    names = [of_team(panel.team_id)]
    if of_the_team & but:
        names, posts = [], posts | of_the_team
    names += [of_post(post) for post in sorted(posts - but)]
    give_parts(
        by=by, matter_id=item.pk, at=at,
        parts=[Given(name, PartLevel.WORK, BRINGS_IT) for name in names],
    )  # fmt: skip


def say_agreement(
    *, by: Viewer, item_id: uuid.UUID, agreement: Agreement, basis: str, at: datetime.datetime
) -> PanelItem:
    """Write down whether they agree to be considered, or on which other basis they are (P24, P25).

    Raises CannotQueue, NotPermitted.
    """
    with transaction.atomic():
        item = _own_item(by, item_id, at)
        if agreement is not Agreement.AGREED and not item.panel.before_agreement:
            raise CannotQueue("This panel considers only who has agreed.")
        if agreement is not Agreement.AGREED and not basis.strip():
            raise CannotQueue("Say on which basis other than agreement they are considered.")
        with acting(WORKING):
            item.agreement = agreement
            item.basis = "" if agreement is Agreement.AGREED else basis.strip()
            item.save(update_fields=["agreement", "basis"])
            leave_a_line(by, item.pk, "said whether they agree", at, {"agreement": agreement})
    return item


def withdraw_item(
    *, by: Viewer, item_id: uuid.UUID, because: str, at: datetime.datetime
) -> PanelItem:
    """Take an item out of the queue with a reason; whoever answers for the referral goes on doing so.

    Raises CannotQueue, NotPermitted.
    """
    if not because.strip():
        raise CannotQueue("Say why it is taken out of the queue.")
    with transaction.atomic():
        item = _own_item(by, item_id, at)
        if item.state != PanelItemState.QUEUED:
            raise CannotQueue(
                "It stands on an agenda, or is decided. Take it off the agenda first."
            )
        with acting(WORKING):
            item.state = PanelItemState.WITHDRAWN
            item.save(update_fields=["state"])
            notes = ItemText.objects.filter(item=item, box=Box.NOTES).first()
            said = f"Taken out of the queue: {because.strip()}"
            if notes is None:
                begin_box(item, Box.NOTES, said, by, at)
            else:
                notes.words, notes.version = f"{notes.words}\n{said}", notes.version + 1
                notes.by_post_id, notes.at = by.post_id, at
                notes.save()
                ItemTextVersion.objects.create(
                    item=item, text=notes, version=notes.version, words=notes.words,
                    by_post_id=by.post_id, at=at,
                )  # fmt: skip
            close_matter(by=by, matter_id=item.pk, at=at)
            leave_a_line(by, item.pk, "took out of a panel’s queue", at)
            if item.referral_id:
                stop_step(by=WORKING, matter_id=item.referral_id, kind=StepKind.PANEL, at=at)
                tell_progress(
                    by=by, matter_id=item.referral_id, at=at,
                    words="The panel does not consider it now. Whoever answers for it says what follows.",
                )  # fmt: skip
    return item


def tell_full_queues(*, at: datetime.datetime) -> int:
    """Tell who coordinates a panel that its queue will be longer than its meetings can take; once a week."""
    told = 0
    today = day_of(at)
    for panel in Panel.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today)):
        seen = forecast_of(WORKING, panel, at)
        if seen.bursts_on is None:
            continue
        year, week, _ = today.isocalendar()
        posts = [panel.coordinator_id, chair_on(panel, today)]
        told += tell(
            by=None, posts=[post for post in posts if post], kind=NoticeKind.PANEL_QUEUE_FULL,
            link=f"/panels/of/{panel.code}/queue/", at=at, once=f"{panel.pk} {year}-{week}",
        )  # fmt: skip
    return told


def _own_item(by: Viewer, item_id: uuid.UUID, at: datetime.datetime) -> PanelItem:
    """The item, where the actor sees it and keeps its panel; raises PanelItem.DoesNotExist, NotPermitted."""
    with acting(by):
        item = PanelItem.objects.select_related("panel__team").get(pk=item_id)
    must_keep(by, item.panel, at)
    return item
