"""The schedule of a draft: add lines, take one out."""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

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


class Line(NamedTuple):
    """What one party sends to another for a purpose, and the gateway in law that lets it."""

    holder: str
    recipient: str
    purpose: Purpose
    gateway: str
    categories: tuple[Category, ...]
    consent_needed: bool = False
    pseudonymised: bool = False


def add_lines(
    *, by: Viewer, agreement_id: uuid.UUID, lines: Iterable[Line], at: datetime.datetime
) -> list[SharingFlow]:
    """Let parties send these categories to others for a purpose, each through a gateway that fits: all or none.

    Lines stand side by side, so nobody's is lost when two people add one.
    Raises CannotSchedule, CannotEdit, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    with transaction.atomic():
        agreement = _draft(agreement_id)
        parties = Agency.objects.filter(party_to__agreement=agreement).in_bulk()
        there = {(f.holder_id, f.recipient_id, f.purpose, f.gateway) for f in agreement.flows.all()}
        asked = []
        for line in lines:
            _must_fit(line, parties)
            key = (line.holder, line.recipient, line.purpose, line.gateway)
            if key in there:
                raise CannotSchedule(
                    "The schedule has this line already. Take it out first to change what it carries."
                )
            there.add(key)
            asked.append(line)
        added = SharingFlow.objects.bulk_create(_flow(agreement, line) for line in asked)
        agreement.edited += len(added)
        agreement.save()
        for flow in added:
            told = {"added": flow.gateway, "from": flow.holder_id, "to": flow.recipient_id}
            write_act(by, agreement, AgreementDeed.EDITED, at=at, detail=told)
    return added


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
        agreement.edited += 1
        agreement.save()
        write_act(by, agreement, AgreementDeed.EDITED, at=at, detail=told)


def _draft(agreement_id: uuid.UUID) -> SharingAgreement:
    locked = SharingAgreement.objects.select_for_update().get(pk=agreement_id)
    return for_editing(agreement_id, locked.edited)


def _must_fit(line: Line, parties: dict[str, Agency]) -> None:
    if line.holder == line.recipient:
        raise CannotSchedule("Choose two different agencies.")
    if line.holder not in parties or line.recipient not in parties:
        raise CannotSchedule("Both agencies must be party to the agreement.")
    refused = why_line_refused(
        purpose=line.purpose,
        holder=AgencyKind(parties[line.holder].kind),
        recipient=AgencyKind(parties[line.recipient].kind),
        gateway=line.gateway,
        categories=tuple(sorted(set(line.categories))),
    )
    if refused:
        raise CannotSchedule(refused)


def _flow(agreement: SharingAgreement, line: Line) -> SharingFlow:
    return SharingFlow(
        agreement=agreement,
        holder_id=line.holder,
        recipient_id=line.recipient,
        purpose=line.purpose,
        gateway=line.gateway,
        categories=[category.value for category in sorted(set(line.categories))],
        consent_needed=line.consent_needed,
        pseudonymised=line.pseudonymised,
    )
