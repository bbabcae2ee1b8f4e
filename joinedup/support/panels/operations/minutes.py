"""Ask that minutes be corrected, answer that, approve them: then each agency's version stands (P28, P29)."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import MinutesState, Standing
from joinedup.foundations.meetings.models import Minutes
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting, in_one_piece
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import (
    Given,
    end_parts,
    give_parts,
    of_post,
)
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import PanelItemState
from joinedup.support.panels.models import (
    AgencyCheck,
    CheckRelease,
    MinutesCorrection,
    MinutesPage,
    PanelItem,
)
from joinedup.support.panels.operations.agenda import SITS_AT_IT
from joinedup.support.panels.operations.checks import ANSWERS, OPENED
from joinedup.support.panels.operations.ending import SAT_AT_IT, WORKING
from joinedup.support.panels.presenters.minutes import said, said_left
from joinedup.support.panels.queries.left_over import left_at
from joinedup.support.panels.queries.minutes import (
    ItemMinuted,
    Sitting,
    drafted,
    items_minuted,
    kept_apart,
    one_correction,
    opened_checks,
    sitting_of,
)
from joinedup.support.panels.rules.minutes import (
    seen_by_all,
    volumes,
    why_not_approved,
    why_not_corrected,
)


class CannotCorrect(Exception):
    """A correction cannot be asked for or answered so; says why."""


class CannotApprove(Exception):
    """Minutes cannot be approved yet, or not by them; says why."""


def ask_to_correct(
    *, by: Viewer, meeting_id: uuid.UUID, item_id: uuid.UUID, words: str, at: datetime.datetime
) -> MinutesCorrection:
    """Ask for one's agency that what the minutes say of an item be put right.

    Raises CannotCorrect, Meeting.DoesNotExist, PanelItem.DoesNotExist.
    """
    sitting = sitting_of(by, meeting_id, at=at)
    refused = why_not_corrected(drafted(by, sitting), day_of(at))
    if refused:
        raise CannotCorrect(refused)
    if not words.strip() or by.post_id is None:
        raise CannotCorrect("Write what is to be put right, and how.")
    with acting(by):
        item = PanelItem.objects.get(pk=item_id, agenda__meeting=meeting_id)
    with transaction.atomic(), acting(WORKING):
        made = MinutesCorrection.objects.create(
            minutes_id=meeting_id, item=item, agency_id=by.agency, words=words.strip(),
            by_post_id=by.post_id, at=at,
        )  # fmt: skip
        leave_a_line(by, item_id, "asked to correct minutes", at)
        tell(
            by=by.post_id, posts=_chairs(sitting), kind=NoticeKind.CORRECTION_ASKED,
            link=f"/panels/minutes/corrections/{made.pk}/", at=at,
        )  # fmt: skip
    return made


def answer_correction(
    *, by: Viewer, correction_id: int, is_taken: bool, answer: str, at: datetime.datetime
) -> MinutesCorrection:
    """Take a correction, as an entry beside what was written, or say why not. The chair does.

    What the minutes say of the item is not changed by it. Raises CannotCorrect, Meeting.DoesNotExist,
    MinutesCorrection.DoesNotExist.
    """
    found = one_correction(by, correction_id)
    sitting = sitting_of(by, found.minutes_id, at=at)
    if not sitting.chairs:
        raise CannotCorrect("Only the chair answers corrections.")
    if not is_taken and not answer.strip():
        raise CannotCorrect("Say why it is not taken: the agency reads this.")
    with transaction.atomic(), acting(WORKING):
        found = MinutesCorrection.objects.select_for_update().get(pk=correction_id)
        if found.answered_at is not None:
            raise CannotCorrect("This is answered already.")
        found.is_taken, found.answer = is_taken, answer.strip()
        found.answered_by_id, found.answered_at = by.post_id, at
        found.save()
        leave_a_line(by, found.item_id, "answered a correction", at, {"taken": is_taken})
        tell(
            by=by.post_id, posts=[found.by_post_id], kind=NoticeKind.CORRECTION_ASKED,
            link=f"/panels/meetings/{found.minutes_id}/minutes/", at=at,
        )  # fmt: skip
    return found


def approve_minutes(*, by: Viewer, meeting_id: uuid.UUID, at: datetime.datetime) -> Minutes:
    """Approve minutes: each agency's version is put down as its own members may read it, and stands.

    Then members see no more of the items than their agency's minutes; an action's owner goes on reading
    its words. Raises CannotApprove, Meeting.DoesNotExist.
    """
    sitting = sitting_of(by, meeting_id, at=at)
    if not sitting.chairs or by.post_id is None:
        raise CannotApprove("Only the chair approves the minutes.")
    with transaction.atomic(), in_one_piece():
        with acting(WORKING):
            minutes = Minutes.objects.select_for_update().get(pk=meeting_id)
            open_for = drafted(WORKING, sitting)
            why_not = why_not_approved(open_for, day_of(at))
        if minutes.state == MinutesState.APPROVED:
            why_not = "These minutes are approved already."
        if why_not:
            raise CannotApprove(why_not)
        readers = _put_down_for_each(by, sitting, at)
        with acting(WORKING):
            minutes.state, minutes.approved_at = MinutesState.APPROVED, at
            minutes.approved_by_id = by.post_id
            minutes.save(update_fields=["state", "approved_at", "approved_by"])
            _shut(by, meeting_id, readers, at)
            posts = [seat.post_id for seat in sitting.seats if seat.post_id != by.post_id]
            tell(
                by=by.post_id, posts=posts, kind=NoticeKind.MINUTES_OUT,
                link=f"/panels/meetings/{meeting_id}/minutes/", at=at, once=f"approved:{meeting_id}",
            )  # fmt: skip
            record_change(
                at=at, post_id=by.post_id, act="approved minutes", subject_kind="meeting",
                subject_id=str(meeting_id), purpose=by.purpose, agency=by.agency, role=by.role,
            )  # fmt: skip
    return minutes


def _put_down_for_each(
    by: Viewer, sitting: Sitting, at: datetime.datetime
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Each agency's pages, and which posts may go on reading them, by item.

    The wall is asked as each member who sat for the agency: an item stands in its version where one
    of them sees it, an answer of another agency where all who see the item see that too.
    """
    readers: dict[uuid.UUID, set[uuid.UUID]] = {}
    pages = []
    with acting(WORKING):
        on_it = PanelItem.objects.filter(agenda__meeting=sitting.meeting)
        keys = list(on_it.values_list("pk", flat=True))
    for agency, viewers in _viewers(sitting, at).items():
        found: dict[uuid.UUID, ItemMinuted] = {}
        opened: dict[uuid.UUID, list[frozenset[str]]] = {}
        for viewer in viewers:
            seen = opened_checks(viewer, keys)
            for item, agencies in seen.items():
                opened.setdefault(item, []).append(agencies)
                if viewer.post_id is not None:
                    readers.setdefault(item, set()).add(viewer.post_id)
            # Composed once for an agency: of a colleague only what nobody before them sees.
            if seen.keys() - found.keys():
                for each in items_minuted(viewer, sitting.meeting.pk):
                    found.setdefault(each.item.pk, each)
        # A put-off item whose words they still see stands with those.
        left = {
            each.item_id: each
            for viewer in viewers
            for each in left_at(viewer, sitting.meeting.pk)
            if each.item_id not in found
        }
        words = {item: said(each, seen_by_all(opened[item])) for item, each in found.items()}
        words |= {item: said_left(each) for item, each in left.items()}
        pages += _pages(agency, sitting, words, at)
    with acting(WORKING):
        MinutesPage.objects.bulk_create(pages)
    return readers


def _pages(
    agency: str,
    sitting: Sitting,
    words: dict[uuid.UUID, dict[str, Any]],
    at: datetime.datetime,
) -> list[MinutesPage]:
    order = sorted(words, key=lambda item: words[item]["place"])
    parted = volumes(order, kept_apart(order))
    return [
        MinutesPage(
            minutes_id=sitting.meeting.pk,
            item_id=item,
            agency_id=agency,
            volume=volume,
            place=words[item]["place"],
            said=words[item],
            at=at,
        )
        for volume, items in enumerate(parted, start=1)
        for item in items
    ]


def _viewers(sitting: Sitting, at: datetime.datetime) -> dict[str, list[Viewer]]:
    """Who sat for each agency, as viewers of their posts where they are held still; guests have no minutes."""
    seats = [seat for seat in sitting.seats if seat.standing != Standing.GUEST]
    held = Post.objects.held_on(day_of(at)).filter(
        pk__in=[seat.post_id for seat in seats], user__is_active=True
    )
    posts = {post.pk: post for post in held.select_related("team__agency", "user")}
    found: dict[str, list[Viewer]] = {}
    for seat in seats:
        if seat.post_id in posts:
            found.setdefault(seat.agency_id, []).append(Viewer.of_post(posts[seat.post_id]))
    return found


def _shut(
    by: Viewer,
    meeting_id: uuid.UUID,
    readers: dict[uuid.UUID, set[uuid.UUID]],
    at: datetime.datetime,
) -> None:
    """Members keep their minutes and nothing else; what is on another agenda by now stays open."""
    over = PanelItem.objects.filter(pk__in=readers, agenda__meeting=meeting_id)
    items = list(over.values_list("pk", flat=True))
    for item in items:
        parts = [Given(of_post(post), PartLevel.RECEIVED, SAT_AT_IT) for post in readers[item]]
        give_parts(by=by, matter_id=item, parts=parts, at=at)
    for because in (SITS_AT_IT, ANSWERS):
        end_parts(by=by, matter_ids=items, because=because, at=at)
    checks = AgencyCheck.objects.filter(item__in=items).exclude(
        item__state=PanelItemState.ON_AGENDA
    )
    keys = list(checks.values_list("pk", flat=True))
    CheckRelease.objects.filter(check_of__in=keys, ended_at__isnull=True).update(ended_at=at)
    end_parts(by=by, matter_ids=keys, because=OPENED, at=at)


def _chairs(sitting: Sitting) -> Iterable[uuid.UUID]:
    seats = [seat.post_id for seat in sitting.seats if seat.standing == Standing.CHAIR]
    return seats or [sitting.panel.chair_id]
