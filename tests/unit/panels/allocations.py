"""A panel's item decided for a lead agency, for tests of allocation: made by the records themselves."""

import datetime
import itertools
import uuid

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_post, of_team, open_matter
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.partnership.workforce.models import Competence
from joinedup.support.frontdoor.choices import Agreement, EntryRoute, MatchAnswer, Source
from joinedup.support.frontdoor.models import Match, Referral, Subject
from joinedup.support.handovers.operations import take_duty
from joinedup.support.panels.choices import DecisionKind, ItemSource, PanelItemState
from joinedup.support.panels.models import Decision, ItemPerson, PanelItem
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.panelled import AT, Table

SINCE = datetime.date(2026, 1, 5)
_numbers = itertools.count(1)


def item(
    table: Table, *, agreement: Agreement = Agreement.AGREED, age: int = 40, **more: object
) -> PanelItem:
    """A referral before the panel: the coordinator answers for it and works at it."""
    number = next(_numbers)
    person = walled.person("care")
    with acting(walled.SYSTEM):
        sent = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=AT, about=[person])
        made = open_matter(by=walled.SYSTEM, kind=MatterKind.PANEL_ITEM, at=AT, about=[person])
        referral = Referral.objects.create(
            matter=sent, reference=f"AL{number:06}", entry=EntryRoute.PRACTITIONER, source=Source.PRACTITIONER,
            going_on="Called out six times this month", agreement=agreement,
            agreement_because="It was not safe to ask", submitted_at=AT, state_at=AT,
        )  # fmt: skip
        subject = Subject.objects.create(matter=sent, given_name="Ada", family_name="Ashe", age=age)
        Match.objects.create(
            matter=sent, subject=subject, answer=MatchAnswer.OURS, person_id=person, at=AT
        )
        for matter in (sent, made):
            give_part(
                by=walled.SYSTEM, matter_id=matter.pk, recipient=of_team(table.panel.team_id),
                level=PartLevel.WORK, because="brings it before the panel", at=AT,
            )  # fmt: skip
            take_duty(
                by=walled.SYSTEM, matter_id=matter.pk, post_id=post_of(table.coordinator),
                because="it came in", at=AT,
            )  # fmt: skip
        give_part(
            by=walled.SYSTEM, matter_id=made.pk, recipient=of_post(post_of(table.chair)),
            level=PartLevel.WORK, because="brings it before the panel", at=AT,
        )  # fmt: skip
        found = PanelItem.objects.create(
            matter=made, panel=table.panel, reference=f"P{number:06}", source=ItemSource.REFERRAL,
            referral=referral, agreement=agreement, basis="Care Act section 6", queued_at=AT,
            state=PanelItemState.QUEUED, **more,
        )  # fmt: skip
        ItemPerson.objects.create(item=found, person_id=person, name="Ada Ashe", age=age)
    return found


def person_of(found: PanelItem) -> uuid.UUID:
    """Whom the item is about."""
    with acting(walled.SYSTEM):
        return ItemPerson.objects.values_list("person_id", flat=True).get(item=found)


def decided(
    table: Table, found: PanelItem, agency: str, kind: DecisionKind = DecisionKind.ALLOCATE
) -> Decision:
    """The panel decides that this agency leads."""
    with acting(walled.SYSTEM):
        return Decision.objects.create(
            item=found, kind=kind, reasons="They know her best.", lead_agency_id=agency,
            by_post_id=table.chair.post_id, at=AT,
        )  # fmt: skip


def can(
    viewer: Viewer,
    *codes: CompetenceCode,
    ends_on: datetime.date | None = None,
) -> Viewer:
    """Enter that somebody can lead these."""
    holder = Post.objects.get(pk=viewer.post_id).user_id
    for code in codes:
        Competence.objects.create(
            holder_id=holder,
            code=code,
            evidence="Course of spring",
            starts_on=SINCE,
            ends_on=ends_on,
        )
    return viewer
