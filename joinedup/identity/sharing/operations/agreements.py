"""Write an agreement: draft it, edit it, say who is party to it, amend it by a new version."""

import datetime
import uuid
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.queries import exits
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import listed
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import AgreementDeed, AgreementState
from joinedup.identity.sharing.models import (
    AgreementAct,
    AgreementParty,
    SharingAgreement,
    SharingFlow,
)
from joinedup.identity.sharing.rules.headings import FIELDS, why_dates_clash

NOT_CARRIED_OVER = frozenset({"starts_on", "review_on", "ends_on"})
"""A new version says its own days."""


class CannotDraft(Exception):
    """Why there is no such draft, fit for the page."""


class CannotEdit(Exception):
    """Why this version cannot be changed, fit for the page."""


class CannotAmend(Exception):
    """Why no new version is begun, fit for the page."""


class EditedMeanwhile(Exception):
    """Somebody else saved first; nothing is lost, and both versions can be shown."""

    def __init__(self, saved: SharingAgreement) -> None:
        super().__init__("Somebody else changed this agreement while you were writing.")
        self.saved = saved


def draft_agreement(
    *, by: Viewer, reference: str, title: str, parties: Iterable[str], at: datetime.datetime
) -> SharingAgreement:
    """Begin an agreement between agencies. Raises CannotDraft or NotPermitted."""
    by.must(Permission.MANAGE_AGREEMENTS)
    codes = sorted(set(parties))
    if len(codes) < 2:
        raise CannotDraft("Choose at least two agencies: sharing needs two.")
    if gone := _who_has_left(codes, at):
        raise CannotDraft(gone)
    try:
        with transaction.atomic():
            drafted = SharingAgreement.objects.create(
                reference=reference.strip(),
                title=title.strip(),
                state=AgreementState.DRAFT.value,
                made_by_id=by.post_id,
                made_at=at,
            )
            _join(drafted, codes)
            write_act(by, drafted, AgreementDeed.DRAFTED, at=at, detail={"parties": codes})
    except IntegrityError as taken:
        raise CannotDraft(
            "There is an agreement with this reference. Amend that one, or choose another reference."
        ) from taken
    return drafted


def _who_has_left(codes: Iterable[str], at: datetime.datetime) -> str:
    """Who of these is no longer part of the partnership, said so that it is mended; empty where all are (P15)."""
    gone = [code for code, leaves_on in exits().items() if leaves_on <= day_of(at)]
    names = Agency.objects.filter(pk__in=set(gone) & set(codes)).values_list("name", flat=True)
    return f"Take out {listed(sorted(names))}: no longer part of the partnership." if names else ""


def edit_agreement(
    *,
    by: Viewer,
    agreement_id: uuid.UUID,
    values: Mapping[str, object],
    edited: int,
    at: datetime.datetime,
) -> SharingAgreement:
    """Write these headings of a draft, as `edited` stood when they were read.

    Raises EditedMeanwhile, CannotEdit, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise CannotEdit(f"An agreement has no heading {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        agreement = for_editing(agreement_id, edited)
        changed = [name for name, value in values.items() if getattr(agreement, name) != value]
        for name in changed:
            setattr(agreement, name, values[name])
        clash = why_dates_clash(vars(agreement))
        if clash:
            raise CannotEdit(clash)
        if changed:
            agreement.edited += 1
            agreement.save()
            write_act(by, agreement, AgreementDeed.EDITED, at=at, detail={"fields": changed})
    return agreement


def set_parties(
    *,
    by: Viewer,
    agreement_id: uuid.UUID,
    parties: Iterable[str],
    edited: int,
    at: datetime.datetime,
) -> SharingAgreement:
    """Say which agencies are party to a draft.

    Raises EditedMeanwhile, CannotEdit, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    wanted = set(parties)
    if len(wanted) < 2:
        raise CannotEdit("Choose at least two agencies: sharing needs two.")
    with transaction.atomic():
        agreement = for_editing(agreement_id, edited)
        there = set(agreement.parties.values_list("agency_id", flat=True))
        if gone := _who_has_left(wanted - there, at):
            raise CannotEdit(gone)
        leaving = there - wanted
        for name in _in_the_schedule(agreement, leaving):
            raise CannotEdit(f"{name} stands in the schedule. Take out those lines first.")
        agreement.parties.filter(agency_id__in=leaving).delete()
        _join(agreement, sorted(wanted - there))
        if wanted != there:
            agreement.edited += 1
            agreement.save()
            told = {"joined": sorted(wanted - there), "left": sorted(leaving)}
            write_act(by, agreement, AgreementDeed.EDITED, at=at, detail=told)
    return agreement


def amend_agreement(
    *, by: Viewer, agreement_id: uuid.UUID, at: datetime.datetime
) -> SharingAgreement:
    """Begin the next version as a draft with the same words, parties and schedule; days are left open.

    The version before stays in force until this one is signed by all and has begun.
    Raises CannotAmend, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    with transaction.atomic():
        before = SharingAgreement.objects.select_for_update().get(pk=agreement_id)
        if SharingAgreement.objects.filter(replaces=before).exists():
            raise CannotAmend("A newer version of this agreement has been begun. Work on that one.")
        copied = {name: getattr(before, name) for name in FIELDS if name not in NOT_CARRIED_OVER}
        version = SharingAgreement.objects.create(
            reference=before.reference,
            version=before.version + 1,
            replaces=before,
            state=AgreementState.DRAFT.value,
            made_by_id=by.post_id,
            made_at=at,
            **copied,
        )
        _join(version, before.parties.values_list("agency_id", flat=True))
        _copy_schedule(before, version)
        write_act(by, before, AgreementDeed.AMENDED, at=at, detail={"version": version.version})
        write_act(by, version, AgreementDeed.DRAFTED, at=at)
    return version


def for_editing(agreement_id: uuid.UUID, edited: int) -> SharingAgreement:
    """The draft, locked; raises CannotEdit where somebody signed it, EditedMeanwhile where it changed."""
    agreement = SharingAgreement.objects.select_for_update().get(pk=agreement_id)
    if agreement.state != AgreementState.DRAFT:
        raise CannotEdit("This version is signed. Amend it: a new version keeps the old one.")
    signed = agreement.parties.filter(signed_at__isnull=False).select_related("agency").first()
    if signed is not None:
        raise CannotEdit(
            f"{signed.agency.name} has signed this version. Amend it: a new version keeps the old one."
        )
    if agreement.edited != edited:
        raise EditedMeanwhile(agreement)
    return agreement


def write_act(
    by: Viewer,
    agreement: SharingAgreement,
    deed: AgreementDeed,
    *,
    at: datetime.datetime,
    because: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Put what was done on the agreement's own page and in the audit."""
    AgreementAct.objects.create(
        agreement=agreement, act=deed.value, at=at, by_id=by.post_id, because=because
    )
    record_change(
        at=at,
        post_id=by.post_id,
        act=deed.value,
        subject_kind="sharing agreement",
        subject_id=str(agreement.pk),
        purpose=by.purpose,
        agency=by.agency,
        detail=dict(detail or {}),
    )


def _join(agreement: SharingAgreement, codes: Iterable[str]) -> None:
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, agency_id=code) for code in codes
    )


def _in_the_schedule(agreement: SharingAgreement, codes: Iterable[str]) -> list[str]:
    named: set[str] = set()
    for holder, recipient in agreement.flows.values_list("holder_id", "recipient_id"):
        named |= {holder, recipient}
    return list(Agency.objects.filter(pk__in=named & set(codes)).values_list("name", flat=True))


def _copy_schedule(before: SharingAgreement, after: SharingAgreement) -> None:
    copies = []
    for flow in before.flows.order_by("pk"):
        flow.pk = None
        flow.agreement = after
        copies.append(flow)
    SharingFlow.objects.bulk_create(copies)
