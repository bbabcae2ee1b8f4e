"""End a meeting: what was not reached goes back, actions go out at once, minutes are drafted (P29)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import Attendance, ItemState, MeetingState, Standing
from joinedup.foundations.meetings.models import Action, AgendaItem, Meeting, Minutes, Seat
from joinedup.foundations.meetings.operations.holding import changed
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.operations.matters import end_parts
from joinedup.support.frontdoor.operations.progress import tell_progress
from joinedup.support.handovers.rules.working_days import end_of_working_day, last_day
from joinedup.support.panels.models import Decision, Panel, PanelItem, PanelMeeting
from joinedup.support.panels.operations.agenda import SITS_AT_IT, back_to_the_queue
from joinedup.support.panels.operations.checks import ANSWERS
from joinedup.support.panels.queries.minutes import decided_at
from joinedup.support.panels.queries.panel import standing, terms_on
from joinedup.support.panels.rules.minutes import initials, number, told_to_referrer

WORKING = Viewer.system("ending a meeting of a panel, and keeping its minutes")
USUAL_DAYS = 5
"""Working days for corrections, where no terms of reference say another number (P29)."""


class CannotEnd(Exception):
    """A meeting cannot be ended so; says why."""


def end_meeting(*, by: Viewer, meeting_id: uuid.UUID, at: datetime.datetime) -> Minutes:
    """End a meeting that is going on; whoever chairs or coordinates it does.

    Items that were not reached go back to the queue, every action goes out to its owner, whoever sent
    a referral hears that it was considered, and minutes are drafted with their number. Members go on
    seeing the items until the minutes are approved. Raises CannotEnd.
    """
    with transaction.atomic(), acting(WORKING):
        meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
        panel = PanelMeeting.objects.select_related("panel").get(meeting=meeting).panel
        _must_keep(by, panel, meeting, at)
        if meeting.state != MeetingState.OPEN:
            raise CannotEnd("Only a meeting that is going on can be ended.")
        _settle_items(by, meeting, at)
        _close(meeting, at)
        _send_actions(by, meeting, at)
        minutes = _draft(panel, meeting, at)
        _tell(by, meeting, at)
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


def _settle_items(by: Viewer, meeting: Meeting, at: datetime.datetime) -> None:
    """What was decided is done; all else that is not over goes back to the queue, and is shut to members."""
    unfinished = AgendaItem.objects.filter(
        meeting=meeting, state__in=[ItemState.WAITING, ItemState.OPEN]
    )
    back: list[uuid.UUID] = []
    for each in unfinished.select_for_update():
        item = PanelItem.objects.filter(agenda=each).first()
        if item is None:
            dealt_with = each.state == ItemState.OPEN
        else:
            dealt_with = Decision.objects.filter(item=item, meeting=meeting).exists()
        each.state = ItemState.DONE if dealt_with else ItemState.TAKEN_OFF
        each.closed_at, each.version = at, each.version + 1
        each.save(update_fields=["state", "closed_at", "version"])
        if item is not None and not dealt_with:
            back_to_the_queue(item)
            back.append(item.pk)
    for because in (SITS_AT_IT, ANSWERS):
        end_parts(by=by, matter_ids=back, because=because, at=at)


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
    for item in PanelItem.objects.filter(pk__in=decided, referral__isnull=False):
        if item.referral_id is not None:
            tell_progress(
                by=by, matter_id=item.referral_id, words=told_to_referrer(decided[item.pk]), at=at
            )
