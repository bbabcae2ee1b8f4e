"""The only door to people: who is looking, as what and why, comes first."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.audit.operations import record_look
from joinedup.identity.people.models import Household, Person, Record, RecordVersion
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number

LONGEST_CHAIN = 50
"""A chain of merges longer than this is a fault in the spine, not history."""


class NotPermitted(Exception):
    """The viewer's role does not carry this; the message is fit for the page."""


@dataclass(frozen=True)
class Viewer:
    """A post with a purpose, or a named purpose of the system itself."""

    post_id: uuid.UUID | None
    user_id: uuid.UUID | None
    name: str
    agency: str
    agency_kind: AgencyKind
    role: str
    purpose: str

    @classmethod
    def of_post(cls, post: Post, *, purpose: str) -> "Viewer":
        """The viewer who looks from this post, for this purpose."""
        agency = post.team.agency
        return cls(
            post_id=post.id,
            user_id=post.user_id,
            name=post.user.name,
            agency=agency.code,
            agency_kind=AgencyKind(agency.kind),
            role=post.role,
            purpose=purpose,
        )

    @classmethod
    def system(cls, purpose: str) -> "Viewer":
        """The system at work for a named purpose: the night, a rebuild, a benchmark."""
        return cls(None, None, "Joined Up", "", AgencyKind.PARTNERSHIP, "", purpose)

    @property
    def is_system(self) -> bool:
        """Whether this is the system itself and no post."""
        return self.post_id is None

    def may(self, permission: Permission) -> bool:
        """Whether the viewer may do this; NHS numbers are for health and social care (P3)."""
        if self.is_system:
            return True
        if permission is Permission.SEE_NHS_NUMBER and not self.agency_kind.may_hold_nhs_numbers:
            return False
        return permission in role(self.role).permissions

    def must(self, permission: Permission) -> None:
        """Raise NotPermitted unless the viewer may do this."""
        if not self.may(permission):
            raise NotPermitted("Your role does not let you do this.")


def viewer_of(
    post_id: uuid.UUID | str, user_id: uuid.UUID | str, at: datetime.datetime
) -> Viewer | None:
    """The viewer of that post, or None where it is not the user's or is not held on that day."""
    today = timezone.localtime(at).date()
    posts = Post.objects.held_on(today).filter(pk=post_id, user_id=user_id, user__is_active=True)
    post = posts.select_related("team__agency", "user").first()
    return Viewer.of_post(post, purpose=role(post.role).purpose) if post else None


@contextmanager
def looking(
    viewer: Viewer,
    *,
    at: datetime.datetime,
    subject_kind: str,
    subject_id: str = "",
    detail: dict[str, Any] | None = None,
) -> Iterator[None]:
    """Read inside this: the look and its line in the audit stand or fall together."""
    with transaction.atomic():
        yield
        record_look(
            at=at,
            post_id=viewer.post_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            purpose=viewer.purpose,
            detail=detail,
        )


def people(viewer: Viewer, *, permission: Permission = Permission.SEE_RECORD) -> QuerySet[Person]:
    """The people this viewer may see; raises NotPermitted."""
    viewer.must(permission)
    return Person.objects.all()


def records(viewer: Viewer, *, permission: Permission = Permission.SEE_RECORD) -> QuerySet[Record]:
    """The agencies' records this viewer may see; raises NotPermitted."""
    viewer.must(permission)
    return Record.objects.select_related("agency")


def versions(viewer: Viewer) -> QuerySet[RecordVersion]:
    """What records said before, for those who may see them; raises NotPermitted."""
    viewer.must(Permission.SEE_RECORD)
    return RecordVersion.objects.all()


def households(viewer: Viewer) -> QuerySet[Household]:
    """The households this viewer may see; raises NotPermitted."""
    viewer.must(Permission.SEE_RECORD)
    return Household.objects.all()


def canonical(viewer: Viewer, person_id: uuid.UUID) -> Person:
    """The person that identifier stands for today, every merge followed.

    Raises Person.DoesNotExist, or NotPermitted.
    """
    visible = people(viewer)
    person = visible.get(pk=person_id)
    for _ in range(LONGEST_CHAIN):
        if person.merged_into_id is None:
            return person
        person = visible.get(pk=person.merged_into_id)
    raise Person.DoesNotExist("The merges of this person run in a circle.")


def nhs_number_for(viewer: Viewer, nhs_number: str) -> str:
    """The NHS number, or nothing for a viewer who may not be shown it (P3)."""
    return nhs_number if viewer.may(Permission.SEE_NHS_NUMBER) else ""


WITHHELD_NUMBER = "number not shown"


def own_number_for(viewer: Viewer, record_id: str, nhs_number: str) -> str:
    """An agency's own number of a record; withheld where it is the NHS number in disguise (P3)."""
    if viewer.may(Permission.SEE_NHS_NUMBER):
        return record_id
    digits = "".join(letter for letter in record_id if letter.isdigit())
    disguised = standard_nhs_number(digits) or (nhs_number and nhs_number in digits)
    return WITHHELD_NUMBER if disguised else record_id
