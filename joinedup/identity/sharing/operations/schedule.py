"""The schedule of a draft: add a line, take one out."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import AgreementDeed, Category, Purpose
from joinedup.identity.sharing.models import SharingAgreement, SharingFlow
from joinedup.identity.sharing.operations.agreements import for_editing, write_act
from joinedup.identity.sharing.rules.schedule import why_line_refused


class CannotSchedule(Exception):
    """Why this line cannot stand in the schedule, fit for the page."""


def add_line(
    *,
    by: Viewer,
    agreement_id: uuid.UUID,
    holder: str,
    recipient: str,
    purpose: Purpose,
    gateway: str,
    categories: Iterable[Category],
    consent_needed: bool = False,
    pseudonymised: bool = False,
    at: datetime.datetime,
) -> SharingFlow:
    """Let one party send these categories to another for a purpose, through a gateway that fits.

    Lines stand side by side, so nobody's is lost when two people add one.
    Raises CannotSchedule, CannotEdit, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    asked = tuple(sorted(set(categories)))
    with transaction.atomic():
        agreement = _draft(agreement_id)
        sender, receiver = _two_parties(agreement, holder, recipient)
        refused = why_line_refused(
            purpose=purpose,
            holder=AgencyKind(sender.kind),
            recipient=AgencyKind(receiver.kind),
            gateway=gateway,
            categories=asked,
        )
        if refused:
            raise CannotSchedule(refused)
        key = {"holder": sender, "recipient": receiver, "purpose": purpose, "gateway": gateway}
        if agreement.flows.filter(**key).exists():
            raise CannotSchedule(
                "The schedule has this line already. Take it out first to change what it carries."
            )
        line = SharingFlow.objects.create(
            agreement=agreement,
            categories=[category.value for category in asked],
            consent_needed=consent_needed,
            pseudonymised=pseudonymised,
            **key,
        )
        _changed(by, agreement, at, {"added": gateway, "from": holder, "to": recipient})
    return line


def remove_line(
    *, by: Viewer, agreement_id: uuid.UUID, line_id: int, at: datetime.datetime
) -> None:
    """Take a line out of the schedule.

    Raises CannotEdit, SharingFlow.DoesNotExist, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    with transaction.atomic():
        agreement = _draft(agreement_id)
        line = agreement.flows.get(pk=line_id)
        told = {"removed": line.gateway, "from": line.holder_id, "to": line.recipient_id}
        line.delete()
        _changed(by, agreement, at, told)


def _draft(agreement_id: uuid.UUID) -> SharingAgreement:
    locked = SharingAgreement.objects.select_for_update().get(pk=agreement_id)
    return for_editing(agreement_id, locked.edited)


def _two_parties(agreement: SharingAgreement, holder: str, recipient: str) -> tuple[Agency, Agency]:
    if holder == recipient:
        raise CannotSchedule("Choose two different agencies.")
    parties = Agency.objects.filter(party_to__agreement=agreement).in_bulk([holder, recipient])
    if len(parties) < 2:
        raise CannotSchedule("Both agencies must be party to the agreement.")
    return parties[holder], parties[recipient]


def _changed(
    by: Viewer, agreement: SharingAgreement, at: datetime.datetime, told: dict[str, str]
) -> None:
    agreement.edited += 1
    agreement.save()
    write_act(by, agreement, AgreementDeed.EDITED, at=at, detail=told)
