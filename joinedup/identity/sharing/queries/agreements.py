"""The register of agreements, one agreement, and what a version changed; about no person."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.agencies.queries import exits
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.identity.sharing.choices import AgreementState, Category
from joinedup.identity.sharing.models import (
    AgreementAct,
    AgreementParty,
    SharingAgreement,
    SharingFlow,
)
from joinedup.identity.sharing.queries.agreement_facts import agreement_facts
from joinedup.identity.sharing.rules.agreements import (
    AgreementFacts,
    Warned,
    state_at,
    warning,
    why_closed,
)
from joinedup.identity.sharing.rules.headings import FIELDS, missing

MAY_READ = (
    Permission.MANAGE_AGREEMENTS,
    Permission.SIGN_AGREEMENTS,
    Permission.SEE_SHARING,
)
OPEN_WORK = frozenset(
    {
        AgreementState.DRAFT,
        AgreementState.SIGNED,
        AgreementState.LIVE,
        AgreementState.SUSPENDED,
        AgreementState.EXPIRED,
    }
)


@dataclass(frozen=True)
class RegisterLine:
    """One agreement in the register."""

    agreement: SharingAgreement
    facts: AgreementFacts
    state: AgreementState
    warned: Warned | None
    parties: tuple[str, ...]


@dataclass(frozen=True)
class AgreementShown:
    """Everything about one version of an agreement."""

    agreement: SharingAgreement
    facts: AgreementFacts
    state: AgreementState
    closed: str | None
    warned: Warned | None
    parties: tuple[AgreementParty, ...]
    lines: tuple[SharingFlow, ...]
    acts: tuple[AgreementAct, ...]
    versions: tuple[SharingAgreement, ...]
    missing: tuple[str, ...]
    may_edit: bool
    may_sign: bool
    may_govern: bool
    leaving: tuple[tuple[str, datetime.date], ...] = ()
    """The parties that leave the partnership or have left it, and from which day (P15)."""

    @property
    def newest(self) -> bool:
        """Whether no newer version has been begun."""
        return self.agreement.version == max(v.version for v in self.versions)


@dataclass(frozen=True)
class Changed:
    """What differs between a version and the one before it."""

    before: SharingAgreement
    after: SharingAgreement
    fields: tuple[tuple[str, object, object], ...]
    parties_joined: tuple[str, ...] = ()
    parties_left: tuple[str, ...] = ()
    lines_new: tuple[SharingFlow, ...] = field(default_factory=tuple)
    lines_gone: tuple[SharingFlow, ...] = field(default_factory=tuple)


def register(
    viewer: Viewer,
    *,
    at: datetime.datetime,
    words: str = "",
    state: AgreementState | None = None,
    due: bool = False,
) -> list[RegisterLine]:
    """The central log: the newest and every standing version, those that warn first."""
    _must_read(viewer)
    facts = agreement_facts()
    agreements = SharingAgreement.objects.prefetch_related("parties__agency").order_by(
        "title", "reference", "-version"
    )
    found = [_line(each, facts[each.pk], at) for each in agreements]
    shown = [one for one in found if _is_asked(one, words, state, due)]
    return sorted(shown, key=lambda one: one.warned.days if one.warned else 1000)


def _line(
    agreement: SharingAgreement, facts: AgreementFacts, at: datetime.datetime
) -> RegisterLine:
    parties = sorted(party.agency.name for party in agreement.parties.all())
    return RegisterLine(
        agreement=agreement,
        facts=facts,
        state=state_at(facts, at),
        warned=warning(facts, day_of(at)),
        parties=tuple(parties),
    )


def _is_asked(line: RegisterLine, words: str, state: AgreementState | None, due: bool) -> bool:
    if state is not None and line.state is not state:
        return False
    if due and line.warned is None:
        return False
    there = " ".join(
        (line.agreement.title, line.agreement.reference, line.agreement.purpose, *line.parties)
    ).lower()
    return all(word in there for word in words.lower().split())


def agreement(viewer: Viewer, agreement_id: uuid.UUID, *, at: datetime.datetime) -> AgreementShown:
    """One version in full. Raises SharingAgreement.DoesNotExist or NotPermitted."""
    _must_read(viewer)
    found = SharingAgreement.objects.select_related("review_accepted_by__user", "replaces").get(
        pk=agreement_id
    )
    facts = agreement_facts([found.pk])[found.pk]
    parties = tuple(
        found.parties.select_related(
            "agency", "signed_by__user", "signed_by__team__agency"
        ).order_by("agency__name")
    )
    lines = tuple(_lines(found))
    names = [party.agency.name for party in parties if party.signed_at is None]
    leaves = exits()
    party_codes = {party.agency_id for party in parties}
    signs = viewer.may(Permission.SIGN_AGREEMENTS) and viewer.agency in party_codes
    manages = viewer.may(Permission.MANAGE_AGREEMENTS)
    unsigned = {party.agency_id for party in parties if party.signed_at is None}
    draft = found.state == AgreementState.DRAFT
    return AgreementShown(
        agreement=found,
        facts=facts,
        state=state_at(facts, at),
        closed=why_closed(facts, at, names),
        leaving=tuple(
            (party.agency.name, leaves[party.agency_id])
            for party in parties
            if party.agency_id in leaves
        ),
        warned=warning(facts, day_of(at)),
        parties=parties,
        lines=lines,
        acts=tuple(
            found.acts.select_related("by__user", "by__team__agency").order_by("-at", "-pk")
        ),
        versions=tuple(
            SharingAgreement.objects.filter(reference=found.reference).order_by("-version")
        ),
        missing=missing(vars(found), parties=len(parties), categories=_carried(lines)),
        may_edit=manages and draft and len(unsigned) == len(parties),
        may_sign=draft and signs and viewer.agency in unsigned,
        may_govern=manages or signs,
    )


def compared(viewer: Viewer, agreement_id: uuid.UUID) -> Changed | None:
    """What this version changed; None for a first version. Raises DoesNotExist or NotPermitted."""
    _must_read(viewer)
    after = SharingAgreement.objects.select_related("replaces").get(pk=agreement_id)
    before = after.replaces
    if before is None:
        return None
    fields = tuple(
        (name, getattr(before, name), getattr(after, name))
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    )
    was, now = _names(before), _names(after)
    old, new = {_key(f): f for f in _lines(before)}, {_key(f): f for f in _lines(after)}
    return Changed(
        before=before,
        after=after,
        fields=fields,
        parties_joined=tuple(sorted(now - was)),
        parties_left=tuple(sorted(was - now)),
        lines_new=tuple(new[key] for key in new if key not in old),
        lines_gone=tuple(old[key] for key in old if key not in new),
    )


def agencies_to_join(viewer: Viewer) -> list[Agency]:
    """Every agency that can be party to an agreement. Raises NotPermitted."""
    _must_read(viewer)
    return list(Agency.objects.order_by("name"))


def signatories(agreement_id: uuid.UUID, at: datetime.datetime) -> list[Post]:
    """The posts that may sign for the agencies which have not signed this version."""
    unsigned = AgreementParty.objects.filter(agreement=agreement_id, signed_at__isnull=True)
    posts = Post.objects.held_on(day_of(at)).filter(
        role="signatory", team__agency__in=unsigned.values("agency")
    )
    return list(posts)


def _lines(found: SharingAgreement) -> Iterable[SharingFlow]:
    return found.flows.select_related("holder", "recipient").order_by(
        "holder__name", "recipient__name", "purpose", "gateway"
    )


def _carried(lines: Iterable[SharingFlow]) -> set[Category]:
    return {Category(category) for line in lines for category in line.categories}


def _names(found: SharingAgreement) -> set[str]:
    return set(found.parties.values_list("agency__name", flat=True))


def _key(line: SharingFlow) -> tuple[object, ...]:
    return (
        line.holder_id,
        line.recipient_id,
        line.purpose,
        line.gateway,
        tuple(sorted(line.categories)),
        line.consent_needed,
        line.pseudonymised,
    )


def _must_read(viewer: Viewer) -> None:
    if not any(viewer.may(permission) for permission in MAY_READ):
        raise NotPermitted("Your role does not open the register of agreements.")
