"""Set and lift a restriction: an address kept for safety, a post kept away, a holder's own withholding."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.safety_address import settle_addresses
from joinedup.identity.sharing.queries.emergency import holders_of
from joinedup.identity.sharing.queries.facts import identifiers_of, is_barred

RESTRICTING = Viewer.system("keeping something from eyes that would see it")


NOBODY = "There is nobody here whom you could protect by this."


class CannotRestrict(Exception):
    """Why it cannot be set or lifted so, fit for the page."""


def set_restriction(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    kind: RestrictionKind,
    because: str,
    at: datetime.datetime,
    categories: Iterable[Category] = (),
    barred_id: uuid.UUID | None = None,
    ends_at: datetime.datetime | None = None,
) -> Restriction:
    """Keep something of this person from eyes that would see it, from now on.

    A withholding without categories is of all the holder has. A post is kept away by a manager of an
    agency that holds something of the person, or by itself. Raises CannotRestrict, or NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    why = because.strip()
    if not why:
        raise CannotRestrict("Say why it is kept back.")
    if (kind is RestrictionKind.BARRED_POST) != (barred_id is not None):
        raise CannotRestrict("Name the post that is kept away, and only where a post is.")
    if ends_at is not None and ends_at <= at:
        raise CannotRestrict("A restriction ends after it begins.")
    if barred_id is not None and barred_id != by.post_id:
        by.must(Permission.BAR_POSTS)
    with transaction.atomic(), acting(RESTRICTING):
        if not Person.objects.filter(pk=person_id).exists() or is_barred(
            by.post_id, person_id, at=at
        ):
            raise CannotRestrict(NOBODY)
        if not by.is_system and barred_id is not None and barred_id != by.post_id:
            _must_hold_or_employ(by, person_id, barred_id)
        made = Restriction.objects.create(
            person_id=person_id,
            kind=kind.value,
            holder_id=by.agency,
            barred_id=barred_id,
            categories=sorted(category.value for category in categories),
            because=why,
            set_by_id=by.post_id,
            starts_at=at,
            ends_at=ends_at,
        )
        _follow(made, at)
        _leave_a_line(by, made, "set a restriction", at)
    return made


def lift_restriction(
    *, by: Viewer, restriction_id: uuid.UUID, at: datetime.datetime
) -> Restriction:
    """End it now. What is restricted for safety is lifted by a duty manager who did not set it (P13).

    Raises CannotRestrict, Restriction.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    with transaction.atomic(), acting(RESTRICTING):
        found = Restriction.objects.select_for_update().get(pk=restriction_id)
        why = _why_not_lift(by, found, at)
        if why:
            raise CannotRestrict(why)
        found.ends_at = max(at, found.starts_at)
        found.save()
        _follow(found, at)
        _leave_a_line(by, found, "lifted a restriction", at)
    return found


def _must_hold_or_employ(by: Viewer, person_id: uuid.UUID, barred: uuid.UUID) -> None:
    """A manager keeps away from those of whom the agency holds something, or keeps its own people away."""
    own = Post.objects.filter(pk=barred, team__agency=by.agency).exists()
    if not own and not any(by.agency in holders_of(one) for one in identifiers_of(person_id)):
        raise CannotRestrict(NOBODY)


def _why_not_lift(by: Viewer, found: Restriction, at: datetime.datetime) -> str:
    if not by.is_system and found.holder_id != by.agency:
        return "Only the agency that set it lifts it."
    if found.barred_id is not None and found.barred_id == by.post_id:
        return "Nobody lifts what keeps themselves away."
    if found.barred_id is not None:
        by.must(Permission.BAR_POSTS)
    if found.ends_at is not None and found.ends_at <= at:
        return "This restriction has ended already."
    if found.kind == RestrictionKind.SAFETY_ADDRESS:
        by.must(Permission.RELEASE_RESTRICTED)
        if found.set_by_id == by.post_id:
            return "What is restricted for safety is lifted by somebody other than who set it."
    return ""


def _follow(restriction: Restriction, at: datetime.datetime) -> None:
    derive.people([restriction.person_id], at=at)
    if restriction.kind == RestrictionKind.SAFETY_ADDRESS:
        settle_addresses()


def _leave_a_line(by: Viewer, found: Restriction, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="restriction",
        subject_id=str(found.pk),
        purpose=by.purpose,
        person_id=found.person_id,
        agency=by.agency,
        role=by.role,
        holder=found.holder_id,
        categories=found.categories,
        detail={"kind": found.kind},
    )
