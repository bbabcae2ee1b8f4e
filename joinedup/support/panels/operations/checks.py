"""Ask each agency what it knows before a meeting, answer, open the answer to members by name, chase (P28)."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import Standing
from joinedup.foundations.meetings.models import Interest, Meeting, Seat
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting, in_one_piece
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.operations.matters import (
    Given,
    end_part,
    end_parts,
    give_parts,
    of_post,
    open_matter,
)
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import CheckState, Known, PanelItemState
from joinedup.support.panels.models import (
    AgencyCheck,
    CheckRelease,
    Panel,
    PanelItem,
    PanelMeeting,
)
from joinedup.support.panels.queries.checks import OPEN_STATES, at_the_table, holds_something
from joinedup.support.panels.queries.panel import members_on, standing
from joinedup.support.panels.rules.checks import Answer, due, is_to_be_chased, why_not

WORKING = Viewer.system("asking agencies what they know, and keeping what they answer")
ANSWERS = "answers its agency’s check"
OPENED = "its agency opened its answer to them"
PAGE = "/panels/checks/"


class CannotAsk(Exception):
    """Agencies cannot be asked so; says why."""


class CannotAnswer(Exception):
    """A check cannot be answered so; says why."""


class AnsweredMeanwhile(Exception):
    """A colleague answered after the form was opened; `saved` is what stands now."""

    def __init__(self, saved: AgencyCheck) -> None:
        super().__init__("A colleague answered this while you were writing.")
        self.saved = saved


def ask_checks(*, by: Viewer, meeting_id: uuid.UUID, at: datetime.datetime) -> int:
    """Ask every agency of the panel about every item of the meeting; return how many checks are new.

    Each is a matter of its own, seen by those who answer for the agency and nobody else. Called again
    it asks what is new. An item that comes back keeps its answers. Raises CannotAsk.
    """
    with transaction.atomic(), acting(WORKING), in_one_piece():
        meeting = Meeting.objects.get(pk=meeting_id)
        items = list(
            PanelItem.objects.filter(
                agenda__meeting=meeting, state=PanelItemState.ON_AGENDA
            ).select_related("agenda")
        )
        panel = PanelMeeting.objects.select_related("panel").get(meeting=meeting).panel
        if not standing(by, panel, day_of(at)).keeps:
            raise CannotAsk("Only whoever coordinates or chairs this panel asks its agencies.")
        answering = _who_answers(panel, meeting, at)
        made = sum(_ask(by, item, meeting, answering, at) for item in items)
        posts = {post for found in answering.values() for post in found}
        tell(
            by=by.post_id, posts=sorted(posts), kind=NoticeKind.CHECK_ASKED, link=PAGE, at=at,
            once=f"checks:{meeting_id}",
        )  # fmt: skip
    return made


def answer_check(
    *,
    by: Viewer,
    check_id: uuid.UUID,
    answer: Answer,
    open_to: Collection[uuid.UUID],
    version: int,
    at: datetime.datetime,
    filled_from: Sequence[dict[str, str]] = (),
) -> AgencyCheck:
    """Answer for one's agency, and open the answer to these members and nobody else.

    Raises AnsweredMeanwhile, CannotAnswer, AgencyCheck.DoesNotExist.
    """
    refused = why_not(answer, day_of(at))
    if refused:
        raise CannotAnswer(refused)
    check = _own(by, check_id)
    with transaction.atomic(), acting(WORKING):
        check = AgencyCheck.objects.select_for_update(of=("self",)).select_related("item").get(
            pk=check_id
        )  # fmt: skip
        if check.version != version:
            raise AnsweredMeanwhile(check)
        _must_be_open(check)
        _write(by, check, answer, list(filled_from), at)
        _open_to(by, check, open_to, at)
    return check


def nothing_known(
    *, by: Viewer, check_ids: Iterable[uuid.UUID], at: datetime.datetime
) -> list[uuid.UUID]:
    """Answer several checks at once: nothing is known. Return those answered.

    What a colleague answered meanwhile stays as it is, and so does what one's own records hold
    something of: that is answered by itself. Raises AgencyCheck.DoesNotExist, CannotAnswer.
    """
    done = []
    for check_id in check_ids:
        check = _own(by, check_id)
        if holds_something(by, check.item_id):
            continue
        with transaction.atomic(), acting(WORKING):
            check = AgencyCheck.objects.select_for_update(of=("self",)).select_related(
                "item__agenda", "agency"
            ).get(pk=check_id)  # fmt: skip
            if check.state == CheckState.ANSWERED:
                continue
            _must_be_open(check)
            _write(by, check, Answer(Known.NOTHING_KNOWN), [], at)
            _open_to(by, check, usually_opened_to(check), at)
            done.append(check_id)
    return done


def open_check_to(
    *, by: Viewer, check_id: uuid.UUID, open_to: Collection[uuid.UUID], at: datetime.datetime
) -> None:
    """Let these members read the answer, and nobody else from this moment on (P28).

    Raises CannotAnswer, AgencyCheck.DoesNotExist.
    """
    _own(by, check_id)
    with transaction.atomic(), acting(WORKING):
        check = AgencyCheck.objects.select_for_update(of=("self",)).select_related("item").get(
            pk=check_id
        )  # fmt: skip
        if check.state != CheckState.ANSWERED:
            raise CannotAnswer("There is no answer to open yet. Answer it first.")
        _open_to(by, check, open_to, at)


def usually_opened_to(check: AgencyCheck) -> list[uuid.UUID]:
    """To whom an answer is offered to be opened: who sits at the item, without an interest in it.

    To nobody where the agency's very name says something: else an answer that is kept would say it (P8).
    """
    if check.agency.name_reveals:
        return []
    return [seat.post_id for seat in at_the_table(check)]


def shut_checks_to(
    *, by: Viewer, item_id: uuid.UUID, post_id: uuid.UUID, at: datetime.datetime
) -> int:
    """End what somebody sees of every agency's check of an item: they have an interest, or have left."""
    with transaction.atomic(), acting(WORKING):
        checks = list(AgencyCheck.objects.filter(item=item_id).values_list("pk", flat=True))
        CheckRelease.objects.filter(
            check_of__in=checks, post=post_id, ended_at__isnull=True
        ).update(ended_at=at)  # fmt: skip
        return sum(
            end_part(by=by, matter_id=each, recipient=of_post(post_id), at=at) for each in checks
        )


def ask_of_another(
    *,
    by: Viewer,
    item: PanelItem,
    person_id: uuid.UUID,
    left_id: uuid.UUID,
    at: datetime.datetime,
) -> int:
    """Ask again each agency whose answer may be of the other of two who were held to be one.

    An agency that has records of the one alone has answered of them. Of any other the answer is shut to
    the members and stands in its own form, to be confirmed or mended. The caller acts as the system;
    return how many are asked.
    """
    if item.state not in OPEN_STATES:
        return 0
    theirs = set(_with_records(person_id)) - set(_with_records(left_id))
    doubtful = AgencyCheck.objects.filter(item=item, state=CheckState.ANSWERED)
    again = list(doubtful.exclude(agency__in=theirs))
    for check in again:
        CheckRelease.objects.filter(check_of=check, ended_at__isnull=True).update(ended_at=at)
        end_parts(by=by, matter_ids=[check.pk], because=OPENED, at=at)
        check.state, check.known, check.answered_at = CheckState.ASKED, "", None
        check.version, check.filled_from = check.version + 1, []
        check.save()
        leave_a_line(by, check.pk, "asked a check again after a split", at)
    if again and item.agenda is not None:
        answering = _who_answers(item.panel, item.agenda.meeting, at)
        posts = {post for check in again for post in answering.get(check.agency_id, ())}
        tell(by=by.post_id, posts=sorted(posts), kind=NoticeKind.CHECK_ASKED, link=PAGE, at=at)
    return len(again)


def _with_records(person_id: uuid.UUID) -> Iterable[str]:
    """The agencies that have a record of somebody."""
    found = Record.objects.filter(person__in=identifiers_of(person_id), gone_on=None)
    return found.values_list("agency_id", flat=True).distinct()


def chase_checks(*, at: datetime.datetime) -> int:
    """Tell agencies of checks that are due; what is not answered when the meeting starts stands so."""
    with acting(WORKING):
        waiting = list(
            AgencyCheck.objects.filter(
                state=CheckState.ASKED, due_at__lte=at, item__state=PanelItemState.ON_AGENDA
            ).select_related("item__agenda__meeting", "item__panel")
        )
        told: dict[tuple[uuid.UUID, str], list[AgencyCheck]] = {}
        late = []
        for check in waiting:
            meeting = check.item.agenda.meeting  # type: ignore[union-attr]
            if at >= meeting.starts_at:
                late.append(check.pk)
            elif is_to_be_chased(check.due_at, meeting.starts_at, check.chased_at, at):
                told.setdefault((meeting.pk, check.agency_id), []).append(check)
        AgencyCheck.objects.filter(pk__in=late).update(state=CheckState.NOT_ANSWERED)
        for (meeting_id, agency), checks in told.items():
            with transaction.atomic():
                _chase(meeting_id, agency, checks, at)
        return len(late) + sum(map(len, told.values()))


def _chase(
    meeting_id: uuid.UUID, agency: str, checks: list[AgencyCheck], at: datetime.datetime
) -> None:
    panel, meeting = checks[0].item.panel, checks[0].item.agenda.meeting  # type: ignore[union-attr]
    posts = _who_answers(panel, meeting, at).get(agency, set())
    tell(by=None, posts=sorted(posts), kind=NoticeKind.CHECK_LATE, link=PAGE, at=at)
    AgencyCheck.objects.filter(pk__in=[each.pk for each in checks]).update(chased_at=at)


def _who_answers(
    panel: Panel, meeting: Meeting, at: datetime.datetime
) -> dict[str, set[uuid.UUID]]:
    """Who answers for each agency of the panel: its members who do, those who cover, who sits for it."""
    found: dict[str, set[uuid.UUID]] = {}
    for member in members_on(panel, day_of(meeting.starts_at)):
        if member.checks:
            found.setdefault(member.agency_id, set()).update(
                post for post in (member.post_id, member.cover_id) if post is not None
            )
    seats = Seat.objects.filter(meeting=meeting, standing__in=[Standing.CHAIR, Standing.MEMBER])
    for agency, post in seats.values_list("agency", "post"):
        if agency in found:
            found[agency].add(post)
    held = set(
        Post.objects.held_on(day_of(at))
        .filter(pk__in={post for posts in found.values() for post in posts}, user__is_active=True)
        .values_list("pk", flat=True)
    )
    return {agency: posts & held for agency, posts in found.items()}


def _ask(
    by: Viewer,
    item: PanelItem,
    meeting: Meeting,
    answering: dict[str, set[uuid.UUID]],
    at: datetime.datetime,
) -> int:
    about = list(MatterPerson.objects.filter(matter=item.pk).values_list("person_id", flat=True))
    conflicted = set(
        Interest.objects.filter(item=item.agenda_id, lifted_at__isnull=True).values_list(
            "post_id", flat=True
        )
    )
    seated = set(Seat.objects.filter(meeting=meeting).values_list("post_id", flat=True))
    there = {check.agency_id: check for check in AgencyCheck.objects.filter(item=item)}
    due_at = due(at, meeting.starts_at)
    for agency, posts in answering.items():
        check = there.get(agency)
        if check is None:
            matter = open_matter(by=by, kind=MatterKind.AGENCY_CHECK, about=about, at=at)
            check = AgencyCheck.objects.create(
                matter=matter, item=item, agency_id=agency, asked_at=at, due_at=due_at
            )
        elif check.state != CheckState.ANSWERED:
            _ask_again(check, due_at, at)
        parts = [Given(of_post(each), PartLevel.PROGRESS, ANSWERS) for each in posts - conflicted]
        give_parts(by=by, matter_id=check.pk, parts=parts, at=at)
        # Who answers has to know whom it is about; whoever sits at the item knows already.
        beside = [each for each in parts if each.recipient not in map(of_post, seated)]
        give_parts(by=by, matter_id=item.pk, parts=beside, at=at)
    return len(answering.keys() - there.keys())


def _ask_again(check: AgencyCheck, due_at: datetime.datetime, at: datetime.datetime) -> None:
    if check.state == CheckState.ASKED and check.due_at == due_at:
        return
    check.state, check.asked_at, check.due_at, check.chased_at = CheckState.ASKED, at, due_at, None
    check.save(update_fields=["state", "asked_at", "due_at", "chased_at"])


def _own(by: Viewer, check_id: uuid.UUID) -> AgencyCheck:
    """A check of the actor's own agency, which they answer; raises AgencyCheck.DoesNotExist."""
    with acting(by):
        return AgencyCheck.objects.get(pk=check_id, agency=by.agency)


def _must_be_open(check: AgencyCheck) -> None:
    if check.item.state not in OPEN_STATES:
        raise CannotAnswer(
            "The panel has decided about this already. Tell its coordinator what you know."
        )


def _write(
    by: Viewer,
    check: AgencyCheck,
    answer: Answer,
    filled: list[dict[str, str]],
    at: datetime.datetime,
) -> None:
    for name, value in asdict(answer).items():
        setattr(check, name, value)
    check.state, check.answered_at, check.answered_by_id = CheckState.ANSWERED, at, by.post_id
    check.filled_from, check.version = filled, check.version + 1
    check.save()
    leave_a_line(by, check.pk, "answered a check", at)


def _open_to(
    by: Viewer, check: AgencyCheck, posts: Collection[uuid.UUID], at: datetime.datetime
) -> None:
    """Open the answer to these of the table and to nobody else."""
    if by.post_id is None:
        raise CannotAnswer("Only somebody of the agency opens its answer.")
    may = {seat.post_id for seat in at_the_table(check)}
    if not set(posts) <= may:
        raise CannotAnswer(
            "It can be opened only to those who sit at this item without an interest in it."
        )
    open_now = {each.post_id: each for each in check.releases.filter(ended_at__isnull=True)}
    for post_id in open_now.keys() - set(posts):
        CheckRelease.objects.filter(pk=open_now[post_id].pk).update(ended_at=at)
        end_part(by=by, matter_id=check.pk, recipient=of_post(post_id), at=at, because=OPENED)
    new = sorted(set(posts) - open_now.keys())
    CheckRelease.objects.bulk_create(
        CheckRelease(check_of=check, post_id=post, released_by_id=by.post_id, released_at=at)
        for post in new
    )
    give_parts(
        by=by, matter_id=check.pk, at=at,
        parts=[Given(of_post(post), PartLevel.PROGRESS, OPENED) for post in new],
    )  # fmt: skip
    if new and check.item.agenda_id is not None:
        meeting = Meeting.objects.get(items=check.item.agenda_id)
        tell(
            by=by.post_id, posts=new, kind=NoticeKind.CHECK_RELEASED,
            link=f"/panels/meetings/{meeting.pk}/", at=at, once=f"{meeting.pk}:{check.agency_id}",
        )  # fmt: skip
    if new or open_now.keys() - set(posts):
        leave_a_line(by, check.pk, "opened a check to members", at, {"parts": len(posts)})
