"""The facts of every agreement as its rules want them; about no person."""

import datetime
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Prefetch

from joinedup.identity.sharing.choices import AgreementState
from joinedup.identity.sharing.models import AgreementParty, SharingAgreement, SharingFlow
from joinedup.identity.sharing.rules.agreements import AgreementFacts, opens_at

_Facts = dict[uuid.UUID, AgreementFacts]


def agreement_facts(ids: Iterable[uuid.UUID] | None = None) -> _Facts:
    """The facts of these agreements, or of all; in two queries. Call it for derivation and pages."""
    found = SharingAgreement.objects.prefetch_related(
        Prefetch("parties", AgreementParty.objects.order_by("agency_id"))
    )
    if ids is not None:
        asked = list(ids)
        found = found.filter(pk__in=asked) | found.filter(replaces__in=asked)
    agreements = list(found)
    bare = {each.pk: _without_successor(each) for each in agreements}
    after = {each.replaces_id: bare[each.pk] for each in agreements if each.replaces_id}
    return {pk: _replaced(facts, after.get(pk)) for pk, facts in bare.items()}


def pairs_of(agreement: SharingAgreement) -> set[tuple[str, str]]:
    """The (recipient, holder) pairs whose sight hangs on it, or on the version it replaces."""
    flows = SharingFlow.objects.filter(
        agreement__in=[pk for pk in (agreement.pk, agreement.replaces_id) if pk]
    )
    return set(flows.values_list("recipient_id", "holder_id"))


def _without_successor(agreement: SharingAgreement) -> AgreementFacts:
    parties = list(agreement.parties.all())
    return AgreementFacts(
        state=AgreementState(agreement.state),
        starts_on=agreement.starts_on,
        review_on=agreement.review_on,
        ends_on=agreement.ends_on,
        unsigned=frozenset(party.agency_id for party in parties if party.signed_at is None),
        signed_at=_last_signature(parties),
        suspended_at=agreement.suspended_at,
        ended_at=agreement.ended_at,
        accepted_until=agreement.review_accepted_until,
        accepted_at=agreement.review_accepted_at,
        grace_days=settings.REVIEW_GRACE_DAYS,
    )


def _last_signature(parties: list[AgreementParty]) -> datetime.datetime | None:
    signed = [party.signed_at for party in parties if party.signed_at]
    return max(signed) if parties and len(signed) == len(parties) else None


def _replaced(facts: AgreementFacts, after: AgreementFacts | None) -> AgreementFacts:
    if after is None or after.state is AgreementState.DRAFT:
        return facts
    return AgreementFacts(**{**vars(facts), "replaced_at": opens_at(after)})
