"""What a change to an agreement would do: done in truth, compared, and taken back (P7)."""

import datetime
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.sharing.access import Viewer, acting, marks
from joinedup.identity.sharing.choices import AgreementChange, AgreementState
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts, pairs_of
from joinedup.identity.sharing.queries.agreements import MAY_READ
from joinedup.identity.sharing.queries.previews import Preview, compared
from joinedup.identity.sharing.queries.sight_worlds import Key, worlds
from joinedup.identity.sharing.rules.agreements import closes_at, opens_at
from joinedup.identity.sharing.rules.preview import World

PREVIEWING = Viewer.system("previewing a change to an agreement")
SECOND = datetime.timedelta(seconds=1)
IF_ACCEPTED = datetime.timedelta(days=90)
A_LONG_TIME = datetime.timedelta(days=3650)


class CannotPreview(Exception):
    """Why nothing can be foretold, fit for the page."""


class _TakenBack(Exception):
    """Ends the savepoint in which a change was tried."""


def preview(
    *, by: Viewer, agreement_id: uuid.UUID, change: AgreementChange, at: datetime.datetime
) -> Preview:
    """Foretell a change by making it in a savepoint, deriving sight anew, and taking all of it back.

    People who would lose a safety fact are named to a post that guards confidentiality, and each of
    those looks is put on record; anybody else is told how many they are, and no small number (P44).
    Raises CannotPreview, SharingAgreement.DoesNotExist, or NotPermitted.
    """
    if not by.is_system and not any(by.may(permission) for permission in MAY_READ):
        by.must(Permission.SEE_SHARING)
    with transaction.atomic(), acting(PREVIEWING):
        agreement = SharingAgreement.objects.get(pk=agreement_id)
        found = foretold(agreement, change, at=at)
        return fit_for(
            by, found, of={"agreement": agreement.pk, "change": change},
            basis="preview_of_an_agreement", at=at,
        )  # fmt: skip


def fit_for(
    by: Viewer, found: Preview, *, of: dict[str, object], basis: str, at: datetime.datetime
) -> Preview:
    """A preview as somebody may read it: names for who guards confidentiality, each on record; else no small number.

    To be called as the system, in the transaction of the preview.
    """
    if not by.may(Permission.REVIEW_EMERGENCY):
        return found.without_small_numbers()
    found = found.for_those_who_hold_cases().named()
    losses = found.every_safety_loss
    if losses:
        about = marks(by)
        about["basis"] = basis
        about["categories"] = sorted({loss.category.value for loss in losses})
        record_looks(
            at=at,
            post_id=by.post_id,
            subject_kind="person",
            subject_ids=[str(pk) for pk in dict.fromkeys(loss.person_id for loss in losses)],
            purpose=by.purpose,
            detail=of,
            **about,
        )
    return found


def foretold(
    agreement: SharingAgreement, change: AgreementChange, *, at: datetime.datetime
) -> Preview:
    """The same without names; to be called as the system, inside a transaction."""
    pairs = pairs_of(agreement)
    when, before_at = _when(agreement, change, at)
    before = worlds(pairs, before_at)
    if change is AgreementChange.LAPSE:
        return compared(change, when, before, worlds(pairs, when))
    sooner = _closes_sooner(agreement, change, when)
    meant = worlds(pairs, sooner) if sooner else {}
    after: Mapping[Key, World] = {}
    then: Mapping[Key, World] = {}
    with suppress(_TakenBack), transaction.atomic():
        _make(agreement, change, when, at)
        derive.agencies(pairs, at=at)
        after = worlds(pairs, when)
        then = worlds(pairs, sooner) if sooner else {}
        raise _TakenBack
    found = compared(change, when, before, after)
    return replace(found, later=compared(change, sooner, meant, then)) if sooner else found


def lost_by_lapse(agreement: SharingAgreement, *, at: datetime.datetime) -> Preview:
    """What the lapse of an agreement has taken: against a world in which it had gone on.

    To be called as the system. What was seen before is no help: it is not kept once it is over.
    """
    pairs = pairs_of(agreement)
    after = worlds(pairs, at)
    before: Mapping[Key, World] = {}
    with suppress(_TakenBack), transaction.atomic():
        agreement.ends_on, agreement.review_on = None, day_of(at) + A_LONG_TIME
        agreement.save()
        derive.agencies(pairs, at=at)
        before = worlds(pairs, at)
        raise _TakenBack
    agreement.refresh_from_db()
    return compared(AgreementChange.LAPSE, at, before, after)


def _when(
    agreement: SharingAgreement, change: AgreementChange, at: datetime.datetime
) -> tuple[datetime.datetime, datetime.datetime]:
    """The moment at which the change bites, and the moment to compare it with."""
    facts = agreement_facts([agreement.pk])[agreement.pk]
    closing = closes_at(facts)
    if change is AgreementChange.LAPSE:
        if closing is None or closing <= at:
            raise CannotPreview("Nothing is set that would let it lapse.")
        return closing, closing - SECOND
    if change is AgreementChange.SIGN:
        if agreement.starts_on is None:
            raise CannotPreview(
                "It has no first day yet: what would change is foretold from then on."
            )
        when = max(at, start_of(agreement.starts_on))
        return when, when
    if change is AgreementChange.ACCEPT_REVIEW and closing is not None:
        when = max(at, closing)
        return when, when
    when = max(at, opens_at(facts) or at)
    return when, when


def _closes_sooner(
    agreement: SharingAgreement, change: AgreementChange, when: datetime.datetime
) -> datetime.datetime | None:
    """When a new version closes, if the version it replaces would have gone on for longer (P7)."""
    if change is not AgreementChange.SIGN or agreement.replaces_id is None:
        return None
    both = agreement_facts([agreement.pk, agreement.replaces_id])
    closing, was = closes_at(both[agreement.pk]), closes_at(both[agreement.replaces_id])
    if closing is None or closing <= when or (was is not None and was <= closing):
        return None
    return closing


def _make(
    agreement: SharingAgreement,
    change: AgreementChange,
    when: datetime.datetime,
    at: datetime.datetime,
) -> None:
    """The change itself, for the length of the savepoint."""
    somebody = Post.objects.values_list("pk", flat=True).first()
    if change is AgreementChange.SIGN:
        unsigned = agreement.parties.filter(signed_at__isnull=True)
        unsigned.update(signed_at=at, signed_by=somebody)
        agreement.state = AgreementState.SIGNED.value
    elif change is AgreementChange.SUSPEND:
        agreement.state = AgreementState.SUSPENDED.value
        agreement.suspended_at, agreement.suspended_because = at, "a preview"
    elif change is AgreementChange.RESUME:
        agreement.state = AgreementState.SIGNED.value
        agreement.suspended_at, agreement.suspended_because = None, ""
    elif change is AgreementChange.END:
        agreement.state = AgreementState.ENDED.value
        agreement.ended_at, agreement.ended_because = at, "a preview"
    elif change is AgreementChange.ACCEPT_REVIEW:
        agreement.review_accepted_until = (when + IF_ACCEPTED).date()
        agreement.review_accepted_at, agreement.review_accepted_because = at, "a preview"
        agreement.review_accepted_by_id = somebody
    agreement.save()
