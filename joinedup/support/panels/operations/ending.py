"""End a meeting: what was not reached goes back, actions go out at once, minutes are drafted (P29)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import listed
from joinedup.foundations.meetings.choices import Attendance, ItemState, MeetingState, Standing
from joinedup.foundations.meetings.models import Action, AgendaItem, Meeting, Minutes, Seat
from joinedup.foundations.meetings.operations.holding import changed
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Part
from joinedup.identity.sharing.operations.matters import Given, end_parts, give_parts
from joinedup.support.frontdoor.operations.progress import tell_progress
from joinedup.support.handovers.rules.working_days import end_of_working_day, last_day
from joinedup.support.panels.models import Decision, ItemLeft, Panel, PanelItem, PanelMeeting
from joinedup.support.panels.operations.agenda import SITS_AT_IT, back_to_the_queue
from joinedup.support.panels.operations.checks import ANSWERS
from joinedup.support.panels.queries.minutes import decided_at
from joinedup.support.panels.queries.panel import standing, terms_on
from joinedup.support.panels.rules.minutes import initials, number, told_to_referrer

WORKING = Viewer.system("ending a meeting of a panel, and keeping its minutes")
SAT_AT_IT = "sat at it, and reads its minutes"
USUAL_DAYS = 5
"""Working days for corrections, where no terms of reference say another number (P29)."""


class CannotEnd(Exception):
    """A meeting cannot be ended so; says why."""


def end_meeting(*, by: Viewer, meeting_id: uuid.UUID, at: datetime.datetime) -> Minutes:
    """End a meeting that is going on; whoever chairs or coordinates it does.

    Items that were not reached go back to the queue, to be first on the next agenda, and the coordinator
    is told of them; the minutes name them to whoever sat at them. Every action goes out to its owner, whoever sent
    a referral hears that it was considered, and minutes are drafted with their number. Members go on
    seeing the items until the minutes are approved. Raises CannotEnd.
    """
    with transaction.atomic(), acting(WORKING):
        meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
        panel = PanelMeeting.objects.select_related("panel").get(meeting=meeting).panel
        _must_keep(by, panel, meeting, at)
        if meeting.state != MeetingState.OPEN:
            raise CannotEnd("Only a meeting that is going on can be ended.")
        left = _settle_items(by, meeting, at)
        _close(meeting, at)
        _send_actions(by, meeting, at)
        minutes = _draft(panel, meeting, at)
        _tell(by, meeting, at)
        if left:
            tell(
                by=by.post_id, posts=[panel.coordinator_id], kind=NoticeKind.PANEL_QUEUE_FULL,
                link=f"/panels/of/{panel.code}/queue/", at=at, once=f"left {meeting.pk}",
            )  # fmt: skip
        record_change(
            at=at, post_id=by.post_id, act="ended a meeting", subject_kind="meeting",
            subject_id=str(meeting.pk), purpose=by.purpose, agency=by.agency, role=by.role,
        )  # fmt: skip
    return minutes


def _must_keep(by: Viewer, panel: Panel, meeting: Meeting, at: datetime.datetime) -> None:
    if standing(by, panel, day_of(at)).keeps:
        return
    chairs = Seat.objects.filter(meeting=meeting, post=by.post_id, standing=Standing.CHAIR)
    if not chairs.exists():
        raise CannotEnd("Only whoever chairs or coordinates this meeting ends it.")


def _settle_items(by: Viewer, meeting: Meeting, at: datetime.datetime) -> list[uuid.UUID]:
    """What was decided is done; all else that is not over goes back to the queue, and is shut to members.

    Gives what goes back. Of that, and of what was put off, is kept that this meeting left it.
    """
    put_off = AgendaItem.objects.filter(meeting=meeting, state=ItemState.DEFERRED)
    for item in PanelItem.objects.filter(agenda__in=put_off):
        _leave(item, item.agenda_id, item.deferred_because, at)
    unfinished = AgendaItem.objects.filter(
        meeting=meeting, state__in=[ItemState.WAITING, ItemState.OPEN]
    )
    back: list[uuid.UUID] = []
    for each in unfinished.select_for_update():
        about = PanelItem.objects.filter(agenda=each).first()
        if about is None:
            dealt_with = each.state == ItemState.OPEN
        else:
            dealt_with = Decision.objects.filter(item=about, meeting=meeting).exists()
        each.state = ItemState.DONE if dealt_with else ItemState.TAKEN_OFF
        each.closed_at, each.version = at, each.version + 1
        each.save(update_fields=["state", "closed_at", "version"])
        if about is not None and not dealt_with:
            _leave(about, each.pk, "", at)
            _let_read_that_it_was_left(by, about.pk, at)
            back_to_the_queue(about)
            back.append(about.pk)
    for because in (SITS_AT_IT, ANSWERS):
        end_parts(by=by, matter_ids=back, because=because, at=at)
    return back


def _leave(item: PanelItem, line: int | None, because: str, at: datetime.datetime) -> None:
    names = item.people.order_by("place").values_list("name", flat=True)
    ItemLeft.objects.create(
        item=item, line_id=line or 0, reference=item.reference, because=because, at=at,
        names=listed(names) or item.reference,
    )  # fmt: skip


def _let_read_that_it_was_left(by: Viewer, item_id: uuid.UUID, at: datetime.datetime) -> None:
    """Whoever sat at an item to the end may read that it was not reached, and no more of it."""
    sat = Part.objects.filter(matter=item_id, because=SITS_AT_IT, ends_at__isnull=True)
    recipients = list(sat.values_list("recipient", flat=True))
    parts = [Given(each, PartLevel.RECEIVED, SAT_AT_IT) for each in recipients]
    give_parts(by=by, matter_id=item_id, parts=parts, at=at)


def _close(meeting: Meeting, at: datetime.datetime) -> None:
    Seat.objects.filter(meeting=meeting, attendance=Attendance.EXPECTED).update(
        attendance=Attendance.ABSENT
    )
    Seat.objects.filter(meeting=meeting).update(looks_at=None, types_in="")
    meeting.state, meeting.ended_at = MeetingState.ENDED, at
    meeting.save(update_fields=["state", "ended_at"])
    changed(meeting.pk)


def _send_actions(by: Viewer, meeting: Meeting, at: datetime.datetime) -> None:
    actions = list(Action.objects.filter(meeting=meeting, out_at__isnull=True).order_by("number"))
    Action.objects.filter(pk__in=[each.pk for each in actions]).update(out_at=at)
    for each in actions:
        tell(
            by=by.post_id, posts=[each.owner_id], kind=NoticeKind.MEETING_ACTION,
            link=f"/panels/actions/{each.pk}/", at=at,
        )  # fmt: skip


def _draft(panel: Panel, meeting: Meeting, at: datetime.datetime) -> Minutes:
    # Of two meetings that end at once one is numbered first: panels may share their initials.
    list(Panel.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    terms = terms_on(panel, day_of(at))
    days = terms.correction_days if terms else USUAL_DAYS
    year = day_of(meeting.starts_at).year
    before = Minutes.objects.filter(number__startswith=f"{initials(panel.name)}/{year}/").count()
    return Minutes.objects.create(
        meeting=meeting, number=number(panel.name, year, before + 1), drafted_at=at,
        correct_by=last_day(end_of_working_day(days, at)),
    )  # fmt: skip


def _tell(by: Viewer, meeting: Meeting, at: datetime.datetime) -> None:
    link = f"/panels/meetings/{meeting.pk}/minutes/"
    seats = list(Seat.objects.filter(meeting=meeting).values_list("post_id", "standing"))
    chairs = [post for post, stands in seats if stands == Standing.CHAIR]
    others = [post for post, stands in seats if stands in (Standing.MEMBER, Standing.COORDINATOR)]
    tell(by=by.post_id, posts=others, kind=NoticeKind.MINUTES_OUT, link=link, at=at)
    tell(by=by.post_id, posts=chairs, kind=NoticeKind.MINUTES_TO_APPROVE, link=link, at=at)
    decided = decided_at(meeting.pk)
    in_force = Decision.objects.in_force().filter(meeting=meeting, corrected_by__isnull=True)
    holds = set(in_force.values_list("item_id", flat=True))
    for item in PanelItem.objects.filter(pk__in=decided, referral__isnull=False):
        if item.referral_id is not None:
            words = told_to_referrer(decided[item.pk], waits=item.pk not in holds)
            tell_progress(by=by, matter_id=item.referral_id, words=words, at=at)
