"""A practice nominates patients for its care team meeting: by hand, or from a list with its reasons (S0-55)."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import age, name_case
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.handovers import operations as handovers
from joinedup.support.panels.choices import Box, ItemSource, PanelItemState
from joinedup.support.panels.models import ItemPerson, Panel, PanelItem
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.operations.queue import ComingIn, PersonIn, put_in_queue
from joinedup.support.panels.queries.panel import standing

BROUGHT_BY_THE_PRACTICE = "the practice brings it before its team"
_WAITS = (PanelItemState.QUEUED, PanelItemState.ON_AGENDA)


class CannotNominate(Exception):
    """Nobody can be nominated here so; says why."""


@dataclass(frozen=True)
class Nominated:
    """A patient, why the team is to look at them, and whether they have said yes to that.

    `why` is a practitioner's own sentence, or a list's reasons in words.
    """

    person_id: uuid.UUID
    why: str
    asked: str = ""
    agreement: Agreement = Agreement.NOT_INFORMED


@dataclass(frozen=True)
class Nomination:
    """What became of one: the item, or why there is none."""

    person_id: uuid.UUID
    item: PanelItem | None = None
    refused: str = ""


def nominate(
    *, by: Viewer, panel_id: int, nominated: Sequence[Nominated], at: datetime.datetime
) -> list[Nomination]:
    """Put patients of the practice into the queue of its meeting; one that is refused leaves the others.

    The coordinator answers for each from that moment (P33). Raises CannotNominate, NotPermitted.
    """
    panel = Panel.objects.select_related("practice", "team", "coordinator").get(pk=panel_id)
    if panel.practice is None:
        raise CannotNominate("Only the care team meeting of a practice takes nominations.")
    if not standing(by, panel, day_of(at)).any:
        raise NotPermitted("Only who sits at this meeting nominates patients for it.")
    return [_one(by, panel, each, at) for each in nominated]


def _one(by: Viewer, panel: Panel, each: Nominated, at: datetime.datetime) -> Nomination:
    record = _patient(by, panel, each.person_id)
    refused = _why_not(panel, each, record)
    if refused or record is None:
        return Nomination(each.person_id, refused=refused)
    born = record.born_on
    who = PersonIn(
        name_case(f"{record.given_name} {record.family_name}".strip()), each.person_id, born,
        age(born, day_of(at)) if born else None,
    )  # fmt: skip
    with transaction.atomic():
        item = put_in_queue(
            by=by, panel=panel, at=at,
            coming=ComingIn(ItemSource.NOMINATION, [who], each.agreement),
            texts={Box.GOING_ON: each.why, Box.ASKED: each.asked},
        )  # fmt: skip
        handovers.take_duty(
            by=WORKING, matter_id=item.pk, post_id=panel.coordinator_id,
            because=BROUGHT_BY_THE_PRACTICE, at=at,
        )  # fmt: skip
    return Nomination(each.person_id, item)


def _patient(by: Viewer, panel: Panel, person_id: uuid.UUID) -> Record | None:
    """The practice's own record of them, as far as the wall shows it to the actor."""
    with acting(by):
        found = Record.objects.filter(
            person__in=identifiers_of(person_id), gp_practice=panel.practice_id, gone_on=None
        )
        return found.order_by("pk").first()


def _why_not(panel: Panel, each: Nominated, record: Record | None) -> str:
    if record is None:
        return "No patient of this practice, as far as you may see. Find them first."
    if not each.why.strip():
        return "Say why the team is to look at them."
    with acting(WORKING):
        same = identifiers_of(each.person_id)
        if Person.objects.filter(pk__in=same, died_on__isnull=False).exists():
            return "They have died. Nothing more is planned for them here."
        waits = ItemPerson.objects.filter(
            person__in=same, item__panel=panel, item__state__in=_WAITS
        )
        if waits.exists():
            return "They stand in the queue of this meeting already."
    return ""
