"""What anybody may read of the agreements in force: who shares what with whom, and why. About no person."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.queries import exits
from joinedup.foundations.core.dates import start_of
from joinedup.identity.sharing.choices import AgreementState, Category, Purpose
from joinedup.identity.sharing.models import SharingAgreement, SharingFlow
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts
from joinedup.identity.sharing.rules.agreements import state_at


@dataclass(frozen=True)
class Shared:
    """What agencies send others under an agreement, for which reasons: one line for all who send the same."""

    pairs: tuple[tuple[str, str], ...]
    """Who sends to whom."""
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    only_with_a_yes: bool
    without_names: bool


@dataclass(frozen=True)
class PublicAgreement:
    """One agreement in force, as anybody reads it."""

    agreement: SharingAgreement
    parties: tuple[str, ...]
    lines: tuple[Shared, ...]


def in_force(at: datetime.datetime) -> list[PublicAgreement]:
    """The agreements in force now, by title; what is drafted, suspended or over is not among them."""
    facts = agreement_facts()
    live = [pk for pk, each in facts.items() if state_at(each, at) is AgreementState.LIVE]
    left = {code for code, day in exits().items() if start_of(day) <= at}
    found = SharingAgreement.objects.filter(pk__in=live).order_by("title", "reference")
    return [
        PublicAgreement(
            each,
            tuple(sorted(p.agency.name for p in each.parties.all() if p.agency_id not in left)),
            tuple(_lines(f for f in each.flows.all() if not {f.holder_id, f.recipient_id} & left)),
        )
        for each in found.prefetch_related("parties__agency", "flows__holder", "flows__recipient")
    ]


def _lines(flows: Iterable[SharingFlow]) -> list[Shared]:
    """What each agency sends each other, and then one line for all pairs that send the same."""
    of_pair: dict[tuple[str, str, bool, bool], list[SharingFlow]] = {}
    for each in flows:
        key = (each.holder.name, each.recipient.name, each.consent_needed, each.pseudonymised)
        of_pair.setdefault(key, []).append(each)
    pairs: dict[tuple[frozenset[str], frozenset[str], bool, bool], list[tuple[str, str]]] = {}
    for (holder, recipient, consent, bare), sent in sorted(of_pair.items()):
        what = frozenset(code for each in sent for code in each.categories)
        why = frozenset(each.purpose for each in sent)
        pairs.setdefault((what, why, consent, bare), []).append((holder, recipient))
    return [
        Shared(
            tuple(sending), tuple(each for each in Purpose if each.value in why),
            tuple(each for each in Category if each.value in what), consent, bare,
        )
        for (what, why, consent, bare), sending in pairs.items()
    ]  # fmt: skip
