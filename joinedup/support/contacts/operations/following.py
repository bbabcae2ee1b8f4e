"""What was said before anybody knew who is meant follows the person once found, and leaves them again."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.contacts.choices import Channel, Need
from joinedup.support.contacts.models import CommunicationNeed, Contact, ContactProfile
from joinedup.support.contacts.operations.ground import (
    KEEPING,
    leave_a_line,
    must_work,
    whom_of,
)

Row = ContactProfile | CommunicationNeed


def follow_person(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Let what was said in a matter before anybody knew who it is about follow that person from now on.

    Call it when the person is found, after they were added to the matter. A safe-contact profile that
    stands is never loosened by it: whoever sent the referral may be the one it guards against. What
    stood before stays on record, so that `stop_following` can undo it. Raises NotPermitted.
    """
    must_work(by, matter_id)
    with transaction.atomic(), acting(KEEPING):
        if whom_of(matter_id, None) != person_id:
            return
        known = identifiers_of(person_id)
        for profile in _live(ContactProfile, matter=matter_id, person=None):
            assert isinstance(profile, ContactProfile)
            _profile_follows(profile, person_id, known, at)
        needs = _live(CommunicationNeed, matter=matter_id, person=None)
        for need in needs:
            assert isinstance(need, CommunicationNeed)
            _need_follows(need, person_id, known, at)
        leave_a_line(by, matter_id, "let what is needed follow a person", at, person_id, {})


def stop_following(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    person_id: uuid.UUID,
    since: datetime.datetime,
    at: datetime.datetime,
) -> None:
    """Undo `follow_person`: somebody else was taken for whom this matter is about, from `since` on.

    What was said in the matter is the matter's again and nobody's; what it had replaced of that person
    holds again. Nothing is rewritten: old lines end, and new ones say the same as before.
    """
    must_work(by, matter_id)
    with transaction.atomic(), acting(KEEPING):
        known = identifiers_of(person_id)
        _give_back(ContactProfile, Q(), matter_id, known, since, at)
        for kind in sorted(Need, key=lambda need: need is Need.NONE):
            _give_back(CommunicationNeed, Q(kind=kind), matter_id, known, since, at)
        Contact.objects.filter(matter=matter_id, person__in=known).update(person=None)
        leave_a_line(
            by, matter_id, "took back what was said of a person", at, person_id, {}
        )  # fmt: skip


def _profile_follows(
    said: ContactProfile, person_id: uuid.UUID, known: list[uuid.UUID], at: datetime.datetime
) -> None:
    """What is forbidden by either is forbidden from now on; all else stands as it stood."""
    standing = next(iter(_live(ContactProfile, person__in=known)), None)
    _end([said], at)
    if standing is None:
        _again(said, at, matter_id=said.matter_id, person_id=person_id)
        return
    assert isinstance(standing, ContactProfile)
    forbidden = {*standing.forbidden, *said.forbidden}
    if forbidden == set(standing.forbidden) or len(forbidden) == len(Channel):
        return
    _end([standing], at)
    _again(standing, at, matter_id=said.matter_id, person_id=person_id, forbidden=sorted(forbidden))


def _need_follows(
    said: CommunicationNeed, person_id: uuid.UUID, known: list[uuid.UUID], at: datetime.datetime
) -> None:
    """The newer word rules for a need; that nothing is needed does not take a need away."""
    standing = _live(CommunicationNeed, person__in=known)
    kinds = {each.kind for each in standing if isinstance(each, CommunicationNeed)}
    _end([said], at)
    if said.kind == Need.NONE and kinds:
        return
    _end(_live(CommunicationNeed, person__in=known, kind__in=[said.kind, Need.NONE]), at)
    _again(said, at, matter_id=said.matter_id, person_id=person_id)


def _give_back(
    model: type[Any],
    sort: Q,
    matter_id: uuid.UUID,
    known: list[uuid.UUID],
    since: datetime.datetime,
    at: datetime.datetime,
) -> None:
    mine = list(model.objects.filter(sort, matter=matter_id, person__in=known))
    live = next((row for row in mine if row.ends_at is None), None)
    before = model.objects.filter(sort, matter=matter_id, person=None, ends_at=since).first()
    said_since = live is not None and (before is None or live.starts_at > since)
    again = live if said_since else before
    if live is not None:
        _end([live], at)
    if again is not None and not _live(model, sort, matter=matter_id, person=None):
        _again(again, at, matter_id=matter_id, person_id=None)
    begun = model.objects.filter(matter=matter_id, person__in=known).values("starts_at")
    replaced = model.objects.filter(sort, person__in=known, ends_at__in=begun)
    last = replaced.exclude(matter=matter_id).order_by("-starts_at").first()
    nothing = isinstance(last, CommunicationNeed) and last.kind == Need.NONE
    if last is not None and not _live(model, *([] if nothing else [sort]), person__in=known):
        _again(last, at, matter_id=last.matter_id, person_id=last.person_id)


def _live(model: type[Row], *sort: Q, **of: object) -> list[Row]:
    """Those that hold now."""
    person = of.pop("person", "any")
    if person is None:
        of["person__isnull"] = True
    found = model.objects.select_for_update(of=("self",)).filter(*sort, ends_at__isnull=True, **of)
    return list(found.order_by("starts_at", "pk"))


def _end(rows: Iterable[Row], at: datetime.datetime) -> None:
    for row in rows:
        row.ends_at = max(at, row.starts_at)
        row.save(update_fields=["ends_at"])


def _again(
    row: Row,
    at: datetime.datetime,
    *,
    matter_id: uuid.UUID,
    person_id: uuid.UUID | None,
    **instead: object,
) -> None:
    """The same words in a new line, from now on."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    type(row).objects.create(
        **{
            **kept, "matter_id": matter_id, "person_id": person_id, "starts_at": at,
            "ends_at": None, **instead,
        }
    )  # fmt: skip
