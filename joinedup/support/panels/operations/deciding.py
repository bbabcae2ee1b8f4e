"""Write down what a panel decided, who differed, what the chair decided between meetings, what corrects it."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import Attendance, ItemState, Standing
from joinedup.foundations.meetings.models import Interest, Meeting, Seat
from joinedup.foundations.meetings.operations import holding
from joinedup.foundations.meetings.queries.room import what_quorum_lacks
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import Given, give_parts, of_post
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import Box, DecisionKind, Effect, PanelItemState, Stance
from joinedup.support.panels.models import (
    Decision,
    DecisionStance,
    ItemText,
    PanelItem,
    PanelMember,
)
from joinedup.support.panels.operations.approving import (
    CannotApprove,
    ask_for_approval,
    lapse_approvals,
)
from joinedup.support.panels.operations.effect import (
    CannotTakeEffect,
    finish_panel_step,
    what_follows,
)
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.operations.room import (
    is_going_on,
    mark_put_off,
    must_run,
)
from joinedup.support.panels.queries.panel import chair_on, terms_on
from joinedup.support.panels.queries.parted import is_to_be_placed
from joinedup.support.panels.rules.approving import why_not_asked
from joinedup.support.panels.rules.deciding import why_not_decided

SPOKE_TO_IT = "gave their agency’s word on an urgent action"
_TWO = 2


class CannotDecide(Exception):
    """A decision cannot be written down so; says why."""


@dataclass(frozen=True)
class StanceSaid:
    """How an agency stands to a decision, by whom, and why where it differs."""

    agency: str
    post_id: uuid.UUID
    stance: Stance
    words: str = ""


@dataclass(frozen=True)
class Deciding:
    """A decision as it is said."""

    kind: DecisionKind
    reasons: str
    lead_agency: str = ""
    stances: Sequence[StanceSaid] = ()
    without_words_because: str = ""
    approvals: Sequence[str] = ()
    """Agencies that must approve it under their own delegations before it has effect (S0-30)."""


def decide(*, by: Viewer, item_id: uuid.UUID, said: Deciding, at: datetime.datetime) -> Decision:
    """Write down what the panel decides of the item that is open, with how each agency there stands to it.

    Without a quorum, or by one with an interest, nothing is decided. Where it names a lead agency that
    is asked at once (P27), or when each agency that must approve it has (S0-30).
    Raises CannotDecide, CannotRun, PanelItem.DoesNotExist.
    """
    with transaction.atomic():
        with acting(by):
            seen = PanelItem.objects.select_related("agenda__meeting", "panel").get(pk=item_id)
        line = seen.agenda
        if line is None or line.state != ItemState.OPEN:
            raise CannotDecide("Open the item first.")
        must_run(by, line.meeting_id)
        barred = _barred(line.pk)
        chair = _chair_of(line.meeting)
        if chair in barred:
            raise CannotDecide("The chair has an interest in this item. Hand the chair on for it.")
        lacks = what_quorum_lacks(line.meeting, but=barred)
        if lacks:
            raise CannotDecide(lacks)
        there = agencies_there(line.meeting, barred)
        _fits(seen, said, day_of(at))
        _every_agency_stands_somewhere(there, said)
        with acting(WORKING):
            holding.held_for_this(line.meeting_id)
            item = PanelItem.objects.select_for_update().get(pk=item_id)
            if item.state != PanelItemState.ON_AGENDA:
                raise CannotDecide(
                    "This is decided already. A decision is corrected by a new entry."
                )
            made = _written(
                item, said, chair or by.post_id, at, meeting=line.meeting, there=sorted(there)
            )
            if said.kind is DecisionKind.MORE_IS_NEEDED:
                if item.deferred_at is not None:
                    raise CannotDecide(
                        "More was asked for before. An item is put off once: decide it (P26)."
                    )
                mark_put_off(by, item, said.reasons, at)
            else:
                holding.close_item(by=by, agenda_id=line.pk, state=ItemState.DONE, at=at)
                _is_decided(item, at, waits=bool(said.approvals))
            leave_a_line(by, item.pk, "decided an item", at, {"kind": said.kind})
        _what_follows(by, item, made, said, at)
    return made


def correct_decision(
    *, by: Viewer, decision_id: uuid.UUID, said: Deciding, because: str, at: datetime.datetime
) -> Decision:
    """Correct a decision by a new entry with a reason; the one before stays, and says by what it was corrected.

    Raises CannotDecide, NotPermitted, Decision.DoesNotExist.
    """
    if not because.strip():
        raise CannotDecide("Say why the decision is corrected.")
    with transaction.atomic():
        with acting(by):
            before = Decision.objects.select_related("item__panel", "meeting").get(pk=decision_id)
        item = before.item
        _holds_the_chair(by, item, before.meeting, at)
        _fits(item, said, day_of(at))
        with acting(WORKING):
            if item.agenda is not None:
                holding.held_for_this(item.agenda.meeting_id)
            item = (
                PanelItem.objects.select_for_update(of=("self",))
                .select_related("panel")
                .get(pk=item.pk)
            )
            if Decision.objects.filter(corrects=before).exists():
                raise CannotDecide("This was corrected already. Correct the latest entry.")
            if said.kind is DecisionKind.MORE_IS_NEEDED:
                raise CannotDecide(
                    "What was decided cannot be put off. Say what is decided instead."
                )
            made = _written(
                item, said, by.post_id, at, meeting=before.meeting,
                there=list(before.agencies_present), corrects=before, because=because.strip(),
                is_urgent=before.is_urgent, ratified_at=before.ratified_at,
            )  # fmt: skip
            was = lapse_approvals(by=by, decision=before, at=at)
            _is_decided(item, at, waits=bool(said.approvals))
            if item.agenda_id is not None:
                holding.changed(item.agenda.meeting_id, item.agenda_id)  # type: ignore[union-attr]
            leave_a_line(by, item.pk, "corrected a decision", at, {"kind": said.kind})
        is_otherwise = (said.kind, said.lead_agency) != (before.kind, before.lead_agency_id or "")
        if is_otherwise or said.approvals or was is not Effect.IN_FORCE:
            _what_follows(by, item, made, said, at)
    return made


def act_urgently(
    *, by: Viewer, item_id: uuid.UUID, said: Deciding, at: datetime.datetime
) -> Decision:
    """The chair decides between meetings with the word of two named agencies; the next meeting ratifies it.

    The two are told what was written in their names. Raises CannotDecide, NotPermitted (P26).
    """
    with transaction.atomic():
        with acting(by):
            seen = PanelItem.objects.select_related("panel").get(pk=item_id)
        _holds_the_chair(by, seen, None, at)
        _fits(seen, said, day_of(at))
        named = {each.agency for each in said.stances if each.stance is Stance.AGREES}
        if len(named) < _TWO:
            raise CannotDecide(
                "Name somebody of two agencies who agree. With fewer it waits for the meeting."
            )
        _sit_on_the_panel(seen, said, day_of(at))
        if said.kind is DecisionKind.MORE_IS_NEEDED:
            raise CannotDecide("An urgent action decides something. Else it waits for the meeting.")
        with acting(WORKING):
            item = (
                PanelItem.objects.select_for_update(of=("self",))
                .select_related("panel")
                .get(pk=item_id)
            )
            if item.state not in {PanelItemState.QUEUED, PanelItemState.ON_AGENDA}:
                raise CannotDecide("This is decided already, or was taken out of the queue.")
            made = _written(
                item, said, by.post_id, at, meeting=None, there=sorted(named), is_urgent=True
            )
            if item.state == PanelItemState.QUEUED:
                item.agenda = None
            _is_decided(item, at, waits=bool(said.approvals))
            posts = [each.post_id for each in said.stances]
            give_parts(
                by=by, matter_id=item.pk, at=at,
                parts=[Given(of_post(post), PartLevel.PROGRESS, SPOKE_TO_IT) for post in posts],
            )  # fmt: skip
            tell(
                by=by.post_id, posts=posts, kind=NoticeKind.URGENT_ACTION,
                link=f"/panels/items/{item.pk}/", at=at,
            )  # fmt: skip
            leave_a_line(by, item.pk, "acted urgently as the chair", at, {"kind": said.kind})
        _what_follows(by, item, made, said, at)
    return made


def ratify(*, by: Viewer, decision_id: uuid.UUID, at: datetime.datetime) -> Decision:
    """Let the meeting ratify what the chair decided before it; else it is corrected by a new entry (P26).

    Raises CannotDecide, CannotRun, Decision.DoesNotExist.
    """
    with transaction.atomic():
        with acting(by):
            seen = Decision.objects.select_related("item__agenda__meeting").get(pk=decision_id)
        line = seen.item.agenda
        if not seen.is_urgent or seen.ratified_at is not None:
            raise CannotDecide("There is nothing to ratify here.")
        if line is None or line.state != ItemState.OPEN:
            raise CannotDecide("Open the item first.")
        must_run(by, line.meeting_id)
        lacks = what_quorum_lacks(line.meeting, but=_barred(line.pk))
        if lacks:
            raise CannotDecide(lacks)
        with acting(WORKING):
            holding.held_for_this(line.meeting_id)
            made = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
            made.ratified_at, made.meeting = at, line.meeting
            made.save(update_fields=["ratified_at", "meeting"])
            holding.close_item(by=by, agenda_id=line.pk, state=ItemState.DONE, at=at)
            leave_a_line(by, made.item_id, "ratified an urgent action", at)
    return made


def agencies_there(
    meeting: Meeting, barred: frozenset[uuid.UUID] = frozenset()
) -> dict[str, uuid.UUID]:
    """Each agency with a word in a decision that is there, and who speaks for it; none with an interest."""
    there = Seat.objects.filter(meeting=meeting, attendance=Attendance.PRESENT)
    seats = there.exclude(post__in=barred).order_by("-standing", "pk")
    return {seat.agency_id: seat.post_id for seat in seats if Standing(seat.standing).counts}


def _fits(item: PanelItem, said: Deciding, today: datetime.date) -> None:
    if is_to_be_placed(item.pk):
        raise CannotDecide(
            "Their records turned out to be two people’s. Say on the item’s page whom it is about first."
        )
    on_the_panel = {each.agency_id for each in _members(item, today)}
    not_asked = why_not_asked(said.kind, said.approvals, on_the_panel)
    if not_asked:
        raise CannotDecide(not_asked)
    terms = terms_on(item.panel, today)
    if terms is None or (terms.decisions and said.kind not in terms.decisions):
        raise CannotDecide("This panel’s terms of reference do not know this decision.")
    with acting(WORKING):
        words = ItemText.objects.filter(item=item, box=Box.OWN_WORDS).values_list(
            "words", flat=True
        )
        own = "".join(words)
    why_not = why_not_decided(
        kind_has_lead=said.kind.has_a_lead, lead=said.lead_agency, reasons=said.reasons,
        own_words=own, without_them_because=said.without_words_because,
    )  # fmt: skip
    if why_not:
        raise CannotDecide(why_not)
    if any(each.stance is Stance.DISSENTS and not each.words.strip() for each in said.stances):
        raise CannotDecide("Write why an agency dissents, in its words.")


def _every_agency_stands_somewhere(there: dict[str, uuid.UUID], said: Deciding) -> None:
    stands = {each.agency for each in said.stances}
    if set(there) - stands:
        raise CannotDecide("Say how each agency that is there stands to it.")
    if stands - set(there):
        raise CannotDecide(
            "Only an agency that is there, with no interest in the item, has a word in it."
        )


def _sit_on_the_panel(item: PanelItem, said: Deciding, today: datetime.date) -> None:
    sit = {(each.post_id, each.agency_id) for each in _members(item, today)}
    if any((each.post_id, each.agency) not in sit for each in said.stances):
        raise CannotDecide("Name members of the panel, each for their own agency.")


def _members(item: PanelItem, today: datetime.date) -> Iterable[PanelMember]:
    members = PanelMember.objects.filter(panel=item.panel, starts_on__lte=today)
    return members.exclude(ends_on__lte=today)


def _holds_the_chair(
    by: Viewer, item: PanelItem, meeting: Meeting | None, at: datetime.datetime
) -> None:
    if by.is_system or by.post_id == chair_on(item.panel, day_of(at)):
        return
    if meeting is not None and is_going_on(meeting) and by.post_id == _chair_of(meeting):
        return
    raise NotPermitted("Only whoever holds the chair can do that.")


def _written(
    item: PanelItem,
    said: Deciding,
    by_post: uuid.UUID | None,
    at: datetime.datetime,
    *,
    meeting: Meeting | None,
    there: list[str],
    corrects: Decision | None = None,
    because: str = "",
    is_urgent: bool = False,
    ratified_at: datetime.datetime | None = None,
) -> Decision:
    if by_post is None:
        raise CannotDecide("Somebody must hold the chair. Hand it to a member who is there.")
    made = Decision.objects.create(
        item=item, meeting=meeting, kind=said.kind, reasons=said.reasons.strip(),
        lead_agency_id=said.lead_agency if said.kind.has_a_lead else None, by_post_id=by_post, at=at,
        agencies_present=there, without_words_because=said.without_words_because.strip(),
        is_urgent=is_urgent, ratified_at=ratified_at, corrects=corrects, corrected_because=because,
    )  # fmt: skip
    DecisionStance.objects.bulk_create(
        DecisionStance(
            item=item, decision=made, agency_id=each.agency, post_id=each.post_id,
            stance=each.stance, words=each.words.strip(), at=at,
        )
        for each in said.stances
    )  # fmt: skip
    return made


def _is_decided(item: PanelItem, at: datetime.datetime, *, waits: bool) -> None:
    item.state, item.decided_at = PanelItemState.DECIDED, at
    item.save(update_fields=["state", "decided_at", "agenda"])
    if not waits:
        finish_panel_step(item, at)


def _what_follows(
    by: Viewer, item: PanelItem, made: Decision, said: Deciding, at: datetime.datetime
) -> None:
    """What is decided has effect at once, or each agency that must approve it is asked first."""
    try:
        if said.approvals:
            with acting(WORKING):
                ask_for_approval(by=by, made=made, agencies=dict.fromkeys(said.approvals), at=at)
        else:
            what_follows(by, item, made, at)
    except (CannotTakeEffect, CannotApprove) as why:
        raise CannotDecide(str(why)) from why


def _barred(agenda_id: int) -> frozenset[uuid.UUID]:
    found = Interest.objects.filter(item=agenda_id, lifted_at__isnull=True)
    return frozenset(found.values_list("post_id", flat=True))


def _chair_of(meeting: Meeting) -> uuid.UUID | None:
    held = Seat.objects.filter(meeting=meeting, standing=Standing.CHAIR)
    return held.values_list("post_id", flat=True).first()
