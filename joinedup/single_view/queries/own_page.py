"""What people see of themselves on their own page: helpers, what they said, looks, what is held."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.people.models import Holding, HoldingSummary, Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    DisclosureDecision,
    PageFor,
    Purpose,
)
from joinedup.identity.sharing.models import (
    Consent,
    Disclosure,
    Involvement,
    OwnAccess,
    SubjectAnswer,
    SubjectRequest,
)
from joinedup.identity.sharing.operations.own_access import ends_at
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.single_view.queries.looks import Looks, looks_at


@dataclass(frozen=True)
class Helper:
    """A team that is in the person's life, and why."""

    agency: str
    team: str
    because: str
    since: datetime.datetime


@dataclass(frozen=True)
class Said:
    """One thing the person said about sharing."""

    pk: uuid.UUID
    state: ConsentState
    purpose: str
    holder: str
    recipient: str
    said_at: datetime.datetime
    withdrawn_at: datetime.datetime | None
    expires_at: datetime.datetime | None
    holds: bool

    @property
    def may_withdraw(self) -> bool:
        """A yes that still holds can be taken back."""
        return self.holds and self.state is ConsentState.GIVEN

    @property
    def may_give(self) -> bool:
        """A yes that was taken back or has run out, or a no, can be said anew."""
        return not self.may_withdraw

    @property
    def words(self) -> str:
        """What was said, in one line."""
        who = f"{self.holder or 'Any agency'} may tell {self.recipient or 'the others'}"
        return f"{'Yes' if self.state is ConsentState.GIVEN else 'No'}: {who}"

    @property
    def ended(self) -> str:
        """Why it cannot be taken back."""
        if self.withdrawn_at is not None:
            return "You took this back."
        if not self.holds:
            return "This has run out."
        return "This is a no."


@dataclass(frozen=True)
class HeldOfMine:
    """One thing an agency holds about the person."""

    agency: str
    category: str
    headline: str
    summary: str


@dataclass(frozen=True)
class Shared:
    """One thing that one agency told another about the person, and why."""

    holder: str
    recipient: str
    categories: tuple[str, ...]
    because: str
    at: datetime.datetime


@dataclass(frozen=True)
class Asked:
    """That the person asked for everything held, and where each controller is with it."""

    asked_at: datetime.datetime
    due_on: datetime.date
    extended_because: str
    parts: tuple[tuple[str, datetime.datetime | None, uuid.UUID | None], ...]
    """Each controller, when it answered, and by what its answer is opened."""


@dataclass(frozen=True)
class OwnPage:
    """All that the page shows."""

    helpers: tuple[Helper, ...]
    said: tuple[Said, ...]
    looks: Looks
    held: tuple[HeldOfMine, ...]
    shared: tuple[Shared, ...]
    asked: tuple[Asked, ...]
    is_the_person: bool
    """Else a carer or parent holds the code, who reads and decides nothing (P12)."""
    opened_before_at: datetime.datetime | None
    """When the page was opened before this time, by whoever it was (P39)."""


@dataclass(frozen=True)
class CodeShown:
    """A code that was handed over, as those who may hand one over see what became of it."""

    handed_over_by: str
    handed_over_at: datetime.datetime
    opened_last_at: datetime.datetime | None
    ends_at: datetime.datetime
    revoked_at: datetime.datetime | None


def the_own_page(
    viewer: Viewer, *, at: datetime.datetime, before: datetime.datetime | None = None
) -> OwnPage:
    """The page of the person whose code this is; raises NotPermitted where it was revoked.

    Each part is read through row security as the person: what they may not see is not there.
    """
    if viewer.own_access_id is None:
        raise NotPermitted("This is a person’s own page.")
    with acting(viewer):
        # Every identifier that stands for them: row security shows nobody else's.
        ids = sorted(Person.objects.values_list("pk", flat=True))
        access = OwnAccess.objects.get(pk=viewer.own_access_id)
        return OwnPage(
            helpers=_helpers(at),
            said=_said(at),
            looks=looks_at(viewer, ids, before=before),
            held=_held(),
            shared=_shared(ids),
            asked=_asked(),
            is_the_person=access.right == PageFor.PERSON,
            opened_before_at=access.opened_before_at,
        )


def codes_of(viewer: Viewer, person_id: uuid.UUID) -> tuple[CodeShown, ...]:
    """The codes that the viewer's agency handed over to a person, newest first, and when last used."""
    viewer.must(Permission.RECORD_CONSENT)
    same = identifiers_of(person_id)
    with acting(viewer):
        found = OwnAccess.objects.filter(person__in=same).select_related("handed_over_by__user")
        return tuple(
            CodeShown(
                each.handed_over_by.user.name,
                each.handed_over_at,
                each.opened_last_at,
                ends_at(each),
                each.revoked_at,
            )
            for each in found.order_by("-handed_over_at", "pk")
        )


def _helpers(at: datetime.datetime) -> tuple[Helper, ...]:
    live = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    found = Involvement.objects.filter(live, starts_at__lte=at).select_related("agency", "team")
    return tuple(
        Helper(i.agency.name, i.team.name, i.because, i.starts_at)
        for i in found.order_by("agency__name", "starts_at")
    )


def _said(at: datetime.datetime) -> tuple[Said, ...]:
    found = Consent.objects.select_related("holder", "recipient").order_by("-said_at", "pk")
    # What names a refuge or a clinic is not told where somebody may stand beside them (P39).
    found = found.exclude(holder__name_reveals=True).exclude(recipient__name_reveals=True)
    return tuple(
        Said(
            pk=c.pk,
            state=ConsentState(c.state),
            purpose=Purpose(c.purpose).label,
            holder=c.holder.name if c.holder else "",
            recipient=c.recipient.name if c.recipient else "",
            said_at=c.said_at,
            withdrawn_at=c.withdrawn_at,
            expires_at=c.expires_at,
            holds=c.withdrawn_at is None and (c.expires_at is None or c.expires_at > at),
        )
        for c in found
    )


def _held() -> tuple[HeldOfMine, ...]:
    summaries = {s.pk: s.summary for s in HoldingSummary.objects.all()}
    found = Holding.objects.select_related("holder").order_by("holder__name", "category", "pk")
    return tuple(
        HeldOfMine(h.holder.name, Category(h.category).label, h.headline, summaries.get(h.pk, ""))
        for h in found
    )


def _shared(ids: list[uuid.UUID]) -> tuple[Shared, ...]:
    """What one agency decided to tell another, newest first; never one whose name tells something."""
    found = Disclosure.objects.filter(person__in=ids, decision=DisclosureDecision.DISCLOSE)
    found = found.exclude(holder__name_reveals=True).exclude(recipient__name_reveals=True)
    # What told of it would endanger leaves no trace here, as looks do not (P14).
    found = found.exclude(purpose__in=[p for p in Purpose if p.leaves_no_trace_for_the_person])
    return tuple(
        Shared(
            each.holder.name,
            each.recipient.name,
            tuple(Category(category).label for category in each.categories),
            Purpose(each.purpose).label,
            each.decided_at,
        )
        for each in found.select_related("holder", "recipient").order_by("-decided_at", "pk")
    )


def _asked() -> tuple[Asked, ...]:
    found = SubjectRequest.objects.prefetch_related("parts__agency").order_by("-asked_at")
    answered = set(SubjectAnswer.objects.values_list("pk", flat=True))
    return tuple(
        Asked(
            each.asked_at,
            each.due_on,
            each.extended_because,
            tuple(
                (part.agency.name, part.released_at, part.pk if part.pk in answered else None)
                for part in each.parts.all()
                if not part.agency.name_reveals
            ),
        )
        for each in found
    )
