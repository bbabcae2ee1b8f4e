"""A breach of personal data: told, assessed, told on to the Commissioner and the people, closed (P15)."""

import datetime
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.accountability.choices import BreachDeed, BreachKind, PeopleTold, Risk
from joinedup.identity.accountability.models import BreachStep, DataBreach
from joinedup.identity.accountability.queries import deals_with
from joinedup.identity.accountability.rules import (
    WARNED,
    due_at,
    why_late_is_to_be_said,
    why_not_close,
)
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.operations.telling import posts_that_may

DEALING = Viewer.system("dealing with a breach of personal data")


class CannotTellOfBreach(Exception):
    """Why it is not written down, fit for the page."""


class CannotDealWithBreach(Exception):
    """Why a step is not taken, fit for the page; says how to mend it."""


@dataclass(frozen=True)
class Assessed:
    """What an assessment says: how grave, why, whom and what it is about, what is done."""

    risk: Risk
    because: str
    consequences: str
    measures: str
    people_about: int | None = None
    categories: tuple[Category, ...] = ()


def tell_of_breach(
    *, by: Viewer, controller: Agency, kinds: Collection[BreachKind], what: str,
    aware_at: datetime.datetime, at: datetime.datetime, happened_on: datetime.date | None = None,
    is_law_enforcement: bool = False,
) -> DataBreach:  # fmt: skip
    """Write down that data got out, was lost or was changed; any post may. The clock of 72 hours runs from `aware_at`.

    Whoever answers for the controller and whoever governs sharing is told at once.
    Raises CannotTellOfBreach or NotPermitted.
    """
    if by.post_id is None:
        raise NotPermitted("Somebody who works here tells of a breach.")
    said = what.strip()
    if not said:
        raise CannotTellOfBreach("Say what happened.")
    if not kinds:
        raise CannotTellOfBreach("Choose what became of the data.")
    if aware_at > at:
        raise CannotTellOfBreach("It cannot have been known later than now.")
    if happened_on is not None and happened_on > day_of(aware_at):
        raise CannotTellOfBreach("It cannot have happened after it was known.")
    with transaction.atomic(), acting(DEALING):
        breach = DataBreach.objects.create(
            controller=controller, kinds=sorted({kind.value for kind in kinds}), what=said,
            aware_at=aware_at, happened_on=happened_on, told_by_id=by.post_id, told_at=at,
            is_law_enforcement=is_law_enforcement,
        )  # fmt: skip
        _step(by, breach, BreachDeed.TOLD, said, at)
        _tell_who_deals(breach, at, by=by)
    return breach


def assess_breach(
    *, by: Viewer, breach_id: uuid.UUID, said: Assessed, at: datetime.datetime
) -> DataBreach:
    """Say how likely it is to harm those whom it is about; said anew when more is known (33(4)).

    Raises CannotDealWithBreach, DataBreach.DoesNotExist, NotPermitted.
    """
    with _open(by, breach_id) as breach:
        if not said.because.strip():
            raise CannotDealWithBreach("Say why you judge it so.")
        breach.risk = said.risk.value
        breach.consequences, breach.measures = said.consequences.strip(), said.measures.strip()
        breach.people_about = said.people_about
        breach.categories = sorted(each.value for each in said.categories)
        breach.save()
        _step(
            by, breach, BreachDeed.ASSESSED, f"{said.risk.short}: {said.because.strip()}", at,
            risk=said.risk.value,
        )  # fmt: skip
    return breach


def commissioner_told(
    *, by: Viewer, breach_id: uuid.UUID, told_at: datetime.datetime, reference: str,
    late_because: str, at: datetime.datetime,
) -> DataBreach:  # fmt: skip
    """Write down that the Information Commissioner was told, when, and why not sooner where it was late.

    Raises CannotDealWithBreach, DataBreach.DoesNotExist, NotPermitted.
    """
    with _open(by, breach_id) as breach:
        if breach.commissioner_told_at is not None:
            raise CannotDealWithBreach("It is written down already that the Commissioner was told.")
        if not breach.aware_at <= told_at <= at:
            raise CannotDealWithBreach("They were told after it was known, and not later than now.")
        if why := why_late_is_to_be_said(breach.aware_at, told_at, late_because):
            raise CannotDealWithBreach(why)
        breach.commissioner_told_at, breach.commissioner_reference = told_at, reference.strip()
        breach.late_because = late_because.strip()
        breach.save()
        words = ". ".join(each for each in (reference.strip(), late_because.strip()) if each)
        _step(by, breach, BreachDeed.COMMISSIONER_TOLD, words, at)
    return breach


def people_told(
    *, by: Viewer, breach_id: uuid.UUID, how: PeopleTold, words: str, on: datetime.date,
    at: datetime.datetime,
) -> DataBreach:  # fmt: skip
    """Write down how those whom it is about were told, or why they need not be (UK GDPR 34(3)).

    Raises CannotDealWithBreach, DataBreach.DoesNotExist, NotPermitted.
    """
    with _open(by, breach_id) as breach:
        if not words.strip():
            raise CannotDealWithBreach("Say how they were told, or why they need not be.")
        if not day_of(breach.aware_at) <= on <= day_of(at):
            raise CannotDealWithBreach("That day is after it was known, and not later than today.")
        breach.people_told, breach.people_told_on = how.value, on
        breach.save()
        _step(by, breach, BreachDeed.PEOPLE_TOLD, f"{how.label}. {words.strip()}", at)
    return breach


def close_breach(
    *, by: Viewer, breach_id: uuid.UUID, learned: str, at: datetime.datetime
) -> DataBreach:
    """End it, once all who must be told were told.

    Raises CannotDealWithBreach, DataBreach.DoesNotExist, NotPermitted.
    """
    with _open(by, breach_id) as breach:
        why = why_not_close(
            breach.risk,
            commissioner_told=breach.commissioner_told_at is not None,
            people_told=bool(breach.people_told),
            learned=learned,
        )
        if why:
            raise CannotDealWithBreach(why)
        breach.closed_at, breach.learned = at, learned.strip()
        breach.save()
        _step(by, breach, BreachDeed.CLOSED, breach.learned, at)
    return breach


def tell_of_breaches_in_time(*, at: datetime.datetime) -> int:
    """Tell whoever deals with it of a breach whose hours run out, and again once they have; once each.

    One that is unlikely to harm anybody is told to nobody outside, and has no such clock. Returns how many were told.
    """
    with acting(DEALING):
        return sum(_in_time(breach, at) for breach in _waiting())


def _waiting() -> QuerySet[DataBreach]:
    found = DataBreach.objects.filter(closed_at=None, commissioner_told_at=None)
    return found.exclude(risk=Risk.UNLIKELY.value)


def _in_time(breach: DataBreach, at: datetime.datetime) -> int:
    due = due_at(breach.aware_at)
    if at >= due:
        return _tell_who_deals(breach, at, once="over")
    if at >= due - WARNED:
        return _tell_who_deals(breach, at, once="soon")
    return 0


@contextmanager
def _open(by: Viewer, breach_id: uuid.UUID) -> Iterator[DataBreach]:
    """The breach, held until this ends, where this viewer deals with it and it is not closed."""
    with acting(by):
        seen = DataBreach.objects.get(pk=breach_id)
    if not deals_with(by, seen):
        raise NotPermitted("Your role does not deal with this breach.")
    with transaction.atomic(), acting(DEALING):
        breach = DataBreach.objects.select_for_update(of=("self",)).get(pk=breach_id)
        if breach.closed_at is not None:
            raise CannotDealWithBreach("It is closed. Tell of a new one if it has happened again.")
        yield breach


def _tell_who_deals(
    breach: DataBreach, at: datetime.datetime, *, by: Viewer | None = None, once: str = "told"
) -> int:
    posts = posts_that_may(Permission.MANAGE_AGREEMENTS, at=at)
    posts += posts_that_may(Permission.RELEASE_RESTRICTED, at=at, agencies=[breach.controller_id])
    return tell(
        by=by.post_id if by else None,
        posts=[post for post in posts if by is None or post != by.post_id],
        kind=NoticeKind.DATA_BREACH, link=f"/data-breaches/{breach.pk}/", at=at,
        once=f"{breach.pk} {once}",
    )  # fmt: skip


def _step(
    by: Viewer, breach: DataBreach, deed: BreachDeed, words: str, at: datetime.datetime,
    **detail: str,
) -> None:  # fmt: skip
    if by.post_id is None:
        raise NotPermitted("Somebody who works here deals with a breach.")
    BreachStep.objects.create(
        breach=breach, deed=deed.value, words=words, by_post_id=by.post_id, at=at
    )
    record_change(
        at=at, post_id=by.post_id, act=f"breach: {deed.value}", subject_kind="data breach",
        subject_id=str(breach.pk), purpose=by.purpose, agency=by.agency, role=by.role,
        holder=breach.controller_id, detail=detail or None,
    )  # fmt: skip
