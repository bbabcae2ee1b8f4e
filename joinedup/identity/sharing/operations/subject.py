"""Ask for everything that is held on oneself; extend the clock, read an export, release it."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.models import Involvement, SubjectPart, SubjectRequest
from joinedup.identity.sharing.queries.parted import parted_at
from joinedup.identity.sharing.rules.subject import due_on, why_not_extend

ANSWER = "subject answer"
"""An answer to a subject's request that was taken out: a copy of what its controller holds (P15)."""

ASKING = Viewer.system("a person asking for what is held on them")


class CannotAskForAll(Exception):
    """Why nothing is asked anew; fit for the page."""


class CannotAnswerRequest(Exception):
    """Why a request cannot be answered so; says how to mend it."""


def ask_for_everything(*, by: Viewer, words: str, at: datetime.datetime) -> SubjectRequest:
    """Ask each controller that holds anything, as the person on their own page; the clock starts now.

    Code, date of birth and second factor have shown who asks. Raises CannotAskForAll, NotPermitted.
    """
    if by.own_access_id is None:
        raise NotPermitted("Somebody asks for what is held on them on their own page.")
    with acting(by):
        ids = sorted(Person.objects.values_list("pk", flat=True))
    with transaction.atomic(), acting(ASKING):
        person = Person.objects.select_for_update().filter(pk__in=ids, merged_into=None).get()
        open_still = SubjectPart.objects.filter(person__in=ids, released_at__isnull=True)
        if (parted := parted_at(ids)) is not None:
            # An older one may be the other's, and is shown to nobody on their own page.
            open_still = open_still.filter(request__asked_at__gt=parted)
        if open_still.exists():
            raise CannotAskForAll("You have asked already. You are told here when it is ready.")
        request = SubjectRequest.objects.create(
            person=person, words=words.strip()[:2000], asked_at=at, due_on=due_on(day_of(at))
        )
        SubjectPart.objects.bulk_create(
            SubjectPart(request=request, person=person, agency_id=code)
            for code in sorted(_controllers(ids))
        )
        _leave_a_line(by, "asked for everything held", request, at)
        _tell_the_controllers(request, at)
    return request


def extend(
    *, by: Viewer, request_id: uuid.UUID, because: str, at: datetime.datetime
) -> SubjectRequest:
    """Give two months more, told to the person within the first. Raises CannotAnswerRequest, NotPermitted."""
    by.must(Permission.RELEASE_RESTRICTED)
    with acting(by):
        SubjectRequest.objects.get(pk=request_id)
    with transaction.atomic(), acting(ASKING):
        request = SubjectRequest.objects.select_for_update().get(pk=request_id)
        asked = day_of(request.asked_at)
        why = why_not_extend(
            asked, day_of(at), is_extended=request.extended_at is not None, because=because
        )
        if why:
            raise CannotAnswerRequest(why)
        request.due_on = due_on(asked, extended=True)
        request.extended_at, request.extended_because = at, because.strip()
        request.extended_by_id = by.post_id
        request.save()
        _leave_a_line(by, "extended a subject request", request, at)
    return request


def note_prepared(*, by: Viewer, part_id: uuid.UUID, at: datetime.datetime) -> SubjectPart:
    """Note that somebody of the controller took the export to read. Raises SubjectPart.DoesNotExist."""
    by.must(Permission.RELEASE_RESTRICTED)
    with acting(by):
        SubjectPart.objects.get(pk=part_id, agency=by.agency)
    with transaction.atomic(), acting(ASKING):
        part = SubjectPart.objects.select_related("request").get(pk=part_id)
        if part.prepared_at is None:
            part.prepared_at = at
            part.save(update_fields=["prepared_at"])
        _leave_a_line(by, "took a subject export to review", part.request, at)
    return part


def release(*, by: Viewer, part_id: uuid.UUID, withheld: str, at: datetime.datetime) -> SubjectPart:
    """Release one controller's part, having read it; what was taken out is said with its ground.

    Raises CannotAnswerRequest, SubjectPart.DoesNotExist, NotPermitted.
    """
    by.must(Permission.RELEASE_RESTRICTED)
    with acting(by):
        SubjectPart.objects.get(pk=part_id, agency=by.agency)
    with transaction.atomic(), acting(ASKING):
        part = SubjectPart.objects.select_for_update(of=("self",)).get(pk=part_id)
        if part.released_at is not None:
            raise CannotAnswerRequest("This part has been released already.")
        if part.prepared_at is None:
            raise CannotAnswerRequest("Read the export first; then release it.")
        part.released_at, part.released_by_id = at, by.post_id
        part.withheld = withheld.strip()
        part.save()
        _leave_a_line(by, "released a subject export", part.request, at)
    return part


def _controllers(ids: list[uuid.UUID]) -> set[str]:
    """Every agency that holds a record of them or is, or was, in their life."""
    records = Record.objects.filter(person__in=ids).values_list("agency", flat=True)
    involved = Involvement.objects.filter(person__in=ids).values_list("agency", flat=True)
    return {*records, *involved}


def _tell_the_controllers(request: SubjectRequest, at: datetime.datetime) -> None:
    """Whoever may release for a controller is told that a clock runs."""
    posts = Post.objects.held_on(day_of(at)).filter(
        team__agency__in=request.parts.values("agency"),
        role__in=roles_that_may(Permission.RELEASE_RESTRICTED),
        user__is_active=True,
    )
    tell(
        by=None, posts=list(posts.values_list("pk", flat=True)),
        kind=NoticeKind.SUBJECT_REQUEST, link="/subject-requests/", at=at,
    )  # fmt: skip


def _leave_a_line(by: Viewer, act: str, request: SubjectRequest, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="subject request",
        subject_id=str(request.pk),
        purpose=by.purpose,
        person_id=request.person_id,
        agency=by.agency,
        role=by.role,
    )
