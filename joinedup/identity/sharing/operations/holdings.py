"""Record what an agency holds about a person, level by level; and take it back."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.queries.facts import is_barred

HOLDING = Viewer.system("recording what an agency holds")
LONGEST_HEADLINE, LONGEST_CODE = 200, 20


class CannotRecordHolding(Exception):
    """Why it cannot be recorded, fit for the page."""


class CannotRecallHolding(Exception):
    """Why it cannot be taken back, fit for the page."""


def record_holding(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    category: Category,
    headline: str,
    at: datetime.datetime,
    summary: str = "",
    detail: str = "",
    handling_code: str = "",
    event_code: str = "",
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> Holding:
    """Record something the viewer's agency holds about a person; each level is a text of its own.

    What the police hold bears their handling code (P10). Raises CannotRecordHolding, or NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    first_day = starts_on or day_of(at)
    why = _why_not(by, category, headline.strip(), handling_code.strip())
    if why:
        raise CannotRecordHolding(why)
    if ends_on is not None and ends_on < first_day:
        raise CannotRecordHolding("It ends no earlier than it starts.")
    with transaction.atomic(), acting(HOLDING):
        if not Person.objects.filter(pk=person_id).exists() or is_barred(
            by.post_id, person_id, at=at
        ):
            raise CannotRecordHolding("There is nobody here of whom you could record this.")
        key = {"person_id": person_id, "holder_id": by.agency, "category": category.value}
        made = Holding.objects.create(
            **key,
            headline=headline.strip(),
            handling_code=handling_code.strip(),
            event_code=event_code,
            recorded_by_id=by.post_id,
            recorded_at=at,
            starts_on=first_day,
            ends_on=ends_on,
        )
        if summary.strip():
            HoldingSummary.objects.create(holding=made, summary=summary.strip(), **key)
        if detail.strip():
            HoldingDetail.objects.create(holding=made, detail=detail.strip(), **key)
        _leave_a_line(by, made, "recorded a holding", at)
    return made


def recall_holding(*, by: Viewer, holding_id: uuid.UUID, at: datetime.datetime) -> None:
    """Take it back with all its levels: its holder asks for it, and it is nowhere any more (P15).

    Raises CannotRecallHolding, Holding.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    with transaction.atomic(), acting(HOLDING):
        found = Holding.objects.select_for_update().get(pk=holding_id)
        if found.holder_id != by.agency or found.category not in role(by.role).categories:
            raise CannotRecallHolding("Only the agency that holds it takes it back.")
        _leave_a_line(by, found, "recalled a holding", at)
        found.delete()


def _why_not(by: Viewer, category: Category, headline: str, handling_code: str) -> str:
    if by.post_id is None or category.value not in role(by.role).categories:
        return f"Your role does not carry {category.label}."
    if not headline or len(headline) > LONGEST_HEADLINE:
        return f"Write a headline of at most {LONGEST_HEADLINE} letters."
    if by.agency_kind is AgencyKind.POLICE and not handling_code:
        return "What the police hold bears its handling code."
    if len(handling_code) > LONGEST_CODE:
        return f"A handling code has at most {LONGEST_CODE} letters."
    return ""


def _leave_a_line(by: Viewer, held: Holding, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="holding",
        subject_id=str(held.pk),
        purpose=by.purpose,
        person_id=held.person_id,
        agency=by.agency,
        role=by.role,
        holder=held.holder_id,
        categories=[held.category],
    )
