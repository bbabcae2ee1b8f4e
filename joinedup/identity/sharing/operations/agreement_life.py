"""What becomes of an agreement: signed, suspended, resumed, its review accepted, ended (P7)."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import (
    AgreementChange,
    AgreementDeed,
    AgreementState,
    Category,
)
from joinedup.identity.sharing.models import AgreementParty, SharingAgreement
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.agreements import write_act
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts, pairs_of
from joinedup.identity.sharing.queries.agreements import signatories
from joinedup.identity.sharing.queries.agreements_due import who_governs
from joinedup.identity.sharing.queries.previews import compared
from joinedup.identity.sharing.queries.sight_worlds import worlds
from joinedup.identity.sharing.rules.agreements import state_at
from joinedup.identity.sharing.rules.headings import missing

DECIDING = Viewer.system("deriving sight from an agreement")
LONGEST_ACCEPTANCE = datetime.timedelta(days=184)
"""An acceptance puts a review off; it does not stand in for one."""
OVER = frozenset({AgreementState.ENDED, AgreementState.REPLACED})


class CannotSign(Exception):
    """Why this signature cannot be given, fit for the page."""


class CannotSuspend(Exception):
    """Why it cannot be suspended or resumed, fit for the page."""


class CannotEnd(Exception):
    """Why it cannot be ended, fit for the page."""


class CannotAcceptReview(Exception):
    """Why it cannot go on past its review, fit for the page."""


def ask_to_sign(*, by: Viewer, agreement_id: uuid.UUID, at: datetime.datetime) -> int:
    """Tell the signatories of the parties that have not signed; return how many were told.

    Nobody is told twice of a version as it stands. Raises CannotSign, DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    with transaction.atomic():
        agreement = _locked(agreement_id)
        if agreement.state != AgreementState.DRAFT:
            raise CannotSign("This version is signed already.")
        lacking = still_missing(agreement)
        if lacking:
            raise CannotSign(f"It is not complete. Still missing: {', '.join(lacking)}.")
        return tell(
            by=by.post_id,
            posts=[post.pk for post in signatories(agreement.pk, at)],
            kind=NoticeKind.AGREEMENT_TO_SIGN,
            link=f"/agreements/{agreement.pk}/change/sign/",
            at=at,
            once=f"{agreement.pk} {agreement.edited}",
        )


def sign_agreement(
    *, by: Viewer, agreement_id: uuid.UUID, edited: int, at: datetime.datetime
) -> SharingAgreement:
    """Sign for the agency of the post, the version as it was read; the last signature brings it in force.

    Raises CannotSign, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.SIGN_AGREEMENTS)
    with transaction.atomic():
        agreement = _locked(agreement_id)
        if agreement.state != AgreementState.DRAFT:
            raise CannotSign("This version is signed already.")
        party = _own_party(by, agreement)
        if agreement.edited != edited:
            raise CannotSign("It was changed while you were reading. Read it again, then sign.")
        lacking = still_missing(agreement)
        if lacking:
            raise CannotSign(f"It is not complete. Still missing: {', '.join(lacking)}.")
        party.signed_at, party.signed_by_id = at, by.post_id
        party.save()
        if not agreement.parties.filter(signed_at__isnull=True).exists():
            agreement.state = AgreementState.SIGNED.value
            agreement.save()
        write_act(by, agreement, AgreementDeed.SIGNED, at=at, detail={"party": by.agency})
        derive_from(agreement, at=at)
    return agreement


def suspend_agreement(
    *, by: Viewer, agreement_id: uuid.UUID, because: str, at: datetime.datetime
) -> SharingAgreement:
    """Shut what the agreement opens, at once, until it is resumed.

    Raises CannotSuspend, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    said = " ".join(because.split())
    if not said:
        raise CannotSuspend("Say why it is suspended.")
    with transaction.atomic():
        agreement = _locked(agreement_id)
        _governs(by, agreement)
        if agreement.state != AgreementState.SIGNED or _stands(agreement, at) in OVER:
            raise CannotSuspend("Only an agreement that is signed and not over can be suspended.")
        with closing(by, agreement, at=at):
            agreement.state = AgreementState.SUSPENDED.value
            agreement.suspended_at, agreement.suspended_because = at, said
            agreement.save()
            write_act(by, agreement, AgreementDeed.SUSPENDED, at=at, because=said)
    return agreement


def resume_agreement(
    *, by: Viewer, agreement_id: uuid.UUID, because: str, at: datetime.datetime
) -> SharingAgreement:
    """Open again what was suspended. Raises CannotSuspend, DoesNotExist, or NotPermitted."""
    said = " ".join(because.split())
    if not said:
        raise CannotSuspend("Say why it may go on.")
    with transaction.atomic():
        agreement = _locked(agreement_id)
        _governs(by, agreement)
        if agreement.state != AgreementState.SUSPENDED:
            raise CannotSuspend("It is not suspended.")
        agreement.state = AgreementState.SIGNED.value
        agreement.suspended_at, agreement.suspended_because = None, ""
        agreement.save()
        write_act(by, agreement, AgreementDeed.RESUMED, at=at, because=said)
        derive_from(agreement, at=at)
    return agreement


def end_agreement(
    *, by: Viewer, agreement_id: uuid.UUID, because: str, at: datetime.datetime
) -> SharingAgreement:
    """End the agreement for good, at once. Raises CannotEnd, DoesNotExist, or NotPermitted."""
    said = " ".join(because.split())
    if not said:
        raise CannotEnd("Say why it ends.")
    with transaction.atomic():
        agreement = _locked(agreement_id)
        _governs(by, agreement)
        if _stands(agreement, at) in OVER:
            raise CannotEnd("It is over already.")
        with closing(by, agreement, at=at):
            agreement.state = AgreementState.ENDED.value
            agreement.ended_at, agreement.ended_because = at, said
            agreement.save()
            write_act(by, agreement, AgreementDeed.ENDED, at=at, because=said)
    return agreement


def accept_review(
    *,
    by: Viewer,
    agreement_id: uuid.UUID,
    until: datetime.date,
    because: str,
    at: datetime.datetime,
) -> SharingAgreement:
    """Answer by name for its going on past the review date, until a day (P7).

    Raises CannotAcceptReview, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    said = " ".join(because.split())
    if not said:
        raise CannotAcceptReview("Say why it may go on without its review.")
    with transaction.atomic():
        agreement = _locked(agreement_id)
        _governs(by, agreement)
        refused = _why_not_accepted(agreement, until, at)
        if refused:
            raise CannotAcceptReview(refused)
        agreement.review_accepted_until = until
        agreement.review_accepted_by_id = by.post_id
        agreement.review_accepted_at = at
        agreement.review_accepted_because = said
        agreement.save()
        write_act(by, agreement, AgreementDeed.REVIEW_ACCEPTED, at=at, because=said)
        derive_from(agreement, at=at)
    return agreement


def still_missing(agreement: SharingAgreement) -> tuple[str, ...]:
    """What must still be written before anybody can sign."""
    carried = {
        Category(category)
        for categories in agreement.flows.values_list("categories", flat=True)
        for category in categories
    }
    return missing(vars(agreement), parties=agreement.parties.count(), categories=carried)


def derive_from(agreement: SharingAgreement, *, at: datetime.datetime) -> None:
    """Derive anew what is seen between the agencies of its schedule, in this same transaction."""
    with acting(DECIDING):
        derive.agencies(pairs_of(agreement), at=at)


@contextmanager
def closing(by: Viewer, agreement: SharingAgreement, *, at: datetime.datetime) -> Iterator[None]:
    """Close it within this; then whoever governs it is told, and each practitioner who sees less."""
    pairs = pairs_of(agreement)
    with acting(DECIDING):
        before = worlds(pairs, at)
    yield
    derive_from(agreement, at=at)
    with acting(DECIDING):
        after = worlds(pairs, at)
        lost = compared(AgreementChange.END, at, before, after, with_work=False)
    governing = [post for post in who_governs(agreement, day_of(at)) if post != by.post_id]
    page = f"/agreements/{agreement.pk}/"
    tell(by=by.post_id, posts=governing, kind=NoticeKind.AGREEMENT_CLOSED, link=page, at=at)
    tell(by=by.post_id, posts=sorted(lost.posts), kind=NoticeKind.SIGHT_LOST, link="/", at=at)


def _locked(agreement_id: uuid.UUID) -> SharingAgreement:
    return SharingAgreement.objects.select_for_update().get(pk=agreement_id)


def _own_party(by: Viewer, agreement: SharingAgreement) -> AgreementParty:
    party = agreement.parties.filter(agency_id=by.agency).first()
    if party is None:
        raise CannotSign("Your agency is not party to this agreement, so you cannot sign it.")
    if party.signed_at is not None:
        raise CannotSign("Your agency has signed this version already.")
    if party.signatory_id is not None and party.signatory_id != by.post_id:
        raise CannotSign("Another post is named to sign for your agency.")
    return party


def _governs(by: Viewer, agreement: SharingAgreement) -> None:
    """Those who manage agreements, and each party's own signatory, may suspend, end or accept."""
    if by.may(Permission.MANAGE_AGREEMENTS):
        return
    party = agreement.parties.filter(agency_id=by.agency).exists()
    if not (party and by.may(Permission.SIGN_AGREEMENTS)):
        raise NotPermitted("Only who manages agreements, or a signatory of a party, can do this.")


def _stands(agreement: SharingAgreement, at: datetime.datetime) -> AgreementState:
    return state_at(agreement_facts([agreement.pk])[agreement.pk], at)


def _why_not_accepted(
    agreement: SharingAgreement, until: datetime.date, at: datetime.datetime
) -> str | None:
    if agreement.state != AgreementState.SIGNED or _stands(agreement, at) in OVER:
        return "Only an agreement that is signed and not over can go on."
    if agreement.review_on is None or until <= max(agreement.review_on, day_of(at)):
        return "Choose a day after the review date and after today."
    if until - max(agreement.review_on, day_of(at)) > LONGEST_ACCEPTANCE:
        return "At most six months. After that the agreement is to be reviewed: amend it."
    if agreement.ends_on and until > agreement.ends_on:
        return "The agreement ends before that day."
    return None
