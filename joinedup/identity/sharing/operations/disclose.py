"""A holder decides, item by item, what to show another agency; not showing is decided and recorded too."""

import datetime
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, DisclosureDecision, Purpose
from joinedup.identity.sharing.models import Disclosure
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.queries.facts import is_barred

DISCLOSING = Viewer.system("recording what a holder decides to show")

Items = Mapping[Category, DisclosureDecision]


class CannotDisclose(Exception):
    """Why it cannot be decided so, fit for the page."""


def decide_disclosure(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    recipient: str,
    purpose: Purpose,
    items: Items,
    reason: str,
    at: datetime.datetime,
    ends_at: datetime.datetime | None = None,
    more_detrimental: bool = False,
) -> list[Disclosure]:
    """Record what the viewer's agency shows of this person to another for a purpose, and what not (P9).

    Both need their reason. Where the duty of Children Act 2004 s16LA is in force, not sharing to
    safeguard a child needs the view that sharing would harm the child more. Raises CannotDisclose, or
    NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    decider, why = by.post_id, reason.strip()
    if decider is None:
        raise CannotDisclose("A practitioner decides what is disclosed; nothing else does.")
    refusal = _why_not(by, recipient, items, why, ends_at, at) or _why_not_by_s16la(
        purpose, items, at, more_detrimental=more_detrimental
    )
    if refusal:
        raise CannotDisclose(refusal)
    with transaction.atomic(), acting(DISCLOSING):
        if not Person.objects.filter(pk=person_id).exists() or is_barred(
            by.post_id, person_id, at=at
        ):
            raise CannotDisclose("There is nobody here about whom you could decide.")
        if not Agency.objects.filter(pk=recipient).exists():
            raise CannotDisclose("There is no such agency.")
        made = [
            Disclosure.objects.create(
                person_id=person_id,
                holder_id=by.agency,
                recipient_id=recipient,
                purpose=purpose.value,
                categories=sorted(each.value for each, found in items.items() if found is decision),
                decision=decision.value,
                reason=why,
                decided_by_id=decider,
                decided_at=at,
                ends_at=ends_at,
            )
            for decision in DisclosureDecision
            if decision in items.values()
        ]
        derive.people([person_id], at=at)
        for one in made:
            _leave_a_line(by, one, at, more_detrimental=more_detrimental)
    return made


def _why_not(
    by: Viewer,
    recipient: str,
    items: Items,
    reason: str,
    ends_at: datetime.datetime | None,
    at: datetime.datetime,
) -> str:
    if not reason:
        return "Give the reason: for sharing, and just as well for not sharing."
    if not items:
        return "Decide about at least one item."
    if recipient == by.agency:
        return "A holder decides what another agency is shown."
    beyond = [item.label for item in items if item.value not in role(by.role).categories]
    if beyond:
        return (
            f"Your role does not carry {', '.join(beyond)}; somebody else of your agency decides."
        )
    return "" if ends_at is None or ends_at > at else "A decision ends after it was made."


def _why_not_by_s16la(
    purpose: Purpose, items: Items, at: datetime.datetime, *, more_detrimental: bool
) -> str:
    since = settings.DUTY_TO_SHARE_FROM
    if purpose is not Purpose.SAFEGUARD_CHILD or since is None or day_of(at) < since:
        return ""
    if DisclosureDecision.DO_NOT_DISCLOSE not in items.values() or more_detrimental:
        return ""
    return "There is a duty to share this (Children Act 2004 s16LA), unless sharing would harm the child more."


def _leave_a_line(
    by: Viewer, made: Disclosure, at: datetime.datetime, *, more_detrimental: bool
) -> None:
    shown = made.decision == DisclosureDecision.DISCLOSE
    record_change(
        at=at,
        post_id=by.post_id,
        act="decided to disclose" if shown else "decided not to disclose",
        subject_kind="disclosure",
        subject_id=str(made.pk),
        purpose=made.purpose,
        person_id=made.person_id,
        agency=by.agency,
        role=by.role,
        holder=made.holder_id,
        categories=made.categories,
        detail={"recipient": made.recipient_id, "more_detrimental": more_detrimental and not shown},
        traceless=Purpose(made.purpose).leaves_no_trace_for_the_person,
    )
